/// What all kernels share: one copy per instruction set, chosen when the program is loaded.
///
/// No kernel fuses a product with a sum (`FP_CONTRACT OFF`) or reorders sums, so every copy gives the same bits.
#ifndef SPEECH_KERNELS_DISPATCH_H
#define SPEECH_KERNELS_DISPATCH_H

#ifndef __has_feature
#define __has_feature(name) 0
#endif

// Under the thread sanitizer the resolver would run before the sanitizer is ready.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define RUNTIME_DISPATCHED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define RUNTIME_DISPATCHED
#endif

#endif
