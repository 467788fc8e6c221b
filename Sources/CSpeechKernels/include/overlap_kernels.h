/// Gaussian mixtures of two people, and what speaks for both at once.
#ifndef SPEECH_KERNELS_OVERLAP_KERNELS_H
#define SPEECH_KERNELS_OVERLAP_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Bands of a row and components of a mixture at most, and components of each person that are paired at most.
enum { overlap_band_count = 16, greatest_component_count = 32, greatest_chosen_count = 8 };

/// A person's speech: a Gaussian mixture with diagonal covariances over rows of 16 band levels.
typedef struct {
    /// Components in use, a multiple of 8; the log weight of one that is not in use is very low.
    int count;
    float log_weights[greatest_component_count];
    /// `[16 bands × 32 components]`.
    float means[overlap_band_count * greatest_component_count];
    /// One over the deviation, likewise.
    float inverse_deviations[overlap_band_count * greatest_component_count];
    /// Log density at the mean, likewise.
    float log_peaks[overlap_band_count * greatest_component_count];
    /// The three tables once more, band after band: `[32 components × 3 × 16 bands]`.
    float components[greatest_component_count * 3 * overlap_band_count];
} speaker_mixture;

/// How two mixtures are held against each other.
typedef struct {
    /// Log density of a band that does not fit at all.
    float least_log_density;
    /// Log density of a band in which the other person may be louder: at the mean, per deviation above it, at most.
    float masked_at_mean, masked_slope, masked_most;
    /// Slope of the logistic function that stands for the normal distribution.
    float logistic_slope;
    /// Least density of a band in which one of two people is heard.
    float least_pair_density;
    /// Components of each person that are paired.
    int chosen;
} overlap_terms;

/// Means of two neighbouring ones of the 32 log powers of a frame, 16 of them; returns the greatest log power.
float take_pair_means(const int16_t *log_powers, float *means);

/// Log likelihoods of the first person, of the second and of both together for each of `count` rows of 16 levels, three a
/// row.
void overlap_likelihoods(
    const overlap_terms *terms, const speaker_mixture *first, const speaker_mixture *second, const float *rows,
    size_t count, float *likelihoods);

/// Adds what `count` rows of 16 levels are to each component: per component the sum of its posteriors, then 16 sums and 16
/// sums of squares times them.
void add_mixture_statistics(const speaker_mixture *mixture, const float *rows, size_t count, double *sums);

#endif
