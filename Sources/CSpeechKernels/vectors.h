/// Vectors of eight or sixteen floats and of four or eight doubles that need no alignment, and what the kernels do with them.
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
// Where a register holds only eight, or four, the compiler takes two, or four: the lanes know nothing of each other.
typedef float floats16 __attribute__((vector_size(64)));
typedef int32_t ints16 __attribute__((vector_size(64)));
typedef double doubles8 __attribute__((vector_size(64)));
typedef int16_t shorts16 __attribute__((vector_size(32)));

#define INLINED static inline __attribute__((always_inline))

// Macros and pointers, because a copy for AVX may not pass its vectors to a function that is compiled without.

typedef float8 float8_unaligned __attribute__((aligned(4), may_alias));
typedef floats16 floats16_unaligned __attribute__((aligned(4), may_alias));
typedef doubles8 doubles8_unaligned __attribute__((aligned(8), may_alias));
typedef shorts16 shorts16_unaligned __attribute__((aligned(2), may_alias));
typedef int16_t short8 __attribute__((vector_size(16)));
typedef short8 short8_unaligned __attribute__((aligned(2), may_alias));
typedef double4 double4_unaligned __attribute__((aligned(8), may_alias));
typedef float4 float4_unaligned __attribute__((aligned(4), may_alias));

#define load8(source) (*(const float8_unaligned *)(source))
#define store8(target, value) (*(float8_unaligned *)(target) = (value))
#define load16(source) (*(const floats16_unaligned *)(source))
#define store16(target, value) (*(floats16_unaligned *)(target) = (value))
/// Eight, or sixteen, log powers of the 16-bit steps in which rows are kept.
#define steps8(source) \
    (__builtin_convertvector(*(const short8_unaligned *)(source), float8) * (1.0f / log_power_steps))
#define steps16(source) \
    (__builtin_convertvector(*(const shorts16_unaligned *)(source), floats16) * (1.0f / log_power_steps))
#define load_doubles8(source) (*(const doubles8_unaligned *)(source))
#define store_doubles8(target, value) (*(doubles8_unaligned *)(target) = (value))
#define load4(source) (*(const double4_unaligned *)(source))

/// Rounds eight log powers to the nearest step and keeps them. Adding and taking away 1.5 · 2²³ rounds, halves to even.
#define store_steps8(target, value) \
    ({ \
        float8 s_ = least8(greatest8((value) * log_power_steps, all8(INT16_MIN)), all8(INT16_MAX)); \
        s_ = (s_ + 12582912.0f) - 12582912.0f; \
        *(short8_unaligned *)(target) = __builtin_convertvector(__builtin_convertvector(s_, int8x32), short8); \
    })

/// Eight or sixteen times the same value.
#define all8(value) ((float8){0} + (float)(value))
#define all16(value) ((floats16){0} + (float)(value))

/// Four, or eight, floats as doubles.
#define widened4(source) __builtin_convertvector(*(const float4_unaligned *)(source), double4)
#define widened8(source) __builtin_convertvector(load8(source), doubles8)

/// Lanes of `one` where `mask` is all ones, of `other` where it is 0; the compiler makes minima and maxima of it.
#define choose8(mask, one, other) ((float8)(((mask) & (int8x32)(one)) | (~(mask) & (int8x32)(other))))
#define least8(one, other) \
    ({ float8 a_ = (one), b_ = (other); choose8(a_ < b_, a_, b_); })
#define greatest8(one, other) \
    ({ float8 c_ = (one), d_ = (other); choose8(c_ > d_, c_, d_); })

/// The same for sixteen lanes.
#define choose16(mask, one, other) ((floats16)(((mask) & (ints16)(one)) | (~(mask) & (ints16)(other))))
#define least16(one, other) \
    ({ floats16 a_ = (one), b_ = (other); choose16(a_ < b_, a_, b_); })
#define greatest16(one, other) \
    ({ floats16 c_ = (one), d_ = (other); choose16(c_ > d_, c_, d_); })

/// Four lanes of eight doubles.
#define lower4(vector) __builtin_shufflevector(vector, vector, 0, 1, 2, 3)
#define upper4(vector) __builtin_shufflevector(vector, vector, 4, 5, 6, 7)
/// Eight lanes of sixteen.
#define lower8(vector) __builtin_shufflevector(vector, vector, 0, 1, 2, 3, 4, 5, 6, 7)
#define upper8(vector) __builtin_shufflevector(vector, vector, 8, 9, 10, 11, 12, 13, 14, 15)

/// Sum of all lanes, in pairs.
#define sum8(vector) \
    ({ float8 v_ = (vector); ((v_[0] + v_[4]) + (v_[2] + v_[6])) + ((v_[1] + v_[5]) + (v_[3] + v_[7])); })
#define sum4(vector) \
    ({ double4 v_ = (vector); (v_[0] + v_[2]) + (v_[1] + v_[3]); })

/// Greatest of all lanes. The compiler's own reduction looks for lanes that are not numbers, which takes longer than the rest.
#define greatest_of8(vector) \
    ({ \
        float8 g_ = (vector); \
        g_ = greatest8(g_, __builtin_shufflevector(g_, g_, 4, 5, 6, 7, 0, 1, 2, 3)); \
        g_ = greatest8(g_, __builtin_shufflevector(g_, g_, 2, 3, 0, 1, 6, 7, 4, 5)); \
        greatest8(g_, __builtin_shufflevector(g_, g_, 1, 0, 3, 2, 5, 4, 7, 6))[0]; \
    })

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
#define LOGARITHM(name, floats, ints) \
    INLINED void name(floats *place) { \
        floats values = *place; \
        ints bits = (ints)values; \
        ints exponent = (bits - 0x3f3504f3) >> 23; \
        floats f = (floats)(bits - (exponent << 23)) - 1.0f; \
        floats square = f * f; \
        floats series = f * 7.0376836e-2f - 1.151461e-1f; \
        series = series * f + 1.1676999e-1f; \
        series = series * f - 1.2420141e-1f; \
        series = series * f + 1.4249323e-1f; \
        series = series * f - 1.6668058e-1f; \
        series = series * f + 2.0000715e-1f; \
        series = series * f - 2.4999994e-1f; \
        series = series * f + 3.3333331e-1f; \
        floats e = __builtin_convertvector(exponent, floats); \
        *place = f + (series * f * square - square * 0.5f - e * 2.1219444e-4f) + e * 0.693359375f; \
    }
LOGARITHM(take_logarithm8, float8, int8x32)
LOGARITHM(take_logarithm16, floats16, ints16)

/// Exponential within −80...80: Cephes' `expf` (Moshier 1992), as in `SIMDExponential.swift`.
///
/// Adding and taking away 1.5 · 2²³ rounds to the nearest whole number.
#define EXPONENTIAL(name, floats, ints, least, greatest, all) \
    INLINED void name(floats *place) { \
        floats values = *place; \
        floats limited = least(greatest(values, all(-80)), all(80)); \
        floats n = (limited * 1.442695f + 12582912.0f) - 12582912.0f; \
        floats rest = limited - n * 0.693359375f + n * 2.1219444e-4f; \
        floats series = rest * 1.9875691e-4f + 1.3982e-3f; \
        series = series * rest + 8.333452e-3f; \
        series = series * rest + 4.1665796e-2f; \
        series = series * rest + 1.6666665e-1f; \
        series = series * rest + 0.5f; \
        floats mantissa = series * rest * rest + rest + 1.0f; \
        ints exponent = (__builtin_convertvector(n, ints) + 127) << 23; \
        *place = mantissa * (floats)exponent; \
    }
EXPONENTIAL(take_exponential8, float8, int8x32, least8, greatest8, all8)
EXPONENTIAL(take_exponential16, floats16, ints16, least16, greatest16, all16)

#endif
