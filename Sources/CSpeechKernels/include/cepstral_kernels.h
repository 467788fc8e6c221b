/// Cepstra, their moments, and likelihoods of moments: rows of 15 coefficients in 16 lanes, the last one 0.
#ifndef SPEECH_KERNELS_CEPSTRAL_KERNELS_H
#define SPEECH_KERNELS_CEPSTRAL_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Coefficients, and numbers of one block: 15 sums, 120 packed products and one zero.
enum { cepstral_dimension = 15, packed_entry_count = 120, block_stride = 136 };

/// `[32 × 16]` matrix times a row of 32 log-mel powers in steps of `1 / log_power_steps`.
void cepstra_of_row(const float *matrix, const int16_t *row, float *cepstra);

/// Frames that one block may have.
enum { greatest_block_length = 16 };

/// What the blocks of a part of a recording add up to.
typedef struct {
    /// Weight, sums and packed products of all blocks, then a zero.
    double total[1 + block_stride];
    /// Frames, and sums and squares of their deviations from `origin`, unweighted.
    double frame_count, sums[16], squares[16];
    /// Cepstra that deviations are taken from, so that squares lose no precision.
    float origin[16];
} block_sums;

/// Weighted moments of the cepstra of a block of `count` frames, at most `greatest_block_length`: their weight, which gets
/// `least_weight` added, and `[block_stride]` sums, packed products and a zero. Adds them to `sums` too.
///
/// `matrix` is that of `cepstra_of_row`; `rows` are log-mel powers in steps of `1 / log_power_steps`.
void take_block_moments(
    const float *matrix, const int16_t *const *rows, const double *weights, size_t count, double least_weight,
    double *weight, float *moments, block_sums *sums);

/// Adds the packed moments of `count` blocks, each times its factor, to `sums[135]`.
void add_weighted_blocks(const float *blocks, const double *factors, size_t count, double *sums);

/// Dot products of each block with two rows of `block_stride` coefficients.
void block_products(
    const float *blocks, size_t count, const double *one, const double *other, double *ones, double *others);

/// Moments of up to eight clusters side by side, `[136][8]`: the count, 15 sums, 120 products.
///
/// Writes the log determinants of the covariance of each of them together with `shared`, itself 136 numbers or null,
/// with `regularisation` on the diagonal; pivots below 10⁻⁹ are taken as that.
void pooled_log_determinants(
    const double *shared, const double *clusters, const double *regularisation, double *determinants);

#endif
