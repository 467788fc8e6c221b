#include "speaker_kernels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

enum { dimension = 15, component_groups = component_count / 8 };

RUNTIME_DISPATCHED
void add_background_statistics(
    const background_model *model, const float *cepstra, float weight, float *counts, float *sums) {
    float8 scores[component_groups];
    for (int group = 0; group < component_groups; group++) scores[group] = load8(model->constant + 8 * group);
    for (int row = 0; row < dimension; row++) {
        for (int group = 0; group < component_groups; group++) {
            size_t place = row * component_count + 8 * group;
            scores[group] +=
                (load8(model->linear + place) + load8(model->quadratic + place) * cepstra[row]) * cepstra[row];
        }
    }
    float8 highest = scores[0];
    for (int group = 1; group < component_groups; group++) highest = greatest8(highest, scores[group]);
    float best = highest[0];
    for (int lane = 1; lane < 8; lane++) best = highest[lane] > best ? highest[lane] : best;
    float8 total = {0};
    float posteriors[component_count];
    for (int group = 0; group < component_groups; group++) {
        scores[group] -= best;
        take_exponential8(&scores[group]);
        total += scores[group];
    }
    float inverse = 1 / sum8(total);
    for (int group = 0; group < component_groups; group++) store8(posteriors + 8 * group, scores[group] * inverse);
    for (int component = 0; component < component_count; component++) {
        if (!(posteriors[component] >= model->least_posterior)) continue;
        float share = posteriors[component] * weight;
        counts[component] += share;
        const float *means = model->means + component * dimension;
        const float *roots = model->root_precisions + component * dimension;
        float *target = sums + component * dimension;
        for (int row = 0; row < dimension; row++) target[row] += share * (cepstra[row] - means[row]) * roots[row];
    }
}

RUNTIME_DISPATCHED
void add_to_window(const float *counts, const float *sums, double sign, double *window_counts, double *window_sums) {
    for (int component = 0; component < component_count; component++)
        window_counts[component] += sign * counts[component];
    for (int row = 0; row < projection_row_count; row++) window_sums[row] += sign * sums[row];
}

RUNTIME_DISPATCHED
void project_statistics(
    const double *counts, const double *sums, const double *root_weights, double relevance, double least,
    const double *projection, double *coordinates) {
    double4 result[axis_lanes / 4] = {{0}};
    for (int component = 0; component < component_count; component++) {
        if (!(counts[component] > least)) continue;
        double scale = root_weights[component] / (counts[component] + relevance);
        for (int row = component * dimension; row < (component + 1) * dimension; row++) {
            double value = scale * sums[row];
            const double *axes = projection + row * axis_lanes;
            for (int group = 0; group < axis_lanes / 4; group++) result[group] += load4(axes + 4 * group) * value;
        }
    }
    for (int group = 0; group < axis_lanes / 4; group++) store4(coordinates + 4 * group, result[group]);
}

RUNTIME_DISPATCHED
double merged_evidence(const double *one, const double *other, const double *scale) {
    double4 sums[2] = {{0}, {0}};
    for (int lane = 0; lane < axis_lanes; lane += 8) {
        for (int half = 0; half < 2; half++) {
            double4 value = load4(one + lane + 4 * half) + load4(other + lane + 4 * half);
            sums[half] += value * value * load4(scale + lane + 4 * half);
        }
    }
    return sum4(sums[0] + sums[1]);
}

RUNTIME_DISPATCHED
double squared_distance(const double *one, const double *other, const double *scale) {
    double4 sums[2] = {{0}, {0}};
    for (int lane = 0; lane < axis_lanes; lane += 8) {
        for (int half = 0; half < 2; half++) {
            double4 value = load4(one + lane + 4 * half) - load4(other + lane + 4 * half);
            sums[half] += value * value * load4(scale + lane + 4 * half);
        }
    }
    return sum4(sums[0] + sums[1]);
}

RUNTIME_DISPATCHED
void add_weighted_rows(const double *rows, const double *factors, size_t count, double *sums) {
    double4 result[axis_lanes / 4];
    for (int group = 0; group < axis_lanes / 4; group++) result[group] = load4(sums + 4 * group);
    for (size_t row = 0; row < count; row++)
        for (int group = 0; group < axis_lanes / 4; group++)
            result[group] += load4(rows + row * axis_lanes + 4 * group) * factors[row];
    for (int group = 0; group < axis_lanes / 4; group++) store4(sums + 4 * group, result[group]);
}
