"""Conversations of two people made up from single voices, with what else a microphone hears, and who speaks when."""

import pathlib

import numpy as np
import scipy.ndimage
import scipy.signal

import augmentation
import front_end
from voices import SPEECH_LEVEL, voices

UTTERANCE_GAP = 0.15  # digital silence that parts the utterances of a voice, seconds
LEAST_UTTERANCE = 0.12  # seconds
PAUSE = 0.3  # a longer one is not speech, seconds
STEP = 0.01  # of the reference, seconds


def utterances(folder: pathlib.Path, rate):
    """Per voice with more than five: its source and its utterances at `rate`, all voices equally loud."""
    result = []
    for _, source, samples in voices(folder, rate):
        sounding = np.flatnonzero(np.abs(samples) > augmentation.SILENCE)
        breaks = np.flatnonzero(np.diff(sounding) > UTTERANCE_GAP * rate)
        starts = np.concatenate([sounding[:1], sounding[breaks + 1]])
        ends = np.concatenate([sounding[breaks], sounding[-1:]]) + 1
        parts = [samples[a:b] for a, b in zip(starts, ends) if b - a > LEAST_UTTERANCE * rate]
        if len(parts) > 5:
            result.append((source, parts))
    return result


def of_frames(speaks, count):
    """Who speaks in the middle of each of `count` frames, of [2, steps]."""
    # A frame covers 32 ms from its start: its middle lies in the step after the next.
    return np.pad(speaks[:, 1:], ((0, 0), (0, 4)))[:, :count]


def frames(folder, rates, numbers, seconds):
    """Log-mel powers, harmonicity and who speaks, [2, frames], of the conversations with these numbers at each rate."""
    for rate in rates:
        maker = Maker(folder, rate)
        for number in numbers:
            samples, speaks = maker.make(number, seconds)
            log_mel, harmonicity = front_end.features(samples, rate)
            yield log_mel, harmonicity, of_frames(speaks, len(log_mel))


class Maker:
    """Makes up conversations at one rate; each draws from a generator of its own."""

    def __init__(self, folder, rate):
        self.voices = utterances(folder, rate)
        self.rate = rate
        self.sources = sorted({source for source, _ in self.voices})

    def make(self, number, seconds):
        """Samples of conversation `number`, and [2, steps of 10 ms] whether each person speaks."""
        self.random = np.random.default_rng([number, self.rate, 11])
        r = self.random
        tracks, speaks = self.turns(int(seconds * self.rate))
        imbalance = np.clip(r.normal(0, 6), -18, 18)  # one person is louder, decibels
        tracks *= 10 ** (np.array([[imbalance], [-imbalance]]) / 40)
        if r.random() < 0.4:
            tracks = np.array([augmentation.reverberate(track, self.rate, r) for track in tracks])
        level = augmentation.speech_level(tracks.sum(0)[speaks.any(0)]) if speaks.any() else SPEECH_LEVEL
        samples = self.other_sounds(tracks.sum(0), speaks)
        samples = self.distraction(samples)
        samples += self.background(len(samples)) * level * 10 ** (-r.uniform(8, 45) / 20)
        return self.line(samples), np.stack([self.reference(track) for track in speaks])

    # Who speaks when

    def turns(self, count):
        """[2, count] the voices and whether they speak: turns of 2 s more or less, little words in between."""
        r, rate = self.random, self.rate
        pair = self.pair()
        tracks, speaks = np.zeros((2, count)), np.zeros((2, count), bool)

        def put(person, second, sound):
            at = int(second * rate)
            sound = sound[: max(0, count - at)]
            if not len(sound):
                return
            tracks[person, at : at + len(sound)] += sound
            speaks[person, at : at + len(sound)] |= self.active(sound)

        dominance = r.uniform(0.6, 1.8)
        person, now = r.integers(2), r.uniform(0.2, 2)
        while now < count / rate:
            typical = 2.2 * (dominance if person else 1 / dominance)
            sound = self.utter(pair[person], min(np.exp(r.normal(np.log(typical), 0.8)), 25))
            length = len(sound) / rate
            put(person, now, sound)
            for _ in range(r.poisson(length / 5)):
                other = pair[1 - person]
                put(1 - person, now + r.uniform(0, length), other[r.integers(len(other))])
            now += length + r.normal(0.1, 0.5) + (r.uniform(1.5, 5) if r.random() < 0.06 else 0)
            now, person = max(now, 0.1), 1 - person
        return tracks, speaks

    def pair(self):
        """Utterances of two people, mostly of one source, at speeds that make them other people."""
        r = self.random
        pool = []
        while len(pool) < 2:
            source = self.sources[r.integers(len(self.sources))]
            pool = [voice for voice in self.voices if voice[0] == source]
        if r.random() < 0.3:
            pool = self.voices
        pair = []
        for index in r.choice(len(pool), 2, replace=False):
            parts, speed = pool[index][1], r.choice([0.85, 0.92, 1, 1.08, 1.17])
            chosen = r.choice(len(parts), min(len(parts), 14), replace=False)
            pair.append([scipy.signal.resample_poly(parts[i], int(round(20 / speed)), 20) for i in chosen])
        return pair

    def utter(self, parts, seconds):
        """Utterances one after the other, short pauses between them and now and then a long one."""
        r, result, total = self.random, [], 0
        while total < seconds * self.rate:
            part = parts[r.integers(len(parts))]
            pause = int(self.rate * (r.uniform(0, 0.12) if r.random() < 0.85 else r.uniform(0.12, 0.6)))
            result += [part, np.zeros(pause)]
            total += len(part) + pause
        return np.concatenate(result)

    def active(self, sound):
        """Where an utterance is speech: within 30 dB of its greatest power, pauses up to 0.2 s filled."""
        step = int(STEP * self.rate)
        count = -(-len(sound) // step)
        power = (np.pad(sound, (0, count * step - len(sound))) ** 2).reshape(count, step).mean(1)
        level = np.sqrt(np.maximum(scipy.ndimage.uniform_filter1d(power, 3), 0))
        mask = np.pad(level > max(level.max() * 0.03, 0.0006), 25)
        return np.repeat(scipy.ndimage.binary_closing(mask, np.ones(20))[25:-25], step)[: len(sound)]

    def reference(self, speaks):
        """Speech per step of 10 ms; pauses shorter than `PAUSE` belong to it."""
        step, reach = int(STEP * self.rate), int(PAUSE / STEP)
        whole = len(speaks) // step * step
        steps = np.pad(speaks[:whole].reshape(-1, step).mean(1) > 0.5, reach)
        return scipy.ndimage.binary_closing(steps, np.ones(reach))[reach:-reach]

    # What else is heard

    def background(self, count):
        """Noise that goes on all the time, standard deviation 1 (or nearly none)."""
        r, rate = self.random, self.rate
        kind = r.choice(["coloured", "coloured", "clatter", "babble", "hum", "none"])
        if kind == "coloured":
            return augmentation.coloured_noise(count, r, r.uniform(0, 2))
        if kind == "none":
            return augmentation.coloured_noise(count, r, 1) * 0.03
        if kind == "clatter":  # dishes, keys, a workshop
            noise = 0.15 * augmentation.coloured_noise(count, r, r.uniform(0, 1.5))
            for _ in range(int(count / rate * r.uniform(0.5, 5))):
                length, at = int(rate * r.uniform(0.01, 0.25)), r.integers(0, count)
                time = np.arange(length) / rate
                stroke = r.standard_normal(length) * r.uniform(0, 2)
                for _ in range(5):
                    stroke += r.uniform(0.2, 1) * np.sin(2 * np.pi * r.uniform(300, 0.48 * rate) * time + r.uniform(0, 6))
                stroke = (stroke * np.exp(-time / r.uniform(0.005, 0.08)) * r.lognormal(0, 0.8))[: count - at]
                noise[at : at + len(stroke)] += stroke
        elif kind == "babble":
            noise = np.zeros(count)
            for index in r.choice(len(self.voices), 6, replace=False):
                noise += self.utter(self.voices[index][1], count / rate)[:count] * r.uniform(0.4, 1)
            noise = augmentation.reverberate(noise, rate, r)
        else:  # hum of the mains
            time, mains = np.arange(count) / rate, r.choice([50, 60, 100])
            noise = sum(np.sin(2 * np.pi * mains * n * time) / n for n in (1, 2, 3, 5))
            noise = noise + augmentation.coloured_noise(count, r, 1)
        return noise / noise.std()

    def other_sounds(self, samples, speaks):
        """Ringing, music, keys and swelling noise in a third of the stretches in which nobody speaks."""
        r, rate = self.random, self.rate
        step = int(STEP * rate)
        whole = len(samples) // step * step
        silent = ~speaks.any(0)[:whole].reshape(-1, step).any(1)
        silent = np.repeat(scipy.ndimage.binary_erosion(silent, np.ones(11)), step)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], silent.astype(int), [0]])))
        for start, end in zip(edges[::2], edges[1::2]):
            count = end - start
            if count < 0.4 * rate or r.random() > 0.35:
                continue
            sound = [self.ringing, self.music, self.keys, self.swell][r.integers(4)](count)
            samples[start:end] += SPEECH_LEVEL * 10 ** (r.uniform(-20, 3) / 20) * sound / max(sound.std(), 1e-6)
        return samples

    def ringing(self, count):
        r, time = self.random, np.arange(count) / self.rate
        tone = np.sin(2 * np.pi * r.choice([350, 400, 425, 440, 480, 620, 1000]) * time)
        return tone + (np.sin(2 * np.pi * r.choice([440, 480, 450]) * time) if r.random() < 0.5 else 0)

    def music(self, count):
        r, rate = self.random, self.rate
        sound, beat = np.zeros(count), r.uniform(0.12, 0.6)
        for second in np.arange(0, count / rate, beat):
            at = int(second * rate)
            time = np.arange(min(int(beat * rate), count - at)) / rate
            root = 220 * 2 ** (r.integers(-12, 12) / 12)
            for frequency in (root * interval * n for interval in (1, 1.26, 1.5) for n in range(1, 6)):
                decay = np.exp(-time * r.uniform(1, 6))
                if frequency < 0.45 * rate:
                    partial = (root / frequency) ** 1.5
                    sound[at : at + len(time)] += partial * np.sin(2 * np.pi * frequency * time) * decay
        return sound

    def keys(self, count):
        r, rate = self.random, self.rate
        sound, length = np.zeros(count), int(0.03 * rate)
        for second in np.arange(0, max(count / rate - 0.09, 0), r.uniform(0.08, 0.25)):
            at = int((second + r.uniform(0, 0.04)) * rate)
            sound[at : at + length] += r.standard_normal(length) * np.exp(-np.arange(length) / rate / 0.005)
        return sound

    def swell(self, count):
        return augmentation.coloured_noise(count, self.random, self.random.uniform(0, 1.5)) * np.hanning(count)

    def distraction(self, samples):
        """Somebody else far away, breath and knocks, and noise whose level moves; all soft, over speech too."""
        r, rate, count = self.random, self.rate, len(samples)
        if r.random() < 0.5:
            parts, far, now = self.voices[r.integers(len(self.voices))][1], np.zeros(count), r.uniform(0, 5)
            while now < count / rate:
                at, sound = int(now * rate), self.utter(parts, r.uniform(0.5, 6))
                sound = sound[: count - at]
                far[at : at + len(sound)] += sound
                now += len(sound) / rate + r.exponential(4)
            far = augmentation.reverberate(augmentation.reverberate(far, rate, r), rate, r)
            samples = samples + far * 10 ** (-r.uniform(22, 42) / 20)
        if r.random() < 0.7:
            for _ in range(r.poisson(count / rate * r.uniform(0.05, 0.6))):
                length = int(np.clip(rate * np.exp(r.normal(np.log(0.25), 0.7)), 200, count - 1))
                at = r.integers(0, count - length)
                samples[at : at + length] += self.burst(length) * SPEECH_LEVEL * 10 ** (-r.uniform(12, 38) / 20)
        if r.random() < 0.4:
            drift = np.repeat(r.normal(0, 6, count // (rate // 2) + 2), rate // 2)[:count]
            drift = scipy.ndimage.uniform_filter1d(drift, int(rate * r.choice([0.02, 0.3])))
            gain = SPEECH_LEVEL * 10 ** ((drift - r.uniform(22, 45)) / 20)
            samples = samples + augmentation.coloured_noise(count, r, r.uniform(0, 2)) * gain
        return samples

    def burst(self, count):
        r, rate = self.random, self.rate
        low = r.uniform(100, 1500)
        band = [low, min(low * r.uniform(2, 6), 0.49 * rate)]
        sound = augmentation.coloured_noise(count, r, r.uniform(0, 1.5))
        sound = scipy.signal.sosfilt(scipy.signal.butter(2, band, "band", fs=rate, output="sos"), sound)
        sound = sound * np.hanning(count) ** r.uniform(0.3, 1)
        return sound / max(sound.std(), 1e-9)

    # How it reaches the file

    def line(self, samples):
        """Telephone, or a microphone's colour and now and then a lossy coder; then any level, clipped, 16 bits."""
        r, rate = self.random, self.rate
        if rate == 8000 and r.random() < 0.7:
            samples = augmentation.telephone(samples, rate, r)
        else:
            colour = scipy.signal.firwin2(63, [0, 0.1, 0.3, 0.6, 1], 10 ** (r.normal(0, 3, 5) / 20))
            samples = scipy.signal.lfilter(colour, 1, samples)
            if r.random() < 0.25:
                samples = self.coded(samples)
        samples = np.clip(samples * 10 ** (r.uniform(-25, 6) / 20), -1, 1)
        return np.round(samples * 32767) / 32768 if r.random() < 0.5 else samples

    def coded(self, samples):
        """The loss of a coder: spectra in steps that grow with the power around them."""
        length = self.rate // 32
        spectra = scipy.signal.stft(samples, self.rate, nperseg=length)[2]
        around = np.sqrt(scipy.ndimage.uniform_filter(np.abs(spectra) ** 2, (9, 3)))
        steps = self.random.uniform(0.1, 0.4) * around + 1e-9
        spectra = steps * (np.round(spectra.real / steps) + 1j * np.round(spectra.imag / steps))
        return scipy.signal.istft(spectra, self.rate, nperseg=length)[1][: len(samples)]
