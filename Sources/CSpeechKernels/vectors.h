/// Vectors of eight floats or doubles that need no alignment, and what the kernels do with them.
#ifndef SPEECH_KERNELS_VECTORS_H
#define SPEECH_KERNELS_VECTORS_H

#include <stdint.h>
#include <string.h>

#include "log_power_rows.h"

#pragma clang diagnostic ignored "-Wpsabi"
#pragma STDC FP_CONTRACT OFF

typedef float float8 __attribute__((vector_size(32)));
typedef int32_t int8x32 __attribute__((vector_size(32)));
typedef double double4 __attribute__((vector_size(32)));
typedef float float4 __attribute__((vector_size(16)));

#define INLINED static inline __attribute__((always_inline))

// Macros and pointers, because a copy for AVX may not pass its vectors to a function that is compiled without.

typedef float8 float8_unaligned __attribute__((aligned(4), may_alias));
typedef int16_t short8 __attribute__((vector_size(16)));
typedef short8 short8_unaligned __attribute__((aligned(2), may_alias));
typedef double4 double4_unaligned __attribute__((aligned(8), may_alias));
typedef float4 float4_unaligned __attribute__((aligned(4), may_alias));

#define load8(source) (*(const float8_unaligned *)(source))
#define store8(target, value) (*(float8_unaligned *)(target) = (value))
/// Eight log powers of the 16-bit steps in which rows are kept.
#define steps8(source) \
    (__builtin_convertvector(*(const short8_unaligned *)(source), float8) * (1.0f / log_power_steps))
#define load4(source) (*(const double4_unaligned *)(source))
#define store4(target, value) (*(double4_unaligned *)(target) = (value))

/// Rounds eight log powers to the nearest step and keeps them. Adding and taking away 1.5 · 2²³ rounds, halves to even.
#define store_steps8(target, value) \
    ({ \
        float8 s_ = least8(greatest8((value) * log_power_steps, all8(INT16_MIN)), all8(INT16_MAX)); \
        s_ = (s_ + 12582912.0f) - 12582912.0f; \
        *(short8_unaligned *)(target) = __builtin_convertvector(__builtin_convertvector(s_, int8x32), short8); \
    })

/// Eight, or four, times the same value.
#define all8(value) ((float8){0} + (float)(value))
#define all4(value) ((double4){0} + (double)(value))

/// Four floats as doubles.
#define widened4(source) __builtin_convertvector(*(const float4_unaligned *)(source), double4)

/// Lanes of `one` where `mask` is all ones, of `other` where it is 0; the compiler makes minima and maxima of it.
#define choose8(mask, one, other) ((float8)(((mask) & (int8x32)(one)) | (~(mask) & (int8x32)(other))))
#define least8(one, other) \
    ({ float8 a_ = (one), b_ = (other); choose8(a_ < b_, a_, b_); })
#define greatest8(one, other) \
    ({ float8 c_ = (one), d_ = (other); choose8(c_ > d_, c_, d_); })

/// Sum of all lanes, in pairs.
#define sum8(vector) \
    ({ float8 v_ = (vector); ((v_[0] + v_[4]) + (v_[2] + v_[6])) + ((v_[1] + v_[5]) + (v_[3] + v_[7])); })
#define sum4(vector) \
    ({ double4 v_ = (vector); (v_[0] + v_[2]) + (v_[1] + v_[3]); })

/// Turns eight rows of eight into their columns.
INLINED void transpose8(float8 r[8]) {
    float8 t[8], u[8];
    for (int i = 0; i < 8; i += 2) {
        t[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        t[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int i = 0; i < 8; i += 4) {
        for (int j = 0; j < 2; j++) {
            u[i + j] = __builtin_shufflevector(t[i + j], t[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            u[i + j + 2] = __builtin_shufflevector(t[i + j], t[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    }
    for (int i = 0; i < 4; i++) {
        r[i] = __builtin_shufflevector(u[i], u[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        r[i + 4] = __builtin_shufflevector(u[i], u[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// Natural logarithm of positive normal floats: Cephes' `logf` (Moshier 1992), as in `SIMDLogarithm.swift`.
INLINED void take_logarithm8(float8 *place) {
    float8 values = *place;
    int8x32 bits = (int8x32)values;
    int8x32 exponent = (bits - 0x3f3504f3) >> 23;
    float8 f = (float8)(bits - (exponent << 23)) - 1.0f;
    float8 square = f * f;
    float8 series = f * 7.0376836e-2f - 1.151461e-1f;
    series = series * f + 1.1676999e-1f;
    series = series * f - 1.2420141e-1f;
    series = series * f + 1.4249323e-1f;
    series = series * f - 1.6668058e-1f;
    series = series * f + 2.0000715e-1f;
    series = series * f - 2.4999994e-1f;
    series = series * f + 3.3333331e-1f;
    float8 e = __builtin_convertvector(exponent, float8);
    *place = f + (series * f * square - square * 0.5f - e * 2.1219444e-4f) + e * 0.693359375f;
}

/// Exponential within −80...80: Cephes' `expf` (Moshier 1992), as in `SIMDExponential.swift`.
INLINED void take_exponential8(float8 *place) {
    float8 values = *place;
    float8 limited = least8(greatest8(values, all8(-80)), all8(80));
    // Adding and taking away 1.5 · 2²³ rounds to the nearest whole number.
    float8 n = (limited * 1.442695f + 12582912.0f) - 12582912.0f;
    float8 rest = limited - n * 0.693359375f + n * 2.1219444e-4f;
    float8 series = rest * 1.9875691e-4f + 1.3982e-3f;
    series = series * rest + 8.333452e-3f;
    series = series * rest + 4.1665796e-2f;
    series = series * rest + 1.6666665e-1f;
    series = series * rest + 0.5f;
    float8 mantissa = series * rest * rest + rest + 1.0f;
    int8x32 exponent = (__builtin_convertvector(n, int8x32) + 127) << 23;
    *place = mantissa * (float8)exponent;
}

#endif
