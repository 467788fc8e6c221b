/// Finding sound of few neighbouring bands in log-mel rows of 32 bands, in 16-bit steps; all in whole numbers.
#ifndef SPEECH_KERNELS_TONE_KERNELS_H
#define SPEECH_KERNELS_TONE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// What makes a pair of blocks of frames sound of few neighbouring bands.
typedef struct {
    /// Bands less than this many steps below the strongest one count.
    int depth;
    /// They lie within so many neighbours.
    int greatest_band_count;
    /// The strongest band is this one or a higher one.
    int first_band;
} tone_terms;

/// The greatest of `count` consecutive rows in each of 32 bands.
void take_greatest(const int16_t *rows, size_t count, int16_t *greatest);

/// Writes for each of `count` blocks of `length` consecutive rows whether it and the block before are, by their greatest
/// values, sound of few neighbouring bands; `before`, 32 bands, is the greatest of the block before and becomes that of the
/// last one.
void mark_few_bands(
    const tone_terms *terms, const int16_t *rows, size_t length, size_t count, int16_t *before, uint8_t *marks);

/// Sum over the bands of how far the greatest of each two neighbouring blocks spread over `count` blocks, `[count][32]`, none
/// of them taken further below the strongest of all than `depth` steps; `count` is at least 2.
int tone_spread(const int16_t *greatest, size_t count, int depth);

#endif
