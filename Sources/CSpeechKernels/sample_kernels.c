#include "sample_kernels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

typedef short short8 __attribute__((vector_size(16)));
typedef short8 short8_unaligned __attribute__((aligned(1), may_alias));

RUNTIME_DISPATCHED
void floats_of_int16(const void *stored, size_t count, float *samples) {
    const char *bytes = stored;
    size_t index = 0;
    for (; index + 8 <= count; index += 8) {
        short8 values = *(const short8_unaligned *)(bytes + 2 * index);
        store8(samples + index, __builtin_convertvector(values, float8) * 0x1p-15f);
    }
    for (; index < count; index++) {
        short value;
        memcpy(&value, bytes + 2 * index, 2);
        samples[index] = (float)value * 0x1p-15f;
    }
}

RUNTIME_DISPATCHED
void part_pairs(const float *samples, size_t pairs, float *even, float *odd) {
    size_t pair = 0;
    for (; pair + 8 <= pairs; pair += 8) {
        float8 low = load8(samples + 2 * pair), high = load8(samples + 2 * pair + 8);
        store8(even + pair, __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14));
        store8(odd + pair, __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15));
    }
    for (; pair < pairs; pair++) {
        even[pair] = samples[2 * pair];
        odd[pair] = samples[2 * pair + 1];
    }
}

RUNTIME_DISPATCHED
void part_frame_pairs(
    const float *samples, size_t count, float *left_even, float *left_odd, float *right_even, float *right_odd) {
    size_t pair = 0;
    for (; pair + 8 <= count; pair += 8) {
        const float *source = samples + 4 * pair;
        float8 a = load8(source), b = load8(source + 8), c = load8(source + 16), d = load8(source + 24);
        // Left and right samples of four and four pairs, then even and odd ones of eight.
        float8 left[2] = {__builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14),
                          __builtin_shufflevector(c, d, 0, 2, 4, 6, 8, 10, 12, 14)};
        float8 right[2] = {__builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15),
                           __builtin_shufflevector(c, d, 1, 3, 5, 7, 9, 11, 13, 15)};
        store8(left_even + pair, __builtin_shufflevector(left[0], left[1], 0, 2, 4, 6, 8, 10, 12, 14));
        store8(left_odd + pair, __builtin_shufflevector(left[0], left[1], 1, 3, 5, 7, 9, 11, 13, 15));
        store8(right_even + pair, __builtin_shufflevector(right[0], right[1], 0, 2, 4, 6, 8, 10, 12, 14));
        store8(right_odd + pair, __builtin_shufflevector(right[0], right[1], 1, 3, 5, 7, 9, 11, 13, 15));
    }
    for (; pair < count; pair++) {
        left_even[pair] = samples[4 * pair];
        right_even[pair] = samples[4 * pair + 1];
        left_odd[pair] = samples[4 * pair + 2];
        right_odd[pair] = samples[4 * pair + 3];
    }
}

/// The first outputs in groups of 16, with a number of taps that the compiler knows; returns how many.
INLINED size_t half_band_groups(
    const float *even, const float *odd, const float *taps, size_t side, size_t count, float *target) {
    size_t index = 0;
    for (; index + 16 <= count; index += 16) {
        floats16 sum = load16(even + index + side) * 0.5f;
        for (size_t tap = 0; tap < side; tap++)
            sum += (load16(odd + index + side + tap) + load16(odd + index + side - 1 - tap)) * taps[tap];
        store16(target + index, sum);
    }
    return index;
}

RUNTIME_DISPATCHED
void half_band(const float *even, const float *odd, const float *taps, size_t side, size_t count, float *target) {
    size_t index = side == 9 ? half_band_groups(even, odd, taps, 9, count, target)
                             : half_band_groups(even, odd, taps, side, count, target);
    for (; index < count; index++) {
        float sum = even[index + side] * 0.5f;
        for (size_t tap = 0; tap < side; tap++)
            sum += (odd[index + side + tap] + odd[index + side - 1 - tap]) * taps[tap];
        target[index] = sum;
    }
}
