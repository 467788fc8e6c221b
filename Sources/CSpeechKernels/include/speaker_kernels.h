/// Speaker space: posteriors of a background model of 32 Gaussians, projections on 30 axes (in 32 lanes), evidence.
#ifndef SPEECH_KERNELS_SPEAKER_KERNELS_H
#define SPEECH_KERNELS_SPEAKER_KERNELS_H

#include <stddef.h>

/// Gaussians, rows of the projection (15 per Gaussian), and lanes of an axis row.
enum { component_count = 32, projection_row_count = 480, axis_lanes = 32 };

/// A background model; all memory belongs to the caller.
typedef struct {
    /// Per Gaussian: logarithm of what does not depend on the frame.
    const float *constant;
    /// `[15 × 32]`: factor of each cepstral coefficient, and of its square.
    const float *linear, *quadratic;
    /// `[32 × 15]`: means, and square roots of the inverse variances.
    const float *means, *root_precisions;
    /// Posteriors below this are taken as 0.
    float least_posterior;
} background_model;

/// Adds a frame of `weight` to the counts, `[32]`, and whitened centred sums, `[480]`, of a block.
void add_background_statistics(
    const background_model *model, const float *cepstra, float weight, float *counts, float *sums);

/// Adds the statistics of a block, times `sign`, to those of a window.
void add_to_window(const float *counts, const float *sums, double sign, double *window_counts, double *window_sums);

/// Coordinates of statistics: sums of each Gaussian times `root_weights / (count + relevance)`, then `[480 × 32]`
/// `projection`; Gaussians with a count up to `least` are left out.
void project_statistics(
    const double *counts, const double *sums, const double *root_weights, double relevance, double least,
    const double *projection, double *coordinates);

/// Log likelihood ratio of the statistics `one + other` against the average person, without its logarithm: the sum of
/// `scale · (one + other)²` over `axis_lanes` axes.
double merged_evidence(const double *one, const double *other, const double *scale);

/// Sum of `scale · (one − other)²` over `axis_lanes` axes.
double squared_distance(const double *one, const double *other, const double *scale);

/// Adds `count` rows of `axis_lanes` numbers, each times its factor, to `sums`.
void add_weighted_rows(const double *rows, const double *factors, size_t count, double *sums);

#endif
