#include "cepstral_kernels.h"

#include <math.h>

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

INLINED void write_cepstra(const float *matrix, const int16_t *steps, float *cepstra) {
    floats16 sum = {0};
    float row[32];
    for (int band = 0; band < 32; band += 16) store16(row + band, steps16(steps + band));
    for (int band = 0; band < 32; band++) sum += load16(matrix + 16 * band) * row[band];
    store16(cepstra, sum);
}

RUNTIME_DISPATCHED
void cepstra_of_row(const float *matrix, const int16_t *row, float *cepstra) { write_cepstra(matrix, row, cepstra); }

RUNTIME_DISPATCHED
void take_block_moments(
    const float *matrix, const int16_t *const *rows, const double *weights, size_t count, double least_weight,
    double *weight, float *moments, block_sums *sums) {
    float cepstra[greatest_block_length][16];
    doubles8 values[greatest_block_length][2];
    double block_weight = 0;
    for (size_t frame = 0; frame < count; frame++) {
        write_cepstra(matrix, rows[frame], cepstra[frame]);
        block_weight += weights[frame];
        for (int group = 0; group < 2; group++) {
            doubles8 value = widened8(cepstra[frame] + 8 * group);
            values[frame][group] = value;
            doubles8 deviation = value - widened8(sums->origin + 8 * group);
            store_doubles8(sums->sums + 8 * group, load_doubles8(sums->sums + 8 * group) + deviation);
            store_doubles8(sums->squares + 8 * group, load_doubles8(sums->squares + 8 * group) + deviation * deviation);
        }
    }
    sums->frame_count += (double)count;
    block_weight += least_weight;
    *weight = block_weight;
    double packed[16 + packed_entry_count + 8];
    for (int group = 0; group < 2; group++) {
        doubles8 sum = {0};
        for (size_t frame = 0; frame < count; frame++) sum += values[frame][group] * weights[frame];
        store_doubles8(packed + 8 * group, sum);
    }
    // Each row of products is written whole groups at a time; the next row overwrites what lies beyond the diagonal.
    double *target = packed + cepstral_dimension;
    for (int row = 0; row < cepstral_dimension; row++) {
        for (int group = 0; group <= row / 8; group++) {
            doubles8 sum = {0};
            for (size_t frame = 0; frame < count; frame++)
                sum += values[frame][group] * (weights[frame] * cepstra[frame][row]);
            store_doubles8(target + 8 * group, sum);
        }
        target += row + 1;
    }
    packed[block_stride - 1] = 0;
    sums->total[0] += block_weight;
    for (int column = 0; column < block_stride; column += 8) {
        doubles8 value = load_doubles8(packed + column);
        store_doubles8(sums->total + 1 + column, load_doubles8(sums->total + 1 + column) + value);
        store8(moments + column, __builtin_convertvector(value, float8));
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
            doubles8 sum = load_doubles8(local + column);
            for (size_t block = first; block < end; block++)
                sum += widened8(blocks + block * block_stride + column) * factors[block];
            store_doubles8(local + column, sum);
        }
    }
    memcpy(sums, local, sizeof(double) * (block_stride - 1));
}

RUNTIME_DISPATCHED
void block_products(
    const float *blocks, size_t count, const double *one, const double *other, double *ones, double *others) {
    for (size_t block = 0; block < count; block++) {
        const float *values = blocks + block * block_stride;
        doubles8 left = {0}, right = {0};
        for (int column = 0; column < block_stride; column += 8) {
            doubles8 value = widened8(values + column);
            left += value * load_doubles8(one + column);
            right += value * load_doubles8(other + column);
        }
        ones[block] = sum4(lower4(left) + upper4(left));
        others[block] = sum4(lower4(right) + upper4(right));
    }
}

/// Pivots of eight covariances, as the product of all fifteen: inside the range of a double by far.
INLINED void pivot_product(
    const double *shared, const double *clusters, const double *regularisation, doubles8 *result) {
    doubles8 sums[1 + cepstral_dimension];
    for (int index = 0; index <= cepstral_dimension; index++) {
        sums[index] = load_doubles8(clusters + 8 * index);
        if (shared) sums[index] += shared[index];
    }
    doubles8 one = {1, 1, 1, 1, 1, 1, 1, 1}, inverse = one / sums[0], product = one;
    doubles8 factor[cepstral_dimension][cepstral_dimension];
    doubles8 reciprocal[cepstral_dimension];
    int entry = 1 + cepstral_dimension;
    for (int row = 0; row < cepstral_dimension; row++) {
        doubles8 mean = sums[1 + row] * inverse * inverse;
        doubles8 pivot = {0};
        // Rows of L·D; dividing by the pivot happens once per column.
        doubles8 scaled[cepstral_dimension];
        for (int column = 0; column <= row; column++, entry++) {
            doubles8 value = load_doubles8(clusters + 8 * entry);
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
        for (int lane = 0; lane < 8; lane++) pivot[lane] = pivot[lane] > 1e-9 ? pivot[lane] : 1e-9;
        reciprocal[row] = one / pivot;
        product *= pivot;
    }
    *result = product;
}

RUNTIME_DISPATCHED
void pooled_log_determinants(
    const double *shared, const double *clusters, const double *regularisation, double *determinants) {
    doubles8 product;
    pivot_product(shared, clusters, regularisation, &product);
    for (int lane = 0; lane < 8; lane++) determinants[lane] = log(product[lane]);
}
