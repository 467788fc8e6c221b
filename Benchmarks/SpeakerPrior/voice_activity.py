"""The 27 features of the voice score as Sources/Diarization/VoiceActivity.swift computes them; the slow twin."""

import numpy as np
import scipy.ndimage

# Names of the terms in VoiceScore.swift, in the order of the columns.
TERMS = (
    "ratio topRatio band0 band1 band2 band3 harmonicity contrast ratio11 harmonicity11 ratio31 harmonicity31 ratio101"
    " harmonicity101 modulation voicedRatio11 voicedRatio31 aboveLow belowHigh aboveLocal otsu otsu31 otsuVoiced"
    " aboveLocal31 otsuGap contrast31 levelRange"
).split()
QUIET_DEPTH, FLOOR_DEPTH = 9.0, 8.0  # below the loud level, log power
DIGITAL_SILENCE = -22.0  # log power
LOUD_SHARE, LOUD_FRAMES = 0.05, 3000


def smooth(values, width):
    return scipy.ndimage.uniform_filter1d(values, width, axis=0, mode="nearest")


def loud_level(log_mel):
    """What the smoothed level exceeds in 5 % of the frames that are not digital silence, or for 30 s."""
    level = smooth(log_mel.mean(1), 5)
    active = level[level > DIGITAL_SILENCE]
    active = active if len(active) > 50 else level
    return np.quantile(active, 1 - min(LOUD_SHARE, LOUD_FRAMES / len(active)))


def noise_floor(levels, least):
    smoothed = smooth(levels, 5)
    count = max(1, len(levels) // 25)
    blocks = [smoothed[i * 25 : (i + 1) * 25 if i < count - 1 else None] for i in range(count)]
    floors = np.stack([np.quantile(block, 0.2, axis=0) for block in blocks])
    floors = smooth(scipy.ndimage.minimum_filter1d(floors, 41, axis=0, mode="nearest"), 20)
    centres = np.arange(count) * 25 + 12
    frames = np.arange(len(levels))
    return np.stack([np.interp(frames, centres, np.maximum(track, least)) for track in floors.T], 1)


def local_quiet(level):
    count = max(1, len(level) // 50)
    blocks = [level[i * 50 : (i + 1) * 50 if i < count - 1 else None] for i in range(count)]
    quiet = np.pad([np.quantile(block, 0.1) for block in blocks], 20, "reflect" if count > 20 else "edge")
    smoothed = [np.quantile(quiet[i : i + 41], 0.2) for i in range(count)]
    return np.interp(np.arange(len(level)), np.arange(count) * 50 + 25, smoothed)


def otsu(level):
    """Threshold between two groups of levels and the distance of their means (Otsu 1979), over 64 bins."""
    counts, edges = np.histogram(level, np.linspace(level.min(), level.max(), 65))
    centres = (edges[1:] + edges[:-1]) / 2
    below, mass = np.cumsum(counts), np.cumsum(counts * centres)
    total = below[-1]
    inner = (below > 0) & (below < total)
    between = np.zeros(len(counts))
    between[inner] = (mass[-1] * below[inner] / total - mass[inner]) ** 2 / (below[inner] * (total - below[inner]))
    split = int(np.argmax(between))
    lower = mass[split] / max(below[split], 1)
    upper = (mass[-1] - mass[split]) / max(total - below[split], 1)
    return centres[split], max(upper - lower, 0.5)


def features(log_mel, harmonicity):
    """[frames, 27] in the order of `TERMS`."""
    least = loud_level(log_mel) - QUIET_DEPTH
    levels = np.maximum(log_mel, least)
    ratios = np.clip(levels - noise_floor(levels, least + QUIET_DEPTH - FLOOR_DEPTH) - 0.5, 0, 6)
    ratio, contrast = ratios.mean(1), levels.std(1)
    voiced = np.clip(harmonicity, 0, 1)
    level = smooth(levels, 5).mean(1)
    modulation = np.sqrt(np.maximum(smooth(level**2, 51) - smooth(level, 51) ** 2, 0))
    active = level[level > least + 0.1]
    low, high = np.quantile(active if len(active) > 50 else level, [0.05, 0.95])
    above = np.clip(level - local_quiet(level), -1, 8)
    threshold, gap = otsu(smooth(level, 11))
    place = np.clip((level - threshold) / gap, -2, 2)
    voiced11, sounding = smooth(voiced, 11), voiced * np.minimum(ratio, 3)
    whole = np.ones(len(level))
    columns = [ratio, np.sort(ratios, 1)[:, -8:].mean(1)]
    columns += [ratios[:, band : band + 8].mean(1) for band in (0, 8, 16, 24)]
    columns += [voiced, contrast, smooth(ratio, 11), voiced11, smooth(ratio, 31), smooth(voiced, 31)]
    columns += [smooth(ratio, 101), smooth(voiced, 101), modulation, smooth(sounding, 11), smooth(sounding, 31)]
    columns += [np.clip(level - low, -2, 8), np.clip(high - level, -2, 8), above, place, smooth(place, 31)]
    columns += [place * voiced11, smooth(above, 31), min(gap, 8) * whole, smooth(contrast, 31)]
    columns += [min(high - low, 10) * whole]
    return np.stack(columns, 1)
