#include "overlap_kernels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

enum { bands = overlap_band_count, most = greatest_component_count, chosen_most = greatest_chosen_count };

/// Components that fit a row best: their weights, and the densities and distributions of their bands, `[16 × 8]`.
typedef struct {
    float weights[chosen_most];
    float densities[bands * chosen_most];
    float distributions[bands * chosen_most];
} chosen_components;

/// Exponential of values from −80 to 0, within 0.0002 of itself: densities need no more.
INLINED void take_decay8(float8 *place) {
    float8 limited = greatest8(*place, all8(-80)) * 1.442695f;
    // Adding 1.5 · 2²³ rounds to the nearest whole number, which then stands in the lowest bits.
    float8 rounded = limited + 12582912.0f;
    float8 rest = limited - (rounded - 12582912.0f);
    float8 mantissa = ((rest * 5.55e-2f + 0.2402265f) * rest + 0.6931472f) * rest + 1.0f;
    *place = mantissa * (float8)(((int8x32)rounded << 23) + (127 << 23));
}

/// Index of the greatest of `count` values, a multiple of 8; of equal ones the first.
INLINED int place_of_greatest(const float *values, int count) {
    float8 greatest = load8(values);
    for (int index = 8; index < count; index += 8) greatest = greatest8(load8(values + index), greatest);
    float8 highest = all8(__builtin_reduce_max(greatest));
    int8x32 lanes = {0, 1, 2, 3, 4, 5, 6, 7}, first = (int8x32){0} + count;
    for (int index = 0; index < count; index += 8) {
        int8x32 places = (load8(values + index) == highest) & (count - (lanes + index));
        first = __builtin_elementwise_min(first, count - places);
    }
    return __builtin_reduce_min(first);
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

/// Log likelihood of one person for `row`; the components that fit best where the other person may hide some bands.
INLINED float take_person(
    const overlap_terms *terms, const speaker_mixture *person, const float *row, chosen_components *chosen) {
    float densities[bands * most], fits[most], hidden_fits[most];
    for (int component = 0; component < person->count; component += 8) {
        float8 fit = all8(1), hidden_fit = all8(1);
        for (int band = 0; band < bands; band++) {
            int place = band * most + component;
            float8 deviation = (row[band] - load8(person->means + place)) * load8(person->inverse_deviations + place);
            float8 density = deviation * deviation * -0.5f;
            take_decay8(&density);
            density = density * load8(person->peaks + place) + terms->least_density;
            float8 below = least8(greatest8(deviation * terms->hidden_slope + 0.5f, all8(0)), all8(1));
            store8(densities + place, density);
            fit *= density;
            hidden_fit *= density + below * terms->masked_density;
        }
        // Sixteen densities of 0.01 are 1e-32, a normal float.
        take_logarithm8(&fit);
        take_logarithm8(&hidden_fit);
        store8(fits + component, fit + load8(person->log_weights + component));
        store8(hidden_fits + component, hidden_fit + load8(person->log_weights + component));
    }
    float deviations[bands * chosen_most] = {0};
    for (int rank = 0; rank < chosen_most; rank++) {
        chosen->weights[rank] = -80;
        if (rank >= terms->chosen) continue;
        int best = place_of_greatest(hidden_fits, person->count);
        hidden_fits[best] = -1e30f;
        chosen->weights[rank] = person->log_weights[best];
        // Gathers are slower than one after the other.
#pragma clang loop vectorize(disable) interleave(disable)
        for (int band = 0; band < bands; band++) {
            int place = band * most + best;
            deviations[band * chosen_most + rank] = (row[band] - person->means[place]) * person->inverse_deviations[place];
            chosen->densities[band * chosen_most + rank] = densities[place];
        }
    }
    for (int band = 0; band < bands; band++) {
        float8 above = load8(deviations + band * chosen_most) * -terms->logistic_slope;
        take_exponential8(&above);
        store8(chosen->distributions + band * chosen_most, 1 / (above + 1));
    }
    float8 weights = load8(chosen->weights);
    take_exponential8(&weights);
    store8(chosen->weights, weights);
    return log_sum(fits, person->count);
}

/// Likelihood of both, the sum over the pairs of their chosen components.
INLINED double take_pairs(const overlap_terms *terms, const chosen_components *one, const chosen_components *other) {
    double4 sum = {0};
    float8 weights = load8(other->weights);
    for (int left = 0; left < terms->chosen; left++) {
        // Eight bands of 1e-4 are 1e-32, a normal float; sixteen are not.
        float8 halves[2];
        for (int half = 0; half < 2; half++) {
            halves[half] = all8(1);
            for (int band = half * bands / 2; band < (half + 1) * bands / 2; band++) {
                int place = band * chosen_most;
                halves[half] *= load8(other->distributions + place) * one->densities[place + left]
                    + load8(other->densities + place) * one->distributions[place + left] + terms->least_pair_density;
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
            float8 peak = greatest8(load8(mixture->peaks + band * most + component), all8(1e-30f));
            take_logarithm8(&peak);
            sum += peak;
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
