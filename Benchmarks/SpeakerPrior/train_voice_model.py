#!/usr/bin/env python3
"""Learns how a person's voice statistics vary between people, rooms and moments, for recognising an enrolled voice.

    python3 train_voice_model.py --voices FOLDER --tables Sources/Diarization/Resources

FOLDER is that of train_speaker_prior.py, whose tables must stand in the folder of the tables; the two voice models are
written beside them. Needs numpy, scipy and soundfile; about three minutes on one core.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # sums in one fixed order

import argparse
import hashlib
import pathlib
from collections import defaultdict

import numpy as np

import augmentation
import front_end
from train_speaker_prior import AXES, COMPONENTS, LEAST_LEVEL, LEAST_POSTERIOR, RELEVANCE, log_densities
from voices import voices

# Beside the telephone line also a plain narrow band, as when a wide-band recording is enrolled for the telephone.
CONDITIONS = {16000: augmentation.CONDITIONS[16000], 8000: augmentation.CONDITIONS[8000] + ("clean",)}
SHRINKAGE = {"people": 0.3, "channel": 0.5, "occasion": 0.3, "moment": 0.3}  # towards the diagonal
LEAST_GROUP = 3


def prior_table(folder, rate):
    values = np.fromfile(folder / f"speaker-prior-{rate // 1000}kHz.bin", "<f4").astype(float)[4:]
    size = COMPONENTS * front_end.CEPSTRA
    weights, means, precisions, projection = np.split(
        values[: COMPONENTS + 2 * size + size * AXES], [COMPONENTS, COMPONENTS + size, COMPONENTS + 2 * size]
    )
    mixture = (weights, means.reshape(COMPONENTS, -1), precisions.reshape(COMPONENTS, -1))
    return mixture, projection.reshape(size, AXES)


def voice_vectors(cepstra, weights, mixture, projection):
    """Place in speaker space, and means with logarithms of deviations, of one person normalised by themselves."""
    mean = np.average(cepstra, axis=0, weights=weights)
    deviation = np.sqrt(np.maximum(np.average(cepstra**2, axis=0, weights=weights) - mean**2, 1e-6))
    frames = (cepstra - mean) / deviation
    logs = log_densities(frames, mixture)
    shares = np.exp(logs - logs.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    shares[shares < LEAST_POSTERIOR] = 0
    shares *= weights[:, None]
    counts = shares.sum(0)[:, None]
    sums = (shares.T @ frames - counts * mixture[1]) * np.sqrt(mixture[2])
    place = (np.sqrt(mixture[0])[:, None] * sums / (counts + RELEVANCE)).ravel() @ projection
    return place, np.concatenate([mean, np.log(deviation)])


def heard(folder, rate, mixture, projection):
    """Who, where, under which condition, which half (0 is both), weighted seconds and the two vectors."""
    for number, source, samples in voices(folder, rate):
        active = np.where(front_end.features(samples, rate)[0].mean(1) > LEAST_LEVEL)[0]
        if len(active) < 300:
            continue
        for index, name in enumerate(CONDITIONS[rate]):
            random = np.random.default_rng([number, 0, index, rate // 1000])
            log_mel, harmonicity = front_end.features(augmentation.condition(samples, rate, name, random), rate)
            cepstra, weights = front_end.cepstra(log_mel), front_end.frame_weights(harmonicity)
            middle = len(active) // 2
            for half, frames in enumerate((active, active[:middle], active[middle:])):
                vectors = voice_vectors(cepstra[frames], weights[frames], mixture, projection)
                yield number, (source, name), half, weights[frames].sum() / 100, vectors


def spreads(rows, kind):
    """Mean, and covariances between people, channels, occasions (one person, other channel) and moments of 1 s."""
    whole = [(person, group, vectors[kind]) for person, group, half, _, vectors in rows if half == 0]
    groups = defaultdict(list)
    for _, group, vector in whole:
        groups[group].append(vector)
    centres = {group: np.mean(vectors, 0) for group, vectors in groups.items()}
    people = defaultdict(list)
    for person, group, vector in whole:
        people[person].append(vector - centres[group])
    own = [np.array(vectors) for vectors in people.values()]
    sources = len({group[0] for group in groups})
    between = sum(np.outer(v.mean(0), v.mean(0)) for v in own) / (len(own) - sources)
    occasion = sum((v - v.mean(0)).T @ (v - v.mean(0)) / max(len(v) - 1, 1) for v in own) / len(own)
    large = np.array([centres[group] for group in groups if len(groups[group]) >= LEAST_GROUP])
    halves = defaultdict(list)
    for person, group, half, seconds, vectors in rows:
        if half:
            halves[person, group].append((seconds, vectors[kind]))
    differences = np.array([pair[0][1] - pair[1][1] for pair in halves.values()])
    seconds = np.mean([part[0] for pair in halves.values() for part in pair])
    moment = differences.T @ differences / len(differences) / 2 * seconds
    covariances = {"people": between, "channel": np.cov(large.T), "occasion": occasion, "moment": moment}
    for name, share in SHRINKAGE.items():
        covariances[name] = (1 - share) * covariances[name] + share * np.diag(np.diag(covariances[name]))
    return [large.mean(0)] + [covariances[name] for name in SHRINKAGE]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--voices", type=pathlib.Path, required=True, help="folder with one sound file per person")
    arguments.add_argument("--tables", type=pathlib.Path, required=True, help="folder of the tables")
    options = arguments.parse_args()
    for rate in (8000, 16000):
        mixture, projection = prior_table(options.tables, rate)
        rows = list(heard(options.voices, rate, mixture, projection))
        parts = [np.array([2026, AXES])] + spreads(rows, 0) + spreads(rows, 1)
        data = np.concatenate([part.ravel() for part in parts]).astype("<f4").tobytes()
        target = options.tables / f"voice-model-{rate // 1000}kHz.bin"
        partial = target.with_suffix(".partial")
        partial.write_bytes(data)
        partial.replace(target)
        print(hashlib.sha256(data).hexdigest(), target)


if __name__ == "__main__":
    main()
