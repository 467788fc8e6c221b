#define _GNU_SOURCE
#include "library_messages.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__GLIBC__) || defined(__APPLE__)

static _Thread_local bool is_silent;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/// Passes bytes on to the descriptor, or drops them; how many of them are done with, and 0 for none.
static size_t pass_on(int descriptor, const char *bytes, size_t count) {
    if (is_silent) return count;
    size_t done = 0;
    while (done < count) {
        ssize_t written = write(descriptor, bytes + done, count - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        done += (size_t)written;
    }
    return done;
}

static const int output = STDOUT_FILENO, messages = STDERR_FILENO;

#if defined(__APPLE__)
static int write_stream(void *cookie, const char *bytes, int count) {
    size_t done = pass_on(*(const int *)cookie, bytes, (size_t)count);
    return done > 0 ? (int)done : -1;
}

static FILE *new_stream(const int *descriptor) { return funopen(descriptor, NULL, write_stream, NULL, NULL); }
#else
static ssize_t write_stream(void *cookie, const char *bytes, size_t count) {
    return (ssize_t)pass_on(*(const int *)cookie, bytes, count);
}

static FILE *new_stream(const int *descriptor) {
    return fopencookie((void *)descriptor, "w", (cookie_io_functions_t){.write = write_stream});
}
#endif

/// A stream without a buffer, so that what is printed meets the silence of its own moment; NULL where there is none.
static FILE *unbuffered(const int *descriptor) {
    FILE *stream = new_stream(descriptor);
    if (stream) setvbuf(stream, NULL, _IONBF, 0);
    return stream;
}

static void replace_streams(void) {
    FILE *stream = unbuffered(&messages);
    if (stream) stderr = stream;
    stream = unbuffered(&output);
    if (!stream) return;
    fflush(stdout);
    stdout = stream;
}

void set_library_messages_silent(bool silent) {
    pthread_once(&once, replace_streams);
    is_silent = silent;
}

#else

void set_library_messages_silent(bool silent) { (void)silent; }

#endif
