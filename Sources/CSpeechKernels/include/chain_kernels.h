/// Two people that take turns: forward and backward probabilities.
#ifndef SPEECH_KERNELS_CHAIN_KERNELS_H
#define SPEECH_KERNELS_CHAIN_KERNELS_H

#include <stddef.h>

/// Posterior of the first person in each of `count` blocks, at least 1, when each person is a left-to-right chain of `length`
/// states whose last one stays with probability `stay` and passes the floor with `leave`.
///
/// `emissions` is `[count][2]`. `forward`, `[count][2][length]`, and `scales`, `[count]`, are written: the forward
/// probabilities, scaled per block (Rabiner 1989), and their sums before.
void chain_posteriors(
    const double *emissions, size_t count, size_t length, double stay, double leave, double *forward, double *scales,
    double *first);

#endif
