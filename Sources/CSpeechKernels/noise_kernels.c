#include "noise_kernels.h"

#include "dispatch.h"
#include "vectors.h"
#include "voice_levels.h"

#pragma STDC FP_CONTRACT OFF

/// Log powers that would rise by less than this, 0.2 dB, stay as they are: it saves most of the work.
static const float least_rise = 0.05f;

/// Whether any lane of a comparison holds.
#define any8(mask) (__builtin_reduce_or(mask) != 0)

RUNTIME_DISPATCHED
void add_missing_noise(
    const float *floor, const float *common, float factor, const uint8_t *mask, size_t frames, int16_t *rows) {
    for (int band = 0; band < level_band_count; band += 8) {
        float8 power = load8(floor + band);
        take_exponential8(&power);
        power = (load8(common + band) - power) * factor;
        if (!any8(power > 0)) continue;
        // The least normal power times the steps below is less than any row holds.
        power = greatest8(power, all8(1e-36f));
        float8 limit = power * (1 / least_rise);
        take_logarithm8(&limit);
        for (size_t frame = 0; frame < frames; frame++) {
            int16_t *place = rows + frame * level_band_count + band;
            float8 level = steps8(place);
            if (!mask[frame] || !any8(level < limit)) continue;
            take_exponential8(&level);
            level += power;
            take_logarithm8(&level);
            store_steps8(place, level);
        }
    }
}
