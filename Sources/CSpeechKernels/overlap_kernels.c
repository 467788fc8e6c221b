#include "overlap_kernels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

enum { bands = overlap_band_count, most = greatest_component_count, chosen_most = greatest_chosen_count };

RUNTIME_DISPATCHED
float take_pair_means(const int16_t *log_powers, float *means) {
    float8 highest = steps8(log_powers);
    for (int band = 0; band < 2 * bands; band += 16) {
        float8 low = steps8(log_powers + band), high = steps8(log_powers + band + 8);
        highest = greatest8(greatest8(low, high), highest);
        float8 even = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
        float8 odd = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
        store8(means + band / 2, (even + odd) * 0.5f);
    }
    return greatest_of8(highest);
}

/// Components that fit a row best: their weights, and the densities and distributions of their bands, `[8 × 16]`.
typedef struct {
    float weights[chosen_most];
    float densities[chosen_most * bands];
    float distributions[chosen_most * bands];
} chosen_components;

/// Exponential within −80...80, within 0.0002 of itself: densities need no more.
INLINED void take_rough_exponential16(floats16 *place) {
    floats16 limited = least16(greatest16(*place, all16(-80)), all16(80)) * 1.442695f;
    // Adding 1.5 · 2²³ rounds to the nearest whole number, which then stands in the lowest bits.
    floats16 rounded = limited + 12582912.0f;
    floats16 rest = limited - (rounded - 12582912.0f);
    floats16 mantissa = ((rest * 5.55e-2f + 0.2402265f) * rest + 0.6931472f) * rest + 1.0f;
    *place = mantissa * (floats16)(((ints16)rounded << 23) + (127 << 23));
}

/// Sum of the exponentials of `count` values, a multiple of 8, relative to that of the greatest of them.
INLINED float exponential_sum(const float *values, int count, float *highest) {
    float8 greatest = load8(values);
    for (int index = 8; index < count; index += 8) greatest = greatest8(load8(values + index), greatest);
    *highest = greatest_of8(greatest);
    float8 sum = {0};
    for (int index = 0; index < count; index += 8) {
        float8 part = load8(values + index) - *highest;
        take_exponential8(&part);
        sum += part;
    }
    return sum8(sum);
}

/// Logarithm of the sum of the exponentials of `count` values, a multiple of 8.
INLINED float log_sum(const float *values, int count) {
    float highest;
    float8 total = all8(exponential_sum(values, count, &highest));
    take_logarithm8(&total);
    return highest + total[0];
}

/// Logarithm of the sum of the exponentials of two logarithms, within 0.12: a straight line from log 2 where they are equal.
INLINED void take_rough_sum16(floats16 *place, floats16 other) {
    floats16 greater = greatest16(*place, other), smaller = least16(*place, other);
    *place = greater + greatest16((smaller - greater) * 0.35f + 0.6931472f, all16(0));
}

/// Log likelihoods of `row` under each component, in all its bands and where the other person may hide some.
INLINED void take_fits(
    const overlap_terms *terms, const speaker_mixture *person, const float *row, float *fits, float *hidden_fits) {
    floats16 least = all16(terms->least_log_density), most_hidden = all16(terms->masked_most);
    for (int component = 0; component < person->count; component += 16) {
        floats16 fit = load16(person->log_weights + component), hidden_fit = fit;
        for (int band = 0; band < bands; band++) {
            int place = band * most + component;
            floats16 deviation =
                (row[band] - load16(person->means + place)) * load16(person->inverse_deviations + place);
            floats16 density = load16(person->log_peaks + place) - deviation * deviation * 0.5f;
            floats16 masked =
                greatest16(least16(deviation * terms->masked_slope + terms->masked_at_mean, most_hidden), least);
            fit += greatest16(density, least);
            take_rough_sum16(&density, masked);
            hidden_fit += density;
        }
        store16(fits + component, fit);
        store16(hidden_fits + component, hidden_fit);
    }
}

/// The components of the greatest of `fits`, greatest first; of fits within 0.0005 perhaps the second first.
INLINED void take_best_components(const float *fits, int count, int wanted, int *places) {
    int8x32 lanes = {31, 30, 29, 28, 27, 26, 25, 24}, keys[most / 8];
    for (int group = 0; group < most / 8; group++) {
        keys[group] = (int8x32){0};
        if (group * 8 >= count) continue;
        // Positive floats are in the order of their bits; the last five hold 31 less the component.
        float8 positive = greatest8(load8(fits + group * 8), all8(-255)) + 256.0f;
        keys[group] = ((int8x32)positive & ~31) | (lanes - group * 8);
    }
    for (int rank = 0; rank < wanted; rank++) {
        int8x32 best = __builtin_elementwise_max(
            __builtin_elementwise_max(keys[0], keys[1]), __builtin_elementwise_max(keys[2], keys[3]));
        // The greatest in all lanes, so that nothing waits for a way out of the vector and back.
        best = __builtin_elementwise_max(best, __builtin_shufflevector(best, best, 4, 5, 6, 7, 0, 1, 2, 3));
        best = __builtin_elementwise_max(best, __builtin_shufflevector(best, best, 2, 3, 0, 1, 6, 7, 4, 5));
        best = __builtin_elementwise_max(best, __builtin_shufflevector(best, best, 1, 0, 3, 2, 5, 4, 7, 6));
        for (int group = 0; group < most / 8; group++) keys[group] &= keys[group] != best;
        places[rank] = 31 - (best[0] & 31);
    }
}

/// Likelihood of one person for `row`, relative to the exponential of `highest`; the components that fit best where the
/// other person may hide some bands.
INLINED float take_person(
    const overlap_terms *terms, const speaker_mixture *person, const float *row, float *highest,
    chosen_components *chosen) {
    float fits[most], hidden_fits[most];
    // Who is not chosen weighs nothing.
    float log_weights[chosen_most] = {-80, -80, -80, -80, -80, -80, -80, -80};
    int places[chosen_most];
    take_fits(terms, person, row, fits, hidden_fits);
    take_best_components(hidden_fits, person->count, terms->chosen, places);
    floats16 least = all16(terms->least_log_density);
    for (int rank = 0; rank < terms->chosen; rank++) {
        const float *component = person->components + places[rank] * 3 * bands;
        log_weights[rank] = person->log_weights[places[rank]];
        floats16 deviation = (load16(row) - load16(component)) * load16(component + bands);
        floats16 density = greatest16(load16(component + 2 * bands) - deviation * deviation * 0.5f, least);
        take_rough_exponential16(&density);
        store16(chosen->densities + rank * bands, density);
        floats16 above = deviation * -terms->logistic_slope;
        take_rough_exponential16(&above);
        store16(chosen->distributions + rank * bands, 1 / (above + 1));
    }
    float8 weights = load8(log_weights);
    take_exponential8(&weights);
    store8(chosen->weights, weights);
    return exponential_sum(fits, person->count, highest);
}

/// Turns `[8 × 16]` into `[16 × 8]`, each row twice.
INLINED void take_bands(const float *source, float *target) {
    for (int half = 0; half < bands; half += 8) {
        float8 rows[8];
        for (int rank = 0; rank < 8; rank++) rows[rank] = load8(source + rank * bands + half);
        transpose8(rows);
        for (int band = 0; band < 8; band++) {
            store8(target + (half + band) * 16, rows[band]);
            store8(target + (half + band) * 16 + 8, rows[band]);
        }
    }
}

/// Likelihood of both, the sum over the pairs of their chosen components: two of one person's beside all of the other's.
INLINED double take_pairs(const overlap_terms *terms, const chosen_components *one, const chosen_components *other) {
    double4 sum = {0};
    float8 weights = load8(other->weights);
    ints16 is_next = {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1};
    float densities[bands * 2 * chosen_most], distributions[bands * 2 * chosen_most];
    take_bands(other->densities, densities);
    take_bands(other->distributions, distributions);
    for (int left = 0; left < terms->chosen; left += 2) {
        // Eight bands of 1e-4 are 1e-32, a normal float; sixteen are not.
        float halves[2][16];
        for (int half = 0; half < 2; half++) {
            floats16 product = all16(1);
            for (int band = half * bands / 2; band < (half + 1) * bands / 2; band++) {
                int here = left * bands + band, next = here + bands;
                floats16 density = choose16(is_next, all16(one->densities[next]), all16(one->densities[here]));
                floats16 distribution =
                    choose16(is_next, all16(one->distributions[next]), all16(one->distributions[here]));
                product *= load16(distributions + band * 16) * density + load16(densities + band * 16) * distribution
                    + terms->least_pair_density;
            }
            store16(halves[half], product);
        }
        for (int place = left; place < left + 2 && place < terms->chosen; place++) {
            float lanes[8];
            store8(lanes, weights * one->weights[place]);
            for (int lane = 0; lane < 8; lane += 4) {
                const float *first = halves[0] + (place - left) * 8 + lane;
                const float *second = halves[1] + (place - left) * 8 + lane;
                sum += widened4(first) * widened4(second) * widened4(lanes + lane);
            }
        }
    }
    return sum4(sum);
}

RUNTIME_DISPATCHED
void overlap_likelihoods(
    const overlap_terms *terms, const speaker_mixture *first, const speaker_mixture *second, const float *rows,
    size_t count, float *likelihoods) {
    chosen_components one = {0}, other = {0};
    // The logarithms of eight rows side by side.
    float sums[3][8], highest[3][8] = {{0}};
    for (int place = 0; place < 24; place++) sums[place / 8][place % 8] = 1;
    for (size_t start = 0; start < count; start += 8) {
        int rows_here = count - start < 8 ? (int)(count - start) : 8;
        for (int place = 0; place < rows_here; place++) {
            const float *row = rows + (start + place) * bands;
            sums[0][place] = take_person(terms, first, row, &highest[0][place], &one);
            sums[1][place] = take_person(terms, second, row, &highest[1][place], &other);
            double both = take_pairs(terms, &one, &other);
            sums[2][place] = (float)(both > 1e-37 ? both : 1e-37);
        }
        for (int which = 0; which < 3; which++) {
            float8 logarithm = load8(sums[which]);
            take_logarithm8(&logarithm);
            logarithm = load8(highest[which]) + logarithm;
            for (int place = 0; place < rows_here; place++)
                likelihoods[3 * (start + place) + which] = logarithm[place];
        }
    }
}

RUNTIME_DISPATCHED
void add_mixture_statistics(const speaker_mixture *mixture, const float *rows, size_t count, double *sums) {
    float constants[most] = {0}, posteriors[most];
    for (int component = 0; component < mixture->count; component += 8) {
        float8 sum = load8(mixture->log_weights + component);
        for (int band = 0; band < bands; band++) {
            sum += load8(mixture->log_peaks + band * most + component);
        }
        store8(constants + component, sum);
    }
    for (size_t index = 0; index < count; index++) {
        const float *row = rows + index * bands;
        for (int component = 0; component < mixture->count; component += 16) {
            floats16 sum = {0};
            for (int band = 0; band < bands; band++) {
                int place = band * most + component;
                floats16 deviation =
                    (row[band] - load16(mixture->means + place)) * load16(mixture->inverse_deviations + place);
                sum += deviation * deviation;
            }
            store16(posteriors + component, load16(constants + component) - 0.5f * sum);
        }
        float total = log_sum(posteriors, mixture->count);
        for (int component = 0; component < mixture->count; component += 8) {
            float8 posterior = load8(posteriors + component) - total;
            take_exponential8(&posterior);
            store8(posteriors + component, posterior);
        }
        for (int component = 0; component < mixture->count; component++) {
            // Smaller ones add nothing but time.
            if (posteriors[component] < 1e-4f) continue;
            double posterior = posteriors[component];
            double *sum = sums + component * (1 + 2 * bands);
            sum[0] += posterior;
            for (int band = 0; band < bands; band += 8) {
                doubles8 level = widened8(row + band), weighted = level * posterior;
                double *levels = sum + 1 + band, *squares = levels + bands;
                store_doubles8(levels, load_doubles8(levels) + weighted);
                store_doubles8(squares, load_doubles8(squares) + weighted * level);
            }
        }
    }
}
