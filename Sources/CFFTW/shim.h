#include <fftw3.h>

// fftwf_version is declared as an array of unknown length, which Swift cannot import.
static inline const char *twoway_fftwf_version(void) { return fftwf_version; }
