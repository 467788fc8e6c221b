#include "chain_kernels.h"

#include "dispatch.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

/// Blocks from one scaling to the next: their emissions, none below e⁻⁶⁰, multiply to a normal number.
enum { blocks_per_scale = 4 };

INLINED double normalise(double *values, size_t count) {
    double sum = 0;
    for (size_t state = 0; state < count; state++) sum += values[state];
    double inverse = 1 / sum;
    for (size_t state = 0; state < count; state++) values[state] *= inverse;
    return sum;
}

// A block that follows the one before without a pause.
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

// A block after a pause, where a turn of any length may end.
INLINED void step_over_pause(
    const double *before, const double *emission, size_t length, const turn_ends *ends, double *now) {
    for (size_t person = 0; person < 2; person++) {
        const double *from = before + person * length;
        const double *other = before + (1 - person) * length;
        double *to = now + person * length;
        double entering = other[length - 1] * ends->at_pause;
        for (size_t state = 0; state + 1 < length; state++) entering += other[state] * ends->early_at_pause;
        to[0] = entering * emission[person];
        for (size_t state = 1; state < length; state++)
            to[state] = from[state - 1] * (1 - ends->early_at_pause) * emission[person];
        to[length - 1] += from[length - 1] * (1 - ends->at_pause) * emission[person];
    }
}

INLINED void step_back_over_pause(
    const double *after, const double *factors, size_t length, const turn_ends *ends, double *result) {
    for (size_t person = 0; person < 2; person++) {
        const double *own = after + person * length;
        double *to = result + person * length;
        double entering = factors[1 - person] * after[(1 - person) * length];
        for (size_t state = 0; state + 1 < length; state++)
            to[state] = (1 - ends->early_at_pause) * factors[person] * own[state + 1] + ends->early_at_pause * entering;
        to[length - 1] = (1 - ends->at_pause) * factors[person] * own[length - 1] + ends->at_pause * entering;
    }
}

INLINED void step_back(
    const double *after, const double *factors, size_t length, double stay, double leave, double *result) {
    for (size_t person = 0; person < 2; person++) {
        const double *own = after + person * length;
        double *to = result + person * length;
        for (size_t state = 0; state + 1 < length; state++) to[state] = own[state + 1] * factors[person];
        to[length - 1] =
            stay * factors[person] * own[length - 1] + leave * factors[1 - person] * after[(1 - person) * length];
    }
}

INLINED void posteriors(
    const double *emissions, const bool *pauses, size_t count, size_t length, const turn_ends *ends, double *forward,
    double *scales, double *first, double *backward, double *previous) {
    double leave = ends->in_speech, stay = 1 - leave;
    size_t states = 2 * length;
    for (size_t state = 0; state < states; state++)
        forward[state] = 0.5 / (double)length * emissions[state < length ? 0 : 1];
    scales[0] = normalise(forward, states);
    for (size_t block = 1; block < count; block++) {
        double *now = forward + block * states;
        if (pauses[block])
            step_over_pause(now - states, emissions + 2 * block, length, ends, now);
        else
            step(now - states, emissions + 2 * block, length, stay, leave, now);
        // The sum and the division make every later block wait.
        scales[block] = block % blocks_per_scale == 0 || block == count - 1 ? normalise(now, states) : 1;
    }
    for (size_t state = 0; state < states; state++) backward[state] = 1;
    for (size_t block = count; block-- > 0;) {
        if (block < count - 1) {
            double inverse = 1 / scales[block + 1];
            double factors[2] = {emissions[2 * block + 2] * inverse, emissions[2 * block + 3] * inverse};
            if (pauses[block + 1])
                step_back_over_pause(backward, factors, length, ends, previous);
            else
                step_back(backward, factors, length, stay, leave, previous);
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
    const double *emissions, const bool *pauses, size_t count, size_t length, const turn_ends *ends, double *forward,
    double *scales, double *first) {
    double small[2][12];
    if (length == 6) {
        posteriors(emissions, pauses, count, 6, ends, forward, scales, first, small[0], small[1]);
    } else {
        double rows[2][2 * length];
        posteriors(emissions, pauses, count, length, ends, forward, scales, first, rows[0], rows[1]);
    }
}
