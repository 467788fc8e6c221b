#define _GNU_SOURCE
#include "library_messages.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__GLIBC__) || defined(__APPLE__)

static _Thread_local bool is_silent;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/// Passes bytes on to descriptor 2, or drops them; how many of them are done with, and 0 for none.
static size_t pass_on(const char *bytes, size_t count) {
    if (is_silent) return count;
    size_t done = 0;
    while (done < count) {
        ssize_t written = write(STDERR_FILENO, bytes + done, count - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        done += (size_t)written;
    }
    return done;
}

#if defined(__APPLE__)
static int write_stream(void *cookie, const char *bytes, int count) {
    (void)cookie;
    size_t done = pass_on(bytes, (size_t)count);
    return done > 0 ? (int)done : -1;
}

static FILE *new_stream(void) { return funopen(NULL, NULL, write_stream, NULL, NULL); }
#else
static ssize_t write_stream(void *cookie, const char *bytes, size_t count) {
    (void)cookie;
    return (ssize_t)pass_on(bytes, count);
}

static FILE *new_stream(void) {
    return fopencookie(NULL, "w", (cookie_io_functions_t){.write = write_stream});
}
#endif

static void replace_stderr(void) {
    FILE *stream = new_stream();
    if (!stream) return;
    setvbuf(stream, NULL, _IONBF, 0);
    stderr = stream;
}

void set_library_messages_silent(bool silent) {
    pthread_once(&once, replace_stderr);
    is_silent = silent;
}

#else

void set_library_messages_silent(bool silent) { (void)silent; }

#endif
