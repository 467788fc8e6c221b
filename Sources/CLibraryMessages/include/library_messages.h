#ifndef LIBRARY_MESSAGES_H
#define LIBRARY_MESSAGES_H

#include <stdbool.h>

/// Whether what C libraries print to `stderr` on this thread is dropped from now on; true for silence.
///
/// libmpg123 prints what it thinks of a damaged MP3 unless MPG123_QUIET is set, and libsndfile, which opens it, neither
/// sets that nor lets others. The first call puts a stream in the place of `stderr` that asks who is writing; descriptor
/// 2 stays as it is, so that other threads, and the program's own messages, are heard all the while. Where the C
/// library lets nobody replace `stderr` (musl) this does nothing.
void set_library_messages_silent(bool silent);

#endif
