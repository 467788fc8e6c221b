/// Moving averages and maxima.
#ifndef SPEECH_KERNELS_SMOOTHING_KERNELS_H
#define SPEECH_KERNELS_SMOOTHING_KERNELS_H

#include <stddef.h>

/// Places that are worked on at a time; parts of a recording that start at a multiple of it give the same bits.
enum { smoothing_tile = 1024 };

/// Window of a moving average, and what it is multiplied with before it is added.
typedef struct {
    /// Values before the place and after it.
    size_t back, ahead;
    float factor;
} moving_average;

/// Adds to `sums` at the places from `start` up to before `end` the averages of `values`, whose end values repeat outside
/// of `count`. Summed in double; the `scratch` holds `smoothing_tile`, the widest window and one.
void add_moving_averages(
    const float *values, size_t count, size_t start, size_t end, const moving_average *averages, size_t average_count,
    double *scratch, float *sums);

/// Writes to `greatest` at the places from `start` up to before `end` the greatest of the values up to `reach` places away,
/// 1 or more. The `scratch` holds `smoothing_tile` and twice the reach.
void take_moving_maximum(
    const float *values, size_t count, size_t start, size_t end, size_t reach, float *scratch, float *greatest);

#endif
