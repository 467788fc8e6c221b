/// From samples to log-mel powers and harmonicity, sixteen frames side by side.
#ifndef SPEECH_KERNELS_FRAME_FEATURES_H
#define SPEECH_KERNELS_FRAME_FEATURES_H

#include <stddef.h>
#include <stdint.h>

/// Frames that are handled side by side.
enum { frame_lanes = 16 };

/// What power spectra are multiplied with; all memory belongs to the caller.
typedef struct {
    /// Bands per frame, a multiple of 8.
    size_t band_count;
    /// First bin of each band.
    const size_t *first_bin;
    /// Where each band's weights start, and where the last one's end.
    const size_t *offset;
    /// Weights of all bands.
    const float *weights;
    /// Added to each band's power.
    float power_floor;
    /// First bin of the harmonic band, and the one after its last.
    size_t harmonic_start, harmonic_end;
    /// Lags of the table: from `lag_start`, a multiple of 8 of them, at most to half of `half_period`.
    size_t lag_start, lag_count;
    /// Half the period of the autocorrelation: lag `half_period − l` is made from the sums of lag `l`.
    size_t half_period;
    /// `[bins][lag_count]`: twice the cosine of bin times lag.
    const float *cosines;
    /// `[half_period + 1]`: reciprocal of the window's autocorrelation; 0 for lags that are not looked at.
    const float *lag_weights;
    /// Added to lag 0 before it divides.
    float lag_floor;
} frame_tables;

/// Removes the mean of `count` samples and multiplies them by `window`.
void window_frame(const float *samples, const float *window, size_t count, float *target);

/// Squared magnitudes of `bins` interleaved complex numbers, times `scale`.
void power_spectrum(const float *spectrum, size_t bins, float scale, float *power);

/// Adds to `sums` one spectrum times the complex conjugate of another, each product divided by its magnitude, for the bins
/// from `first` up to before `end`; all are interleaved complex numbers.
void add_phase_products(const float *one, const float *other, size_t first, size_t end, float *sums);

/// Turns `frame_lanes` power spectra, rows of `stride` floats (a multiple of 8), into `stride` rows of `frame_lanes`.
void take_columns(const float *power, size_t stride, float *columns);

/// Log-mel powers of the first `frames` of `frame_lanes` frames, a row each, in steps of `1 / log_power_steps`.
void write_log_mel(const frame_tables *tables, const float *columns, size_t frames, int16_t *log_mel);

/// Harmonicity of the first `frames` of `frame_lanes` frames: the highest weighted lag relative to lag 0 (Boersma 1993).
void measure_harmonicity(const frame_tables *tables, const float *columns, size_t frames, float *harmonicity);

#endif
