#include "voice_levels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

enum { groups = level_band_count / 8 };

RUNTIME_DISPATCHED
float take_smoothed_level(const int16_t *const *rows, size_t width, float least, float *smallest, size_t kept) {
    float8 total = {0};
    float scale = 1 / (float)width;
    for (int band = 0; band < level_band_count; band += 16) {
        floats16 sum = {0};
        for (size_t row = 0; row < width; row++) sum += greatest16(steps16(rows[row] + band), all16(least));
        floats16 value = sum * scale;
        total += lower8(value);
        total += upper8(value);
        // Insertion into the sorted smallest values, sixteen bands side by side.
        for (size_t rank = 0; rank < kept; rank++) {
            float *place = smallest + rank * level_band_count + band;
            floats16 stored = load16(place);
            store16(place, least16(stored, value));
            value = greatest16(stored, value);
        }
    }
    return sum8(total) / level_band_count;
}

RUNTIME_DISPATCHED
float mean_level(const int16_t *row) {
    float8 total = {0};
    for (int group = 0; group < groups; group++) total += steps8(row + 8 * group);
    return sum8(total) / level_band_count;
}

RUNTIME_DISPATCHED
float mean_level_difference(const int16_t *one, const int16_t *other, float least) {
    float8 total = {0};
    for (int group = 0; group < groups; group++)
        total += greatest8(steps8(one + 8 * group), all8(least)) - greatest8(steps8(other + 8 * group), all8(least));
    return sum8(total) / level_band_count;
}

RUNTIME_DISPATCHED
float mean_distance(const int16_t *one, const int16_t *other, float offset) {
    float8 total = {0};
    for (int group = 0; group < groups; group++) {
        float8 difference = steps8(one + 8 * group) - steps8(other + 8 * group) - offset;
        total += greatest8(difference, -difference);
    }
    return sum8(total) / level_band_count;
}

RUNTIME_DISPATCHED
float total_power(const int16_t *row) {
    float8 total = {0};
    for (int group = 0; group < groups; group++) {
        float8 power = steps8(row + 8 * group);
        take_exponential8(&power);
        total += power;
    }
    return sum8(total);
}

INLINED void exchange(float8 *greater, float8 *smaller) {
    float8 one = *greater, other = *smaller;
    *greater = greatest8(one, other);
    *smaller = least8(one, other);
}

/// Sorts eight vectors lane by lane, greatest first: Batcher's odd-even merge sort, 19 exchanges.
INLINED void sort8(float8 v[8]) {
    static const unsigned char pairs[19][2] = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6},
                                               {5, 7}, {1, 2}, {5, 6}, {0, 4}, {1, 5}, {2, 6}, {3, 7},
                                               {2, 4}, {3, 5}, {1, 2}, {3, 4}, {5, 6}};
#pragma clang loop unroll(full)
    for (int pair = 0; pair < 19; pair++) exchange(&v[pairs[pair][0]], &v[pairs[pair][1]]);
}

/// Leaves the eight greatest of two descending runs in `v`, as a bitonic sequence.
INLINED void keep_greatest(float8 v[8], const float8 other[8]) {
    for (int rank = 0; rank < 8; rank++) v[rank] = greatest8(v[rank], other[7 - rank]);
}

/// Sorts a bitonic sequence of eight, greatest first.
INLINED void sort_bitonic(float8 v[8]) {
    for (int distance = 4; distance > 0; distance /= 2)
        for (int place = 0; place < 8; place++)
            if ((place & distance) == 0) exchange(&v[place], &v[place + distance]);
}

RUNTIME_DISPATCHED
void take_ratios(
    const ratio_terms *terms, const int16_t *const rows[8], const float *const here[8], const float *const next[8],
    const float part[8], float *score, float *ratio, float *contrast) {
    float8 bands[groups][8];
    for (int frame = 0; frame < 8; frame++) {
        float8 sums = {0}, squares = {0};
        for (int group = 0; group < groups; group++) {
            float8 power = greatest8(steps8(rows[frame] + 8 * group), all8(terms->least));
            float8 quiet =
                load8(here[frame] + 8 * group) * (1 - part[frame]) + load8(next[frame] + 8 * group) * part[frame];
            float8 value = power - quiet - terms->margin;
            bands[group][frame] = least8(greatest8(value, all8(0)), all8(terms->greatest));
            // Relative to −12, the middle of the range, so that squares lose no precision.
            float8 shifted = power + 12;
            sums += shifted;
            squares += shifted * shifted;
        }
        float mean = sum8(sums) / level_band_count;
        float variance = sum8(squares) / level_band_count - mean * mean;
        contrast[frame] = __builtin_sqrtf(variance > 0 ? variance : 0);
    }
    float8 mean = {0}, sum = {0};
    for (int group = 0; group < groups; group++) {
        float8 *columns = bands[group];
        transpose8(columns);
        float8 total = columns[0];
        for (int band = 1; band < 8; band++) total += columns[band];
        float8 value = total / 8;
        mean += value / 4;
        sum += value * terms->group_slopes[group];
        sort8(columns);
    }
    keep_greatest(bands[0], bands[1]);
    sort_bitonic(bands[0]);
    keep_greatest(bands[2], bands[3]);
    sort_bitonic(bands[2]);
    keep_greatest(bands[0], bands[2]);
    float8 highest = bands[0][0];
    for (int rank = 1; rank < 8; rank++) highest += bands[0][rank];
    store8(ratio, mean);
    store8(score, load8(score) + sum + mean * terms->mean_slope + highest * (terms->top_slope / 8));
}

RUNTIME_DISPATCHED
float take_strong_change(const int16_t *row, float depth, float *before) {
    float8 bands[level_band_count / 8], highest = steps8(row), sum = {0};
    for (int group = 0; group < level_band_count / 8; group++) {
        bands[group] = steps8(row + 8 * group);
        highest = greatest8(highest, bands[group]);
    }
    float strongest = greatest_of8(highest);
    float8 least = all8(strongest - depth);
    for (int group = 0; group < level_band_count / 8; group++) {
        float8 now = greatest8(bands[group], least), change = now - load8(before + 8 * group);
        sum += greatest8(change, -change);
        store8(before + 8 * group, now);
    }
    return sum8(sum) / level_band_count;
}
