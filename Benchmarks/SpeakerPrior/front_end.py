"""Short-time features as the program computes them: 32 log-mel bands, cepstra 1 to 15, harmonicity.

The definitions stand in Sources/SpectralAnalysis; this is their slow twin for learning tables.
"""

import numpy as np

WINDOW_SECONDS = 0.032
HOP_SECONDS = 0.010
BANDS = 32
CEPSTRA = 15
POWER_FLOOR = 1e-10  # full scale is 1.0; the program adds 1e-12 by now, which differs in near silence only
AUTOCORRELATION_LENGTH = 256
LEAST_WINDOW_AUTOCORRELATION = 0.15


def mel(hertz):
    return 1127.0 * np.log1p(np.asarray(hertz) / 700.0)


def mel_filters(rate, length):
    """Triangular filters of weight 1, [bands, length / 2 + 1] (Davis and Mermelstein 1980)."""
    highest = 3800.0 if rate <= 8000 else min(7600.0, 0.475 * rate)
    edges = 700.0 * np.expm1(np.linspace(mel(100.0), mel(highest), BANDS + 2) / 1127.0)
    frequencies = np.arange(length // 2 + 1) * rate / length
    filters = np.zeros((BANDS, len(frequencies)))
    for band in range(BANDS):
        low, centre, high = edges[band : band + 3]
        rising, falling = (frequencies - low) / (centre - low), (high - frequencies) / (high - centre)
        filters[band] = np.maximum(0, np.minimum(rising, falling))
        if filters[band].sum() == 0:
            filters[band, int(round(centre * length / rate))] = 1
    return filters / filters.sum(1, keepdims=True)


def lag_compensation(window, lags, samples_per_lag):
    """The window's own autocorrelation at `lags`, relative to lag 0 and not below a floor."""
    own = np.correlate(window, window, "full")[len(window) - 1 :]
    values = np.interp(lags * samples_per_lag, np.arange(len(own)), own / own[0])
    return np.maximum(values, LEAST_WINDOW_AUTOCORRELATION)


def features(samples, rate):
    """Log-mel powers [frames, 32] and harmonicity [frames] of mono samples, full scale 1.0."""
    window_length, hop = int(round(WINDOW_SECONDS * rate)), int(round(HOP_SECONDS * rate))
    length = 1 << (window_length - 1).bit_length()
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window_length) / window_length)
    count = 1 + (len(samples) - window_length) // hop
    frames = np.lib.stride_tricks.sliding_window_view(samples, window_length)[:: hop][:count]
    frames = (frames - frames.mean(1, keepdims=True)) * window
    power = np.abs(np.fft.rfft(frames, length)) ** 2 / (window**2).sum()
    log_mel = np.log(power @ mel_filters(rate, length).T + POWER_FLOOR)

    low, high = int(np.ceil(60 * length / rate)), min(int(np.ceil(1500 * length / rate)), 128)
    voiced_band = np.zeros((count, AUTOCORRELATION_LENGTH // 2 + 1))
    voiced_band[:, low:high] = power[:, low:high]
    autocorrelation = np.fft.irfft(voiced_band, AUTOCORRELATION_LENGTH, axis=1)
    lag_seconds = length / (AUTOCORRELATION_LENGTH * rate)
    lags = np.arange(int(np.ceil(1 / 400 / lag_seconds)), int(np.floor(1 / 65 / lag_seconds)) + 1)
    compensation = lag_compensation(window, lags, lag_seconds * rate)
    harmonicity = (autocorrelation[:, lags] / compensation).max(1) / (autocorrelation[:, 0] + 1e-12)
    return log_mel, harmonicity


def cepstra(log_mel):
    """Cepstra 1 to 15, [frames, 15]."""
    order = np.arange(1, CEPSTRA + 1)[:, None]
    transform = np.sqrt(2 / BANDS) * np.cos(np.pi * order * (np.arange(BANDS) + 0.5) / BANDS)
    return log_mel @ transform.T


def frame_weights(harmonicity):
    """1 where five frames together are voiced, 0.1 elsewhere."""
    padded = np.pad(harmonicity, 2, "edge")
    smoothed = np.lib.stride_tricks.sliding_window_view(padded, 5).mean(1)
    return np.where(smoothed > 0.5, 1.0, 0.1)
