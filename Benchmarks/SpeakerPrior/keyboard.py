"""How much of loud typing in the middle of a conversation the program takes for speech.

    venv/bin/python Benchmarks/SpeakerPrior/keyboard.py --program .build/release/twoway --corpus ../shared/corpus

Strokes are made up: a click and a thud when a key goes down, a softer click when it comes up, in a small room. Their level is
that of the loudest tenth of 20 ms against that of the conversation's speech.
"""

import argparse
import pathlib
import subprocess
import tempfile

import numpy as np
import scipy.signal
import soundfile

RATE = 16_000
FRAME = 0.02  # of levels, seconds
# Bands (hertz) and decay (seconds) of click and thud, and how loud the thud is beside the click.
KEYBOARDS = {
    "laptop": ((1500, 6000, 0.004), (300, 1200, 0.008), 0.5),
    "mechanical": ((2000, 7000, 0.003), (150, 900, 0.02), 1.0),
    "heavy": ((800, 3500, 0.006), (120, 500, 0.025), 1.2),
}
RECORDINGS = [
    "real/hv-00d676d7-mono", "real/hv-010eaccb-mono", "real/hv-01cefd6f-mono", "same-channel/dev-same-mf-1",
    "same-channel/dev-same-mm-1", "simulated/dev-close-mf-1", "simulated/dev-far-mf-1", "simulated/dev-phone-ff-1",
    "simulated/dev-close-ff-1",
]


def strike(sound, time, gain, low, high, decay, random):
    """Adds a burst of noise of a band that dies away."""
    count, place = RATE // 10, int(time * RATE)
    filtered = scipy.signal.sosfilt(
        scipy.signal.butter(2, (low, high), "band", fs=RATE, output="sos"), random.standard_normal(count))
    burst = filtered * np.exp(-np.arange(count) / RATE / decay)
    burst = burst[:max(len(sound) - place, 0)]
    sound[place:place + len(burst)] += gain * burst / np.sqrt(np.mean(burst[:RATE // 100] ** 2) + 1e-12)


def typing(seconds, keyboard, random):
    """Samples of somebody who types at 45 to 90 words a minute and now and then thinks."""
    (click, thud, share), sound, time = KEYBOARDS[keyboard], np.zeros(int(seconds * RATE)), 0.1
    while time < seconds - 0.2:
        if random.random() < 0.06:
            time += random.uniform(0.5, 2)
            continue
        gain = random.uniform(0.5, 1.2)
        band = click[0] * random.uniform(0.8, 1.25), click[1] * random.uniform(0.8, 1.1)
        strike(sound, time, gain, *band, click[2], random)
        strike(sound, time + random.uniform(0.004, 0.02), gain * share, *thud, random)
        strike(sound, time + random.uniform(0.07, 0.13), 0.4 * gain, *band, click[2], random)
        time += max(0.06, random.normal(60 / 5 / random.choice([45, 70, 90]), 0.04))
    room = random.standard_normal(int(0.15 * RATE)) * np.exp(-np.arange(int(0.15 * RATE)) / RATE / 0.03) * 0.06
    room[0] = 1
    return np.convolve(sound, room)[:len(sound)]


def loudness(samples, rate):
    """Root mean square that the loudest tenth of the frames exceeds."""
    length = int(rate * FRAME)
    frames = samples[:len(samples) // length * length].reshape(-1, length)
    return np.quantile(np.sqrt(np.mean(frames ** 2, 1)), 0.9)


def segments(text):
    """Start and end of every line of RTTM, in order."""
    lines = [line.split() for line in text.splitlines() if line.startswith("SPEAKER")]
    return sorted((float(line[3]), float(line[3]) + float(line[4])) for line in lines)


def middle_pause(turns, length):
    """Middle of the pause that is nearest to the middle of the recording, seconds."""
    pauses, end = [], 0
    for start, stop in turns:
        if start - end > 0.25:
            pauses.append((start + end) / 2)
        end = max(end, stop)
    return min(pauses, key=lambda pause: abs(pause - length / 2))


def taken_for_speech(program, path, keyboard, level, seconds, random, folder):
    """Share of the typing that lies in a turn."""
    samples, rate = soundfile.read(path.with_suffix(".flac"))
    turns = segments(path.with_suffix(".rttm").read_text())
    speech = np.concatenate([samples[int(start * rate):int(end * rate)] for start, end in turns])
    keys = scipy.signal.resample_poly(typing(seconds, keyboard, random), rate, RATE)
    keys *= loudness(speech, rate) * 10 ** (level / 20) / loudness(keys, rate)
    pause = middle_pause(turns, len(samples) / rate)
    place = int(pause * rate)
    background = samples[max(place - rate // 20, 0):place + rate // 20]
    keys += np.resize(background, len(keys))
    whole = np.concatenate([samples[:place], keys, samples[place:]])
    mixed = folder / "mixed.wav"
    soundfile.write(mixed, whole / max(1, np.abs(whole).max()), rate)
    found = subprocess.run(
        [program, "analyze", "--quiet", "--format", "rttm", mixed], capture_output=True, text=True, check=True)
    heard = np.zeros(int(seconds * 100), bool)
    for start, end in segments(found.stdout):
        heard[max(0, int((start - pause) * 100)):max(0, int((end - pause) * 100))] = True
    return heard.mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--corpus", required=True, type=pathlib.Path)
    options = parser.parse_args()
    random = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        for seconds in (5, 15):
            for level in (0, -5, -10, -15):
                shares = {
                    keyboard: np.mean([
                        taken_for_speech(
                            options.program, options.corpus / name, keyboard, level, seconds, random, pathlib.Path(folder))
                        for name in RECORDINGS])
                    for keyboard in KEYBOARDS}
                print(f"{seconds} s at {level} dB:", ", ".join(f"{name} {100 * share:.0f} %" for name, share in shares.items()),
                      flush=True)


if __name__ == "__main__":
    main()
