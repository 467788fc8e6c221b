#include "frame_features.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

RUNTIME_DISPATCHED
void window_frame(const float *samples, const float *window, size_t count, float *target) {
    floats16 sums = {0};
    size_t index = 0;
    for (; index + 16 <= count; index += 16) sums += load16(samples + index);
    float sum = sum8(lower8(sums) + upper8(sums));
    for (; index < count; index++) sum += samples[index];
    float mean = sum / (float)count;
    for (index = 0; index + 16 <= count; index += 16)
        store16(target + index, (load16(samples + index) - mean) * load16(window + index));
    for (; index < count; index++) target[index] = (samples[index] - mean) * window[index];
}

// At the start of a page: processors predict by an instruction's place in its page, and where this loop lies at the same
// place as the last loop of FFTW's real transforms (0xd70 in Debian's 3.3.10), those take 1.65 times as long.
__attribute__((aligned(4096))) RUNTIME_DISPATCHED
void power_spectrum(const float *spectrum, size_t bins, float scale, float *power) {
    size_t bin = 0;
    for (; bin + 8 <= bins; bin += 8) {
        float8 low = load8(spectrum + 2 * bin), high = load8(spectrum + 2 * bin + 8);
        float8 real = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
        float8 imaginary = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
        store8(power + bin, (real * real + imaginary * imaginary) * scale);
    }
    for (; bin < bins; bin++) {
        float real = spectrum[2 * bin], imaginary = spectrum[2 * bin + 1];
        power[bin] = (real * real + imaginary * imaginary) * scale;
    }
}

/// Added to squared magnitudes, so that digital silence has no phase.
static const float least_squared_magnitude = 1e-30f;

RUNTIME_DISPATCHED
void add_phase_products(const float *one, const float *other, size_t first, size_t end, float *sums) {
    for (size_t bin = first; bin < end; bin++) {
        const float *a = one + 2 * bin, *b = other + 2 * bin;
        float real = a[0] * b[0] + a[1] * b[1], imaginary = a[1] * b[0] - a[0] * b[1];
        float scale = 1 / __builtin_sqrtf(real * real + imaginary * imaginary + least_squared_magnitude);
        sums[2 * bin] += real * scale;
        sums[2 * bin + 1] += imaginary * scale;
    }
}

RUNTIME_DISPATCHED
void take_columns(const float *power, size_t stride, float *columns) {
    for (size_t bin = 0; bin < stride; bin += 8) {
        for (int first = 0; first < frame_lanes; first += 8) {
            float8 rows[8];
            for (int frame = 0; frame < 8; frame++) rows[frame] = load8(power + (first + frame) * stride + bin);
            transpose8(rows);
            for (int column = 0; column < 8; column++)
                store8(columns + (bin + column) * frame_lanes + first, rows[column]);
        }
    }
}

RUNTIME_DISPATCHED
void steps_of_log_powers(const float *log_powers, size_t count, int16_t *steps) {
    for (size_t index = 0; index < count; index += 8) store_steps8(steps + index, load8(log_powers + index));
}

RUNTIME_DISPATCHED
void write_log_mel(const frame_tables *tables, const float *columns, size_t frames, int16_t *log_mel) {
    for (size_t first = 0; first < tables->band_count; first += 8) {
        float8 bands[2][8];
        for (int place = 0; place < 8; place++) {
            size_t band = first + place;
            size_t start = tables->offset[band], end = tables->offset[band + 1];
            const float *column = columns + tables->first_bin[band] * frame_lanes;
            floats16 sum = all16(tables->power_floor);
            for (size_t index = start; index < end; index++, column += frame_lanes)
                sum += load16(column) * tables->weights[index];
            take_logarithm16(&sum);
            bands[0][place] = lower8(sum);
            bands[1][place] = upper8(sum);
        }
        transpose8(bands[0]);
        transpose8(bands[1]);
        for (size_t frame = 0; frame < frames; frame++)
            store_steps8(log_mel + frame * tables->band_count + first, bands[frame / 8][frame % 8]);
    }
}

/// Highest weighted lag of sixteen frames relative to lag 0.
///
/// The spectrum is real and even, so a lag and its mirror image come from the same two sums, over even and odd bins.
INLINED void highest_lag(const frame_tables *tables, const float *columns, floats16 *highest) {
    floats16 best = all16(-__builtin_inff());
    size_t start = tables->harmonic_start, end = tables->harmonic_end, count = tables->lag_count;
    for (size_t first = 0; first < count; first += 4) {
        floats16 sums[2][4] = {{{0}}};
        for (int parity = 0; parity < 2; parity++) {
            for (size_t bin = start + ((start & 1) != (size_t)parity); bin < end; bin += 2) {
                floats16 power = load16(columns + bin * frame_lanes);
                const float *cosines = tables->cosines + (bin - start) * count + first;
                for (int lag = 0; lag < 4; lag++) sums[parity][lag] += power * cosines[lag];
            }
        }
        for (int place = 0; place < 4; place++) {
            size_t lag = tables->lag_start + first + place;
            if (2 * lag > tables->half_period) break;
            float near = tables->lag_weights[lag], far = tables->lag_weights[tables->half_period - lag];
            if (near > 0) best = greatest16((sums[0][place] + sums[1][place]) * near, best);
            if (far > 0) best = greatest16((sums[0][place] - sums[1][place]) * far, best);
        }
    }
    floats16 energy = {0};
    for (size_t bin = start; bin < end; bin++) energy += load16(columns + bin * frame_lanes);
    *highest = best / (energy * 2 + tables->lag_floor);
}

RUNTIME_DISPATCHED
void measure_harmonicity(const frame_tables *tables, const float *columns, size_t frames, float *harmonicity) {
    floats16 values;
    highest_lag(tables, columns, &values);
    for (size_t frame = 0; frame < frames; frame++) harmonicity[frame] = values[frame];
}
