/// Log powers as they are kept: natural logarithms in 16-bit steps.
#ifndef SPEECH_KERNELS_LOG_POWER_ROWS_H
#define SPEECH_KERNELS_LOG_POWER_ROWS_H

#include <stddef.h>
#include <stdint.h>

/// Steps of one natural logarithm: the range is ±64.
enum { log_power_steps = 512 };

/// Rounds `count` log powers, a multiple of 8, to the nearest step.
void steps_of_log_powers(const float *log_powers, size_t count, int16_t *steps);

#endif
