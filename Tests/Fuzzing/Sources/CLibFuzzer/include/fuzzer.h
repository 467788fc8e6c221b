#include <stddef.h>
#include <stdint.h>

/// libFuzzer's loop as a function (LLVM, compiler-rt/lib/fuzzer).
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
