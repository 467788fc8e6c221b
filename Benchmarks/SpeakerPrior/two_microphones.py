"""Makes up conversations as two microphones in one room hear them, to measure `twoway score --corpus` by.

    venv/bin/python Benchmarks/SpeakerPrior/two_microphones.py --voices ../shared/corpus/voices --output /tmp/pairs

Early reflections are those of a rectangular room (image method: Allen and Berkley 1979), later ones noise that decays.
"""

import argparse
import itertools
import pathlib

import numpy as np
import scipy.signal
import soundfile

import augmentation
import conversations

RATE = 16_000
SPEED_OF_SOUND = 343.0  # metres a second
EARLY = 0.06  # reflections are traced for so long, seconds
SINC_REACH = 8  # of the delay by parts of a sample, samples


def responses(room, source, microphones, reverberation, random):
    """[2, samples] from `source` to both `microphones`, places in metres, `reverberation` to -60 dB in seconds."""
    room, count = np.array(room), int(reverberation * 1.3 * RATE) + 400
    surface = 2 * (room[0] * room[1] + room[1] * room[2] + room[0] * room[2])
    reflection = np.sqrt(1 - min(0.161 * room.prod() / (surface * reverberation), 0.95))  # Sabine
    most = int(EARLY * SPEED_OF_SOUND / room.min() / 2) + 2
    steps = np.stack(np.meshgrid(*[np.arange(-most, most + 1)] * 3, indexing="ij"), -1).reshape(-1, 3)
    result = np.zeros((2, count))
    for mirrored in itertools.product((0, 1), repeat=3):
        images = (1 - 2 * np.array(mirrored)) * source + 2 * steps * room
        bounces = (np.abs(steps - mirrored) + np.abs(steps)).sum(1)
        for response, microphone in zip(result, microphones):
            distances = np.linalg.norm(images - microphone, axis=1)
            for distance, bounce in zip(distances, bounces):
                if distance < EARLY * SPEED_OF_SOUND:
                    place = distance / SPEED_OF_SOUND * RATE
                    around = np.arange(max(int(place) - SINC_REACH, 0), int(place) + SINC_REACH + 1)
                    window = np.cos(np.pi * (around - place) / (2 * SINC_REACH + 2)) ** 2
                    response[around] += reflection**bounce / distance * np.sinc(around - place) * window
    time = np.arange(count) / RATE
    decay = np.where(time < EARLY, 0, np.exp(-6.91 * (time - EARLY) / reverberation))
    level = np.sqrt((result[:, int((EARLY - 0.02) * RATE) : int(EARLY * RATE)] ** 2).mean())
    return result + random.standard_normal(result.shape) * decay * level


def recording(maker, number, moves):
    """[2, samples], and [2, steps of 10 ms] whether each person speaks; the first sits down elsewhere halfway if he `moves`."""
    random = np.random.default_rng([number, 77])
    maker.random = random
    tracks, speaks = maker.turns(int(random.choice([60, 120, 180]) * RATE))
    room = [random.uniform(3, 6), random.uniform(2.6, 5), random.uniform(2.3, 3)]
    spacing, reverberation = random.choice([0.06, 0.12, 0.2, 0.2, 0.4, 1.0]), random.uniform(0.2, 0.6)
    middle = np.array([room[0] / 2, room[1] / 2, 0.8]) + random.uniform(-0.2, 0.2, 3)
    angle = random.uniform(0, np.pi)
    axis = np.array([np.cos(angle), np.sin(angle), 0]) * spacing / 2
    first = random.uniform(0, 2 * np.pi)
    second = first + random.choice([np.pi, np.pi / 2, np.pi * 0.75]) + random.uniform(-0.2, 0.2)
    heard = np.zeros((2, tracks.shape[1]))
    parts = list(zip(tracks, (first, second)))
    if moves:
        early = np.arange(tracks.shape[1]) < tracks.shape[1] // 2
        elsewhere = first + random.choice([-1, 1]) * random.uniform(0.5, 1.5)
        parts[:1] = [(tracks[0] * early, first), (tracks[0] * ~early, elsewhere)]
    for track, direction in parts:
        distance = random.uniform(0.5, 1.4)
        place = np.array([distance * np.cos(direction), distance * np.sin(direction), random.uniform(0.2, 0.5)])
        source = np.clip(middle + place, 0.2, np.array(room) - 0.2)
        for sound, response in zip(heard, responses(room, source, [middle + axis, middle - axis], reverberation, random)):
            sound += scipy.signal.fftconvolve(track, response)[: len(track)]
    level = np.sqrt((heard[:, speaks.any(0)] ** 2).mean())
    noise = np.stack([augmentation.coloured_noise(heard.shape[1], random, 1) for _ in range(2)])
    heard += noise * level * 10 ** (-random.uniform(15, 35) / 20)
    return heard / np.abs(heard).max() / 2, np.stack([maker.reference(track) for track in speaks])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--voices", type=pathlib.Path, required=True)
    arguments.add_argument("--output", type=pathlib.Path, required=True)
    arguments.add_argument("--count", type=int, default=32)
    arguments.add_argument("--moves", action="store_true", help="the first person sits down elsewhere halfway")
    arguments = arguments.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    maker = conversations.Maker(arguments.voices, RATE)
    for number in range(arguments.count):
        name = f"pair-{number:03d}"
        samples, speaks = recording(maker, number, arguments.moves)
        soundfile.write(arguments.output / f"{name}.flac", samples.T, RATE, subtype="PCM_16")
        lines = []
        for person, speech in zip("AB", speaks):
            edges = np.flatnonzero(np.diff(np.concatenate([[0], speech.astype(int), [0]]))) * conversations.STEP
            for start, end in zip(edges[::2], edges[1::2]):
                lines.append((start, f"SPEAKER {name} 1 {start:.3f} {end - start:.3f} <NA> <NA> {person} <NA> <NA>\n"))
        (arguments.output / f"{name}.rttm").write_text("".join(line for _, line in sorted(lines)))


if __name__ == "__main__":
    main()
