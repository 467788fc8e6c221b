/// Adding noise to log-mel rows of 32 bands, in 16-bit steps.
#ifndef SPEECH_KERNELS_NOISE_KERNELS_H
#define SPEECH_KERNELS_NOISE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Adds `factor` times the power between `floor`, 32 log powers, and `common`, 32 powers, to `frames` consecutive rows
/// where `mask` is not 0; bands whose floor is not lower, and log powers that would hardly rise, stay as they are.
void add_missing_noise(
    const float *floor, const float *common, float factor, const uint8_t *mask, size_t frames, int16_t *rows);

#endif
