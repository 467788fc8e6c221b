#include "noise_kernels.h"

#include <stdbool.h>

#include "dispatch.h"
#include "vectors.h"
#include "voice_levels.h"

#pragma STDC FP_CONTRACT OFF

/// Log powers that would rise by less than this, 0.2 dB, stay as they are: it saves most of the work.
static const float least_rise = 0.05f;

/// Whether any lane of a comparison holds.
#define any(mask) (__builtin_reduce_or(mask) != 0)

RUNTIME_DISPATCHED
void add_missing_noise(
    const float *floor, const float *common, float factor, const uint8_t *mask, size_t frames, int16_t *rows) {
    for (int band = 0; band < level_band_count; band += 16) {
        floats16 power = load16(floor + band);
        take_exponential16(&power);
        power = (load16(common + band) - power) * factor;
        if (!any(power > 0)) continue;
        // The least normal power times the steps below is less than any row holds.
        power = greatest16(power, all16(1e-36f));
        floats16 limit = power * (1 / least_rise);
        take_logarithm16(&limit);
        for (size_t frame = 0; frame < frames; frame++) {
            int16_t *place = rows + frame * level_band_count + band;
            floats16 level = steps16(place);
            ints16 rising = level < limit;
            bool first = any(lower8(rising)), second = any(upper8(rising));
            if (!mask[frame] || !(first || second)) continue;
            take_exponential16(&level);
            level += power;
            take_logarithm16(&level);
            if (first) store_steps8(place, lower8(level));
            if (second) store_steps8(place + 8, upper8(level));
        }
    }
}
