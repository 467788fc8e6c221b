#include "chain_kernels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

INLINED double normalise(double *values, size_t count) {
    double sum = 0;
    for (size_t state = 0; state < count; state++) sum += values[state];
    double inverse = 1 / sum;
    for (size_t state = 0; state < count; state++) values[state] *= inverse;
    return sum;
}

INLINED void step(
    const double *before, const double *emission, size_t length, double stay, double leave, double *now) {
    for (size_t person = 0; person < 2; person++) {
        const double *from = before + person * length;
        double *to = now + person * length;
        double entering = before[(1 - person) * length + length - 1] * leave;
        if (length == 1) {
            to[0] = (from[0] * stay + entering) * emission[person];
            continue;
        }
        to[0] = entering * emission[person];
        for (size_t state = 1; state < length - 1; state++) to[state] = from[state - 1] * emission[person];
        to[length - 1] = (from[length - 1] * stay + from[length - 2]) * emission[person];
    }
}

INLINED void posteriors(
    const double *emissions, size_t count, size_t length, double stay, double leave, double *forward, double *scales,
    double *first, double *backward, double *previous) {
    size_t states = 2 * length;
    for (size_t state = 0; state < states; state++)
        forward[state] = 0.5 / (double)length * emissions[state < length ? 0 : 1];
    scales[0] = normalise(forward, states);
    for (size_t block = 1; block < count; block++) {
        double *now = forward + block * states;
        step(now - states, emissions + 2 * block, length, stay, leave, now);
        scales[block] = normalise(now, states);
    }
    for (size_t state = 0; state < states; state++) backward[state] = 1;
    for (size_t block = count; block-- > 0;) {
        if (block < count - 1) {
            double factors[2] = {
                emissions[2 * block + 2] / scales[block + 1], emissions[2 * block + 3] / scales[block + 1]};
            for (size_t person = 0; person < 2; person++) {
                const double *own = backward + person * length;
                double *result = previous + person * length;
                for (size_t state = 0; state + 1 < length; state++) result[state] = own[state + 1] * factors[person];
                result[length - 1] = stay * factors[person] * own[length - 1] +
                                     leave * factors[1 - person] * backward[(1 - person) * length];
            }
            double *swapped = backward;
            backward = previous;
            previous = swapped;
        }
        const double *here = forward + block * states;
        double sums[2] = {0, 0};
        for (size_t person = 0; person < 2; person++)
            for (size_t state = 0; state < length; state++)
                sums[person] += here[person * length + state] * backward[person * length + state];
        first[block] = sums[0] / (sums[0] + sums[1]);
    }
}

RUNTIME_DISPATCHED
void chain_posteriors(
    const double *emissions, size_t count, size_t length, double stay, double leave, double *forward, double *scales,
    double *first) {
    double small[2][12];
    if (length == 6) {
        posteriors(emissions, count, 6, stay, leave, forward, scales, first, small[0], small[1]);
    } else {
        double rows[2][2 * length];
        posteriors(emissions, count, length, stay, leave, forward, scales, first, rows[0], rows[1]);
    }
}
