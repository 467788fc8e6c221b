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
    return __builtin_reduce_max(highest);
}

/// Components that fit a row best: their weights, and the densities and distributions of their bands, `[8 × 16]`.
typedef struct {
    float weights[chosen_most];
    float densities[chosen_most * bands];
    float distributions[chosen_most * bands];
} chosen_components;

/// Exponential within −80...80, within 0.0002 of itself: densities need no more.
INLINED void take_rough_exponential8(float8 *place) {
    float8 limited = least8(greatest8(*place, all8(-80)), all8(80)) * 1.442695f;
    // Adding 1.5 · 2²³ rounds to the nearest whole number, which then stands in the lowest bits.
    float8 rounded = limited + 12582912.0f;
    float8 rest = limited - (rounded - 12582912.0f);
    float8 mantissa = ((rest * 5.55e-2f + 0.2402265f) * rest + 0.6931472f) * rest + 1.0f;
    *place = mantissa * (float8)(((int8x32)rounded << 23) + (127 << 23));
}

/// Logarithm of the sum of the exponentials of `count` values, a multiple of 8.
INLINED float log_sum(const float *values, int count) {
    float8 greatest = load8(values);
    for (int index = 8; index < count; index += 8) greatest = greatest8(load8(values + index), greatest);
    float highest = __builtin_reduce_max(greatest);
    float8 sum = {0};
    for (int index = 0; index < count; index += 8) {
        float8 part = load8(values + index) - highest;
        take_exponential8(&part);
        sum += part;
    }
    float8 total = all8(sum8(sum));
    take_logarithm8(&total);
    return highest + total[0];
}

/// Logarithm of the sum of the exponentials of two logarithms, within 0.12: a straight line from log 2 where they are equal.
INLINED void take_rough_sum8(float8 *place, float8 other) {
    float8 greater = greatest8(*place, other), smaller = least8(*place, other);
    *place = greater + greatest8((smaller - greater) * 0.35f + 0.6931472f, all8(0));
}

/// Log likelihoods of `row` under each component, in all its bands and where the other person may hide some.
INLINED void take_fits(
    const overlap_terms *terms, const speaker_mixture *person, const float *row, float *fits, float *hidden_fits) {
    float8 least = all8(terms->least_log_density), most_hidden = all8(terms->masked_most);
    for (int component = 0; component < person->count; component += 8) {
        float8 fit = load8(person->log_weights + component), hidden_fit = fit;
        for (int band = 0; band < bands; band++) {
            int place = band * most + component;
            float8 deviation = (row[band] - load8(person->means + place)) * load8(person->inverse_deviations + place);
            float8 density = load8(person->log_peaks + place) - deviation * deviation * 0.5f;
            float8 masked = greatest8(least8(deviation * terms->masked_slope + terms->masked_at_mean, most_hidden), least);
            fit += greatest8(density, least);
            take_rough_sum8(&density, masked);
            hidden_fit += density;
        }
        store8(fits + component, fit);
        store8(hidden_fits + component, hidden_fit);
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
        int8x32 greatest = __builtin_elementwise_max(
            __builtin_elementwise_max(keys[0], keys[1]), __builtin_elementwise_max(keys[2], keys[3]));
        int32_t best = __builtin_reduce_max(greatest);
        for (int group = 0; group < most / 8; group++) keys[group] &= keys[group] != best;
        places[rank] = 31 - (best & 31);
    }
}

/// Log likelihood of one person for `row`; the components that fit best where the other person may hide some bands.
INLINED float take_person(
    const overlap_terms *terms, const speaker_mixture *person, const float *row, chosen_components *chosen) {
    float fits[most], hidden_fits[most];
    // Who is not chosen weighs nothing.
    float log_weights[chosen_most] = {-80, -80, -80, -80, -80, -80, -80, -80};
    int places[chosen_most];
    take_fits(terms, person, row, fits, hidden_fits);
    take_best_components(hidden_fits, person->count, terms->chosen, places);
    float8 least = all8(terms->least_log_density);
    for (int rank = 0; rank < terms->chosen; rank++) {
        const float *component = person->components + places[rank] * 3 * bands;
        log_weights[rank] = person->log_weights[places[rank]];
        for (int band = 0; band < bands; band += 8) {
            float8 deviation = (load8(row + band) - load8(component + band)) * load8(component + bands + band);
            float8 density = greatest8(load8(component + 2 * bands + band) - deviation * deviation * 0.5f, least);
            take_rough_exponential8(&density);
            store8(chosen->densities + rank * bands + band, density);
            float8 above = deviation * -terms->logistic_slope;
            take_rough_exponential8(&above);
            store8(chosen->distributions + rank * bands + band, 1 / (above + 1));
        }
    }
    float8 weights = load8(log_weights);
    take_exponential8(&weights);
    store8(chosen->weights, weights);
    return log_sum(fits, person->count);
}

/// Turns `[8 × 16]` into `[16 × 8]`.
INLINED void take_bands(const float *source, float *target) {
    for (int half = 0; half < bands; half += 8) {
        float8 rows[8];
        for (int rank = 0; rank < 8; rank++) rows[rank] = load8(source + rank * bands + half);
        transpose8(rows);
        for (int band = 0; band < 8; band++) store8(target + (half + band) * 8, rows[band]);
    }
}

/// Likelihood of both, the sum over the pairs of their chosen components.
INLINED double take_pairs(const overlap_terms *terms, const chosen_components *one, const chosen_components *other) {
    double4 sum = {0};
    float8 weights = load8(other->weights);
    float densities[bands * chosen_most], distributions[bands * chosen_most];
    take_bands(other->densities, densities);
    take_bands(other->distributions, distributions);
    for (int left = 0; left < terms->chosen; left++) {
        // Eight bands of 1e-4 are 1e-32, a normal float; sixteen are not.
        float8 halves[2];
        for (int half = 0; half < 2; half++) {
            halves[half] = all8(1);
            for (int band = half * bands / 2; band < (half + 1) * bands / 2; band++) {
                int place = left * bands + band;
                halves[half] *= load8(distributions + band * chosen_most) * one->densities[place]
                    + load8(densities + band * chosen_most) * one->distributions[place] + terms->least_pair_density;
            }
        }
        float lanes[24];
        store8(lanes, halves[0]);
        store8(lanes + 8, halves[1]);
        store8(lanes + 16, weights * one->weights[left]);
        for (int lane = 0; lane < 8; lane += 4) {
            sum += widened4(lanes + lane) * widened4(lanes + 8 + lane) * widened4(lanes + 16 + lane);
        }
    }
    return sum4(sum);
}

RUNTIME_DISPATCHED
void overlap_likelihoods(
    const overlap_terms *terms, const speaker_mixture *first, const speaker_mixture *second, const float *rows,
    size_t count, float *likelihoods) {
    chosen_components one = {0}, other = {0};
    for (size_t index = 0; index < count; index++) {
        const float *row = rows + index * bands;
        likelihoods[3 * index] = take_person(terms, first, row, &one);
        likelihoods[3 * index + 1] = take_person(terms, second, row, &other);
        double both = take_pairs(terms, &one, &other);
        float8 logarithm = all8(both > 1e-37 ? both : 1e-37);
        take_logarithm8(&logarithm);
        likelihoods[3 * index + 2] = logarithm[0];
    }
}

RUNTIME_DISPATCHED
void add_mixture_statistics(const speaker_mixture *mixture, const float *rows, size_t count, double *sums) {
    float constants[most], posteriors[most];
    for (int component = 0; component < mixture->count; component += 8) {
        float8 sum = load8(mixture->log_weights + component);
        for (int band = 0; band < bands; band++) {
            sum += load8(mixture->log_peaks + band * most + component);
        }
        store8(constants + component, sum);
    }
    for (size_t index = 0; index < count; index++) {
        const float *row = rows + index * bands;
        for (int component = 0; component < mixture->count; component += 8) {
            float8 sum = {0};
            for (int band = 0; band < bands; band++) {
                int place = band * most + component;
                float8 deviation =
                    (row[band] - load8(mixture->means + place)) * load8(mixture->inverse_deviations + place);
                sum += deviation * deviation;
            }
            store8(posteriors + component, load8(constants + component) - 0.5f * sum);
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
            for (int band = 0; band < bands; band += 4) {
                double4 level = widened4(row + band), weighted = level * posterior;
                store4(sum + 1 + band, load4(sum + 1 + band) + weighted);
                store4(sum + 1 + bands + band, load4(sum + 1 + bands + band) + weighted * level);
            }
        }
    }
}
