#include "speaker_kernels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

enum { dimension = 15, component_groups = component_count / 16 };

RUNTIME_DISPATCHED
void add_background_statistics(
    const background_model *model, const float *cepstra, float weight, float *counts, float *sums) {
    floats16 scores[component_groups];
    for (int group = 0; group < component_groups; group++) scores[group] = load16(model->constant + 16 * group);
    for (int row = 0; row < dimension; row++) {
        for (int group = 0; group < component_groups; group++) {
            size_t place = row * component_count + 16 * group;
            scores[group] +=
                (load16(model->linear + place) + load16(model->quadratic + place) * cepstra[row]) * cepstra[row];
        }
    }
    floats16 highest = scores[0];
    for (int group = 1; group < component_groups; group++) highest = greatest16(highest, scores[group]);
    float best = greatest_of8(greatest8(lower8(highest), upper8(highest)));
    float8 total = {0};
    float posteriors[component_count];
    for (int group = 0; group < component_groups; group++) {
        scores[group] -= best;
        take_exponential16(&scores[group]);
        total += lower8(scores[group]);
        total += upper8(scores[group]);
    }
    float inverse = 1 / sum8(total);
    for (int group = 0; group < component_groups; group++) store16(posteriors + 16 * group, scores[group] * inverse);
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
    doubles8 result[axis_lanes / 8] = {{0}};
    for (int component = 0; component < component_count; component++) {
        if (!(counts[component] > least)) continue;
        double scale = root_weights[component] / (counts[component] + relevance);
        for (int row = component * dimension; row < (component + 1) * dimension; row++) {
            double value = scale * sums[row];
            const double *axes = projection + row * axis_lanes;
            for (int group = 0; group < axis_lanes / 8; group++)
                result[group] += load_doubles8(axes + 8 * group) * value;
        }
    }
    for (int group = 0; group < axis_lanes / 8; group++) store_doubles8(coordinates + 8 * group, result[group]);
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
    doubles8 result[axis_lanes / 8];
    for (int group = 0; group < axis_lanes / 8; group++) result[group] = load_doubles8(sums + 8 * group);
    for (size_t row = 0; row < count; row++)
        for (int group = 0; group < axis_lanes / 8; group++)
            result[group] += load_doubles8(rows + row * axis_lanes + 8 * group) * factors[row];
    for (int group = 0; group < axis_lanes / 8; group++) store_doubles8(sums + 8 * group, result[group]);
}
