/// Levels, noise floor and signal-to-noise ratios of log-mel rows of 32 bands, in 16-bit steps, for voice activity.
#ifndef SPEECH_KERNELS_VOICE_LEVELS_H
#define SPEECH_KERNELS_VOICE_LEVELS_H

#include <stddef.h>
#include <stdint.h>

/// Bands of a row.
enum { level_band_count = 32, greatest_smoothing = 16 };

/// Smooths a frame over `width` rows around it (at most `greatest_smoothing`), each limited from below to `least`, and
/// sorts it into the `kept` smallest values of each band: `smallest` is `[kept][32]`, ascending.
///
/// Returns the mean of the smoothed row.
float take_smoothed_level(const int16_t *const *rows, size_t width, float least, float *smallest, size_t kept);

/// Mean of the 32 log powers of `row`.
float mean_level(const int16_t *row);

/// Mean difference of the log powers of two rows, none of them taken for less than `least`.
float mean_level_difference(const int16_t *one, const int16_t *other, float least);

/// Mean distance from `offset` of the difference of the log powers of two rows.
float mean_distance(const int16_t *one, const int16_t *other, float offset);

/// Sum of the 32 powers of `row`.
float total_power(const int16_t *row);

/// Mean absolute change from `before` to the 32 log powers of `row`, none of them further below the strongest than `depth`;
/// `before` becomes those powers.
float take_strong_change(const int16_t *row, float depth, float *before);

/// What the ratios of eight frames are made with.
typedef struct {
    /// Log powers are not taken below this.
    float least;
    /// A band counts only above the floor by this much.
    float margin;
    /// Ratios are limited to this.
    float greatest;
    /// Slope of the mean ratio of each quarter of the bands.
    float group_slopes[4];
    /// Slope of the mean of all ratios.
    float mean_slope;
    /// Slope of the mean of the eight highest ratios.
    float top_slope;
} ratio_terms;

/// Adds to `score` what the ratios of eight frames are worth, and writes their mean ratio and contrast.
///
/// `here` and `next` point to the floors of the blocks around each frame, `part` says how far it lies towards the next.
void take_ratios(
    const ratio_terms *terms, const int16_t *const rows[8], const float *const here[8], const float *const next[8],
    const float part[8], float *score, float *ratio, float *contrast);

#endif
