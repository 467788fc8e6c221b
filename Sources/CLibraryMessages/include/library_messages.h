#ifndef LIBRARY_MESSAGES_H
#define LIBRARY_MESSAGES_H

#include <stdbool.h>

/// Whether what C libraries print to `stderr` and `stdout` on this thread is dropped from now on; true for silence.
///
/// libmpg123 prints what it thinks of a damaged MP3 unless MPG123_QUIET is set, and libsndfile, which opens it, neither
/// sets that nor lets others. libsndfile itself prints to standard output, in the midst of results, when the packet
/// table of a CAF file with ALAC is damaged. The first call puts streams in the places of `stderr` and `stdout` that
/// ask who is writing; descriptors 1 and 2 stay as they are, so that other threads, and the program's own words, are
/// heard all the while. Where the C library lets nobody replace them (musl) this does nothing.
void set_library_messages_silent(bool silent);

#endif
