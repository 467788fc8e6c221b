/// The inner loops of the analysis in C, compiled for several instruction sets and chosen when the program is loaded.
#ifndef SPEECH_KERNELS_H
#define SPEECH_KERNELS_H

#include "cepstral_kernels.h"
#include "chain_kernels.h"
#include "frame_features.h"
#include "log_power_rows.h"
#include "noise_kernels.h"
#include "overlap_kernels.h"
#include "sample_kernels.h"
#include "smoothing_kernels.h"
#include "speaker_kernels.h"
#include "tone_kernels.h"
#include "voice_levels.h"

#endif
