#include "smoothing_kernels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

RUNTIME_DISPATCHED
void add_moving_averages(
    const float *values, size_t count, size_t start, size_t end, const moving_average *averages, size_t average_count,
    double *scratch, float *sums) {
    size_t back = 0, ahead = 0;
    for (size_t index = 0; index < average_count; index++) {
        if (averages[index].back > back) back = averages[index].back;
        if (averages[index].ahead > ahead) ahead = averages[index].ahead;
    }
    for (size_t first = start; first < end; first += smoothing_tile) {
        size_t last = end - first < smoothing_tile ? end : first + smoothing_tile;
        // Sum of all values before each place of the tile and of what lies around it: one chain of sums for all windows.
        double sum = 0;
        double *before = scratch;
        for (size_t place = first; place < first + back; place++) {
            *before++ = sum;
            sum += values[place < back ? 0 : place - back];
        }
        for (size_t place = first; place < last + ahead; place++) {
            *before++ = sum;
            sum += values[place < count ? place : count - 1];
        }
        *before = sum;
        for (size_t index = 0; index < average_count; index++) {
            moving_average average = averages[index];
            size_t width = average.back + 1 + average.ahead;
            double scale = 1 / (double)width;
            const double *low = scratch + back - average.back, *high = low + width;
            size_t place = first;
            for (; place + 8 <= last; place += 8, low += 8, high += 8) {
                doubles8 mean = (load_doubles8(high) - load_doubles8(low)) * scale;
                store8(sums + place, load8(sums + place) + __builtin_convertvector(mean, float8) * average.factor);
            }
            for (; place < last; place++, low++, high++)
                sums[place] += (float)((*high - *low) * scale) * average.factor;
        }
    }
}

RUNTIME_DISPATCHED
void take_moving_maximum(
    const float *values, size_t count, size_t start, size_t end, size_t reach, float *scratch, float *greatest) {
    for (size_t first = start; first < end; first += smoothing_tile) {
        size_t last = end - first < smoothing_tile ? end : first + smoothing_tile;
        size_t held = last - first + 2 * reach, width = 2 * reach + 1, span = 1;
        for (size_t index = 0; index < held; index++) {
            size_t place = first + index;
            scratch[index] = place < reach || place - reach >= count ? -__builtin_inff() : values[place - reach];
        }
        // The greatest of `span` values from each place on, for twice as many from step to step.
        for (; 2 * span <= width; span *= 2) {
            size_t index = 0;
            for (; index + span + 16 <= held; index += 16)
                store16(scratch + index, greatest16(load16(scratch + index), load16(scratch + index + span)));
            for (; index + span < held; index++)
                if (scratch[index + span] > scratch[index]) scratch[index] = scratch[index + span];
        }
        // Two windows that cover the whole one.
        const float *ending = scratch + width - span;
        size_t place = first, index = 0;
        for (; place + 16 <= last; place += 16, index += 16)
            store16(greatest + place, greatest16(load16(scratch + index), load16(ending + index)));
        for (; place < last; place++, index++)
            greatest[place] = scratch[index] > ending[index] ? scratch[index] : ending[index];
    }
}
