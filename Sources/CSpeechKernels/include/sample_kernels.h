/// Samples before they become frames.
#ifndef SPEECH_KERNELS_SAMPLE_KERNELS_H
#define SPEECH_KERNELS_SAMPLE_KERNELS_H

#include <stddef.h>

/// Turns 16-bit samples of this machine's byte order, at any address, into floats of full scale 1.
void floats_of_int16(const void *stored, size_t count, float *samples);

/// Parts `pairs` pairs of samples into their first and their second members.
void part_pairs(const float *samples, size_t pairs, float *even, float *odd);

/// Parts `count` pairs of frames of two interleaved channels into the even and the odd samples of each.
void part_frame_pairs(
    const float *samples, size_t count, float *left_even, float *left_odd, float *right_even, float *right_odd);

/// One output per index: half of `even[index + side]`, plus each side tap times the two odd samples at its distance,
/// `odd[index + side + tap]` and `odd[index + side - 1 - tap]`.
void half_band(const float *even, const float *odd, const float *taps, size_t side, size_t count, float *target);

#endif
