#include "cepstral_kernels.h"

#include <math.h>

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

INLINED void write_cepstra(const float *matrix, const int16_t *steps, float *cepstra) {
    float8 low = {0}, high = {0};
    float row[32];
    for (int band = 0; band < 32; band += 8) store8(row + band, steps8(steps + band));
    for (int band = 0; band < 32; band++) {
        low += load8(matrix + 16 * band) * row[band];
        high += load8(matrix + 16 * band + 8) * row[band];
    }
    store8(cepstra, low);
    store8(cepstra + 8, high);
}

RUNTIME_DISPATCHED
void cepstra_of_row(const float *matrix, const int16_t *row, float *cepstra) { write_cepstra(matrix, row, cepstra); }

RUNTIME_DISPATCHED
void take_block_moments(
    const float *matrix, const int16_t *const *rows, const double *weights, size_t count, double least_weight,
    double *weight, float *moments, block_sums *sums) {
    float cepstra[greatest_block_length][16];
    double4 values[greatest_block_length][4];
    double block_weight = 0;
    for (size_t frame = 0; frame < count; frame++) {
        write_cepstra(matrix, rows[frame], cepstra[frame]);
        block_weight += weights[frame];
        for (int group = 0; group < 4; group++) {
            double4 value = widened4(cepstra[frame] + 4 * group);
            values[frame][group] = value;
            double4 deviation = widened4(cepstra[frame] + 4 * group) - widened4(sums->origin + 4 * group);
            store4(sums->sums + 4 * group, load4(sums->sums + 4 * group) + deviation);
            store4(sums->squares + 4 * group, load4(sums->squares + 4 * group) + deviation * deviation);
        }
    }
    sums->frame_count += (double)count;
    block_weight += least_weight;
    *weight = block_weight;
    double packed[16 + packed_entry_count + 4];
    for (int group = 0; group < 4; group++) {
        double4 sum = {0};
        for (size_t frame = 0; frame < count; frame++) sum += values[frame][group] * weights[frame];
        store4(packed + 4 * group, sum);
    }
    // Each row of products is written whole groups at a time; the next row overwrites what lies beyond the diagonal.
    double *target = packed + cepstral_dimension;
    for (int row = 0; row < cepstral_dimension; row++) {
        for (int group = 0; group <= row / 4; group++) {
            double4 sum = {0};
            for (size_t frame = 0; frame < count; frame++)
                sum += values[frame][group] * (weights[frame] * cepstra[frame][row]);
            store4(target + 4 * group, sum);
        }
        target += row + 1;
    }
    packed[block_stride - 1] = 0;
    sums->total[0] += block_weight;
    for (int column = 0; column < block_stride; column += 4) {
        double4 value = load4(packed + column);
        store4(sums->total + 1 + column, load4(sums->total + 1 + column) + value);
        *(float4_unaligned *)(moments + column) = __builtin_convertvector(value, float4);
    }
}

RUNTIME_DISPATCHED
void add_weighted_blocks(const float *blocks, const double *factors, size_t count, double *sums) {
    double local[block_stride];
    memcpy(local, sums, sizeof(double) * (block_stride - 1));
    local[block_stride - 1] = 0;
    // Columns of 16 stay in registers over all blocks of a tile that stays in the first-level cache.
    enum { tile = 48 };
    for (size_t first = 0; first < count; first += tile) {
        size_t end = first + tile < count ? first + tile : count;
        for (int column = 0; column < block_stride; column += 8) {
            double4 low = load4(local + column), high = load4(local + column + 4);
            for (size_t block = first; block < end; block++) {
                const float *values = blocks + block * block_stride + column;
                low += widened4(values) * factors[block];
                high += widened4(values + 4) * factors[block];
            }
            store4(local + column, low);
            store4(local + column + 4, high);
        }
    }
    memcpy(sums, local, sizeof(double) * (block_stride - 1));
}

RUNTIME_DISPATCHED
void block_products(
    const float *blocks, size_t count, const double *one, const double *other, double *ones, double *others) {
    for (size_t block = 0; block < count; block++) {
        const float *values = blocks + block * block_stride;
        double4 left[2] = {{0}, {0}}, right[2] = {{0}, {0}};
        for (int column = 0; column < block_stride; column += 8) {
            for (int half = 0; half < 2; half++) {
                double4 value = widened4(values + column + 4 * half);
                left[half] += value * load4(one + column + 4 * half);
                right[half] += value * load4(other + column + 4 * half);
            }
        }
        ones[block] = sum4(left[0] + left[1]);
        others[block] = sum4(right[0] + right[1]);
    }
}

/// Pivots of four covariances, as the product of all fifteen: inside the range of a double by far.
INLINED void pivot_product(
    const double *shared, const double *clusters, const double *regularisation, double4 *result) {
    double4 sums[1 + cepstral_dimension];
    for (int index = 0; index <= cepstral_dimension; index++) {
        sums[index] = load4(clusters + 8 * index);
        if (shared) sums[index] += shared[index];
    }
    double4 inverse = 1.0 / sums[0], product = all4(1);
    double4 factor[cepstral_dimension][cepstral_dimension];
    double4 reciprocal[cepstral_dimension];
    int entry = 1 + cepstral_dimension;
    for (int row = 0; row < cepstral_dimension; row++) {
        double4 mean = sums[1 + row] * inverse * inverse;
        double4 pivot = {0};
        // Rows of L·D; dividing by the pivot happens once per column.
        double4 scaled[cepstral_dimension];
        for (int column = 0; column <= row; column++, entry++) {
            double4 value = load4(clusters + 8 * entry);
            if (shared) value += shared[entry];
            value = value * inverse - mean * sums[1 + column];
            if (column == row) {
                value += regularisation[row];
                for (int k = 0; k < row; k++) value -= scaled[k] * factor[row][k];
                pivot = value;
            } else {
                for (int k = 0; k < column; k++) value -= scaled[k] * factor[column][k];
                scaled[column] = value;
                factor[row][column] = value * reciprocal[column];
            }
        }
        for (int lane = 0; lane < 4; lane++) pivot[lane] = pivot[lane] > 1e-9 ? pivot[lane] : 1e-9;
        reciprocal[row] = 1.0 / pivot;
        product *= pivot;
    }
    *result = product;
}

RUNTIME_DISPATCHED
void pooled_log_determinants(
    const double *shared, const double *clusters, const double *regularisation, double *determinants) {
    for (int half = 0; half < 2; half++) {
        double4 product;
        pivot_product(shared, clusters + 4 * half, regularisation, &product);
        for (int lane = 0; lane < 4; lane++) determinants[4 * half + lane] = log(product[lane]);
    }
}
