/// Two people that take turns: forward and backward probabilities.
#ifndef SPEECH_KERNELS_CHAIN_KERNELS_H
#define SPEECH_KERNELS_CHAIN_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

/// Probabilities that a turn ends between two blocks.
typedef struct {
    /// No pause lies between them, and the turn has its least length.
    double in_speech;
    /// A pause lies between them, and the turn has its least length.
    double at_pause;
    /// A pause lies between them, and the turn is shorter.
    double early_at_pause;
} turn_ends;

/// Posterior of the first person in each of `count` blocks, at least 1, when each person is a left-to-right chain of `length`
/// states whose last one loops. `pauses` says of each block whether it comes after a pause; turns end with the probabilities
/// `ends`.
///
/// `emissions` is `[count][2]`, the greater of two 1 and none below e⁻⁶⁰. `forward`, `[count][2][length]`, and `scales`, `[count]`,
/// are written: the forward probabilities, and what they were divided by at every few blocks (Rabiner 1989), 1 at the others.
void chain_posteriors(
    const double *emissions, const bool *pauses, size_t count, size_t length, const turn_ends *ends, double *forward,
    double *scales, double *first);

#endif
