"""Voices as they arrive: faster and slower, in rooms, in noise, over the telephone."""

import numpy as np
import scipy.signal

# A voice played at another speed is another person's: longer or shorter vocal tract, other pitch.
SPEEDS = ((1, 1), (8, 9), (9, 8))
CONDITIONS = {16000: ("clean", "noise", "room", "roomnoise"), 8000: ("phone", "phonenoise", "phoneroom")}
SILENCE = 1e-7  # the voices hold digital silence between utterances


def speech_level(samples):
    return np.sqrt((samples[np.abs(samples) > SILENCE] ** 2).mean())


def coloured_noise(count, random, slope):
    """Noise whose power falls with frequency to the power of `slope`; 1 is pink."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    spectrum /= np.maximum(np.arange(len(spectrum)), 20) ** (slope / 2)
    noise = np.fft.irfft(spectrum, count)
    return noise / noise.std()


def reverberate(samples, rate, random):
    """A decaying noise tail, 0.2 to 0.6 s, beside the direct sound."""
    length = int(random.uniform(0.2, 0.6) * rate)
    tail = random.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= np.sqrt(1 / (tail**2).sum()) * random.uniform(0.4, 1.2)
    tail[0] = 1
    return scipy.signal.fftconvolve(samples, tail)[: len(samples)]


def add_noise(samples, rate, random, decibels):
    """Coloured noise whose signal-to-noise ratio changes every 2.5 s within `decibels`."""
    block = int(2.5 * rate)
    ratios = random.uniform(*decibels, len(samples) // block + 1)
    gains = np.repeat(10 ** (-ratios / 20), block)[: len(samples)]
    noise = coloured_noise(len(samples), random, random.uniform(0.5, 2))
    return samples + noise * speech_level(samples) * gains


def telephone(samples, rate, random):
    """Band of 300 to 3400 Hz, more or less, and 8-bit µ-law (ITU-T G.711)."""
    edges = [random.uniform(200, 350), random.uniform(3100, 3600)]
    samples = scipy.signal.sosfilt(scipy.signal.butter(4, edges, "band", fs=rate, output="sos"), samples)
    peak = np.abs(samples).max() * 1.2
    coded = np.sign(samples) * np.round(np.log1p(255 * np.abs(samples / peak)) / np.log(256) * 127) / 127
    return peak * np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255


def condition(samples, rate, name, random):
    """The voice under the condition `name`."""
    if "room" in name:
        samples = reverberate(samples, rate, random)
    if "noise" in name:
        samples = add_noise(samples, rate, random, (8, 25))
    elif "phone" in name:
        samples = add_noise(samples, rate, random, (25, 40))
    return telephone(samples, rate, random) if "phone" in name else samples
