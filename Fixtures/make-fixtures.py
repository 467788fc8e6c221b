#!/usr/bin/env python3
"""Speaks the dialogues with flite voices and writes them as telephone recordings with exact labels.

    python3 make-fixtures.py            # needs flite and numpy; writes NAME.wav and NAME.rttm beside itself

The labels are a by-product of the construction: an utterance is rendered alone, the speech inside it is found from its
energy, and both are laid on the time axis together. One fixed seed, so every run writes the same bytes.
"""
import hashlib
import re
import struct
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
VOICE_RATE = 16000  # what the flite voices speak at, samples per second
RATE = 8000  # what a telephone recorder writes, samples per second
GAP = (0.10, 0.80)  # seconds between two people; usual in conversation (Heldner & Edlund 2010)
BREATH = (0.35, 0.90)  # seconds between two utterances of the same person
BACKCHANNEL_PLACE = (0.35, 0.75)  # where in the other's utterance a backchannel falls, share of its length
LEAD_IN, LEAD_OUT = 0.8, 1.5  # seconds of room before the first and after the last word
SPEECH_FLOOR_DB = -35.0  # a frame this far below the loudest of its utterance is not speech
LONGEST_INNER_PAUSE = 0.30  # seconds; a longer pause inside an utterance is not speech
NOISE_DB = -38.0  # pink noise below the mean speech level


@dataclass(frozen=True)
class Person:
    voice: str
    level_db: float  # level of the speech, dB below full scale (root mean square)
    stretch: float  # 1 = as the voice speaks, larger is slower


MEETINGS = {
    "one-sided": {"gordon": Person("rms", -21.0, 1.08), "me": Person("slt", -23.0, 1.08)},
    "late-pitch": {"alasdair": Person("awb", -21.0, 1.24), "me": Person("slt", -22.0, 1.18)},
    "two-way": {"theo": Person("rms", -22.0, 1.00), "me": Person("slt", -21.5, 1.00)},
}


@dataclass
class Line:
    kind: str  # "after", "within", "pause"
    person: str = ""
    words: str = ""
    overlap: float = 0.0  # seconds before the end of the utterance before
    pause: float = 0.0  # seconds


def read_dialogue(path):
    """The lines of a dialogue; the format is explained at the top of dialogues/one-sided.txt."""
    lines = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip() or text.startswith("#"):
            continue
        if match := re.fullmatch(r"pause ([\d.]+)", text):
            lines.append(Line("pause", pause=float(match[1])))
        elif match := re.fullmatch(r"(\w+) ~ (.+)", text):
            lines.append(Line("within", match[1], match[2]))
        elif match := re.fullmatch(r"(\w+)(?: <([\d.]+))?: (.+)", text):
            lines.append(Line("after", match[1], match[3], float(match[2] or 0)))
        else:
            sys.exit(f"{path}:{number}: not a line of a dialogue: {text}")
    return lines


def speak(words, person):
    """The words in the person's voice: samples at RATE, trimmed to the speech, at the person's level."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.wav"
        command = ["flite", "-voice", person.voice, "--setf", f"duration_stretch={person.stretch}"]
        subprocess.run([*command, "-t", words, "-o", str(path)], check=True, stdout=subprocess.DEVNULL)
        with wave.open(str(path)) as file:
            assert (file.getframerate(), file.getnchannels()) == (VOICE_RATE, 1)
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    samples = telephone_line(samples)
    stretches = speech_stretches(samples)
    first, last = stretches[0][0], stretches[-1][1]
    voiced = np.concatenate([samples[a:b] for a, b in stretches])
    gain = 10 ** (person.level_db / 20) / np.sqrt(np.mean(voiced**2))
    return samples[first:last] * gain, [(a - first, b - first) for a, b in stretches]


def telephone_line(samples):
    """16 to 8 kHz through a windowed-sinc band-pass from 100 Hz to 3.6 kHz.

    The lower edge takes away the offset that the voices carry while they speak, which would count as energy.
    """
    taps = np.arange(-512, 513)
    response = low_pass(taps, 3600) - low_pass(taps, 100)
    return np.convolve(samples, response, mode="same")[::2]


def low_pass(taps, hertz):
    response = np.sinc(taps * 2 * hertz / VOICE_RATE) * np.hamming(len(taps))
    return response / response.sum()


def speech_stretches(samples):
    """Where an utterance has speech, as (first, end) sample indices, from the energy of 20 ms windows every 5 ms."""
    hop, window = RATE // 200, RATE // 50
    power = np.convolve(samples**2, np.ones(window) / window, mode="same")[::hop]
    active = power > power.max() * 10 ** (SPEECH_FLOOR_DB / 10)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], active, [0]])))
    stretches = []
    for first, end in zip(edges[::2] * hop, edges[1::2] * hop):
        if stretches and first - stretches[-1][1] <= LONGEST_INNER_PAUSE * RATE:
            stretches[-1][1] = end
        else:
            stretches.append([first, end])
    return [(int(a), int(min(b, len(samples)))) for a, b in stretches if b - a >= 0.05 * RATE]


def compose(name, people):
    """The meeting: samples at RATE, and (first, end, person) sample indices of the speech."""
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big"))
    placed, labels = [], []
    start = end = LEAD_IN * RATE  # of the last utterance that took the floor
    wait, speaker = 0.0, None
    for line in read_dialogue(HERE / "dialogues" / f"{name}.txt"):
        if line.kind == "pause":
            wait += line.pause * RATE
            continue
        samples, stretches = speak(line.words, people[line.person])
        if line.kind == "within":
            onset = start + random.uniform(*BACKCHANNEL_PLACE) * (end - start)
        else:
            usual = random.uniform(*(BREATH if line.person == speaker else GAP)) * RATE if speaker else 0
            onset = end - line.overlap * RATE if line.overlap else end + usual + wait
            wait, speaker = 0.0, line.person
        onset = int(onset)
        if line.kind == "after":
            start, end = onset, onset + len(samples)
        placed.append((onset, samples))
        labels += [(onset + a, onset + b, line.person) for a, b in stretches]
    length = int(max(b for _, b, _ in labels) + LEAD_OUT * RATE)
    mixed = np.zeros(length)
    for onset, samples in placed:
        mixed[onset : onset + len(samples)] += samples
    return mixed + pink_noise(length, random) * level_of_noise(people), sorted(labels)


def level_of_noise(people):
    return 10 ** ((np.mean([person.level_db for person in people.values()]) + NOISE_DB) / 20)


def pink_noise(length, random):
    """Noise of power 1 with 1/f spectrum from 20 Hz."""
    spectrum = np.fft.rfft(random.standard_normal(length))
    frequency = np.fft.rfftfreq(length, 1 / RATE)
    spectrum *= np.where(frequency >= 20, 1 / np.sqrt(np.maximum(frequency, 20)), 0)
    noise = np.fft.irfft(spectrum, length)
    return noise / np.sqrt(np.mean(noise**2))


def mu_law(samples):
    """ITU-T G.711 mu-law codes of samples in -1...1."""
    linear = np.clip(np.round(samples * 32768), -32635, 32635).astype(np.int32)
    sign = np.where(linear < 0, 0x80, 0)
    magnitude = np.abs(linear) + 132
    exponent = np.floor(np.log2(magnitude)).astype(np.int32) - 7
    mantissa = (magnitude >> (exponent + 3)) & 0x0F
    return (~(sign | (exponent << 4) | mantissa) & 0xFF).astype(np.uint8)


def write_wav(path, codes):
    data = codes.tobytes() + b"\0" * (len(codes) % 2)
    fmt = struct.pack("<HHIIHHH", 7, 1, RATE, RATE, 1, 8, 0)
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt + b"fact" + struct.pack("<II", 4, len(codes))
    chunks += b"data" + struct.pack("<I", len(codes)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)


def write_rttm(path, name, labels):
    """Times rounded to the millisecond; the length is the difference of the rounded ends."""
    lines = []
    for first, end, person in labels:
        start, stop = (round(sample * 1000 / RATE) for sample in (first, end))
        lines.append(f"SPEAKER {name} 1 {start / 1000:.3f} {(stop - start) / 1000:.3f} <NA> <NA> {person} <NA> <NA>\n")
    path.write_text("".join(lines), encoding="utf-8")


def main():
    for name, people in MEETINGS.items():
        samples, labels = compose(name, people)
        write_wav(HERE / f"{name}.wav", mu_law(samples))
        write_rttm(HERE / f"{name}.rttm", name, labels)
        speech = {who: sum(b - a for a, b, p in labels if p == who) / RATE for who in people}
        shares = ", ".join(f"{who} {time:.1f} s ({time / sum(speech.values()):.1%})" for who, time in speech.items())
        print(f"{name}: {len(samples) / RATE:.1f} s; {shares}; peak {np.abs(samples).max():.2f}")


if __name__ == "__main__":
    main()
