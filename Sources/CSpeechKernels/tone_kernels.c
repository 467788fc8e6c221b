#include "tone_kernels.h"

#include "dispatch.h"
#include "vectors.h"

enum { bands = 32 };

// Plain loops over 32 numbers of 16 bits, of which the compiler makes two to four vector instructions each.

INLINED int16_t greater16(int16_t one, int16_t other) { return one > other ? one : other; }
INLINED int16_t smaller16(int16_t one, int16_t other) { return one < other ? one : other; }

INLINED void greatest_of(const int16_t *rows, size_t count, int16_t greatest[bands]) {
    for (int band = 0; band < bands; band++) greatest[band] = rows[band];
    for (size_t row = 1; row < count; row++)
        for (int band = 0; band < bands; band++) greatest[band] = greater16(greatest[band], rows[row * bands + band]);
}

INLINED int16_t strongest_of(const int16_t row[bands]) {
    int16_t strongest = INT16_MIN;
    for (int band = 0; band < bands; band++) strongest = greater16(strongest, row[band]);
    return strongest;
}

RUNTIME_DISPATCHED
void take_greatest(const int16_t *rows, size_t count, int16_t *greatest) {
    int16_t values[bands];
    greatest_of(rows, count, values);
    memcpy(greatest, values, sizeof values);
}

RUNTIME_DISPATCHED
void mark_few_bands(
    const tone_terms *terms, const int16_t *rows, size_t length, size_t count, int16_t *before, uint8_t *marks) {
    int16_t last[bands];
    memcpy(last, before, sizeof last);
    for (size_t block = 0; block < count; block++) {
        int16_t now[bands], pair[bands];
        greatest_of(rows + block * length * bands, length, now);
        for (int band = 0; band < bands; band++) {
            pair[band] = greater16(last[band], now[band]);
            last[band] = now[band];
        }
        int16_t strongest = strongest_of(pair);
        int least = strongest - terms->depth;
        int16_t limit = (int16_t)(least < INT16_MIN ? INT16_MIN : least), lowest = bands, highest = 0, strong = 0;
        for (int16_t band = 0; band < bands; band++) {
            lowest = smaller16(lowest, pair[band] > limit ? band : bands);
            highest = greater16(highest, pair[band] > limit ? band : 0);
            strong = greater16(strong, pair[band] == strongest ? band : 0);
        }
        marks[block] = highest - lowest < terms->greatest_band_count && strong >= terms->first_band;
    }
    memcpy(before, last, sizeof last);
}

RUNTIME_DISPATCHED
int tone_spread(const int16_t *greatest, size_t count, int depth) {
    int16_t high[bands], low[bands];
    greatest_of(greatest, count, high);
    for (int band = 0; band < bands; band++) low[band] = INT16_MAX;
    for (size_t block = 1; block < count; block++) {
        const int16_t *now = greatest + block * bands, *last = now - bands;
        for (int band = 0; band < bands; band++) low[band] = smaller16(low[band], greater16(last[band], now[band]));
    }
    int least = strongest_of(high) - depth, sum = 0;
    for (int band = 0; band < bands; band++)
        sum += (high[band] > least ? high[band] : least) - (low[band] > least ? low[band] : least);
    return sum;
}
