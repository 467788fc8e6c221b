#!/usr/bin/env python3
"""Learns the tables of the speaker prior from recordings of single voices.

    python3 train_speaker_prior.py --voices FOLDER --output Sources/Diarization/Resources

FOLDER holds one sound file per person and an index.csv with the columns `file` and `source`. The same voices give the
same bytes on the same machine. Needs numpy, scipy and soundfile; about ten minutes on one core.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # sums in one fixed order

import argparse
import hashlib
import pathlib
from collections import defaultdict

import numpy as np
import scipy.signal

import augmentation
import front_end
from voices import SPEECH_LEVEL, voices

COMPONENTS = 32
AXES = 30
PRINCIPAL_AXES = 60
SEGMENT_WEIGHT = 120.0  # weighted frames of a segment: about 1.5 s of speech
RELEVANCE = 4.0  # pseudo-frames of a component's mean (Reynolds 2000)
LEAST_POSTERIOR = 1e-3
LEAST_LEVEL = -17.0  # mean log-mel power of frames that hold speech, at SPEECH_LEVEL
WITHIN_RIDGE = 0.02  # share of the mean within-speaker variance added to its diagonal
SEGMENTS_PER_SPEAKER = 12.0  # how much within-speaker variance hides in a speaker's mean


def speech_of(folder, rate):
    """For each voice and speed: who, which source, under which condition, cepstra and weights of its frames."""
    for number, source, samples in voices(folder, rate):
        for speed, (up, down) in enumerate(augmentation.SPEEDS):
            voice_at_speed = samples if up == down else scipy.signal.resample_poly(samples, up, down)
            active = np.where(front_end.features(voice_at_speed, rate)[0].mean(1) > LEAST_LEVEL)[0]
            if len(active) < 300:
                continue
            for index, name in enumerate(augmentation.CONDITIONS[rate]):
                random = np.random.default_rng([number, speed, index, rate // 1000])
                heard = augmentation.condition(voice_at_speed, rate, name, random)
                log_mel, harmonicity = front_end.features(heard, rate)
                yield {
                    "speaker": (number, speed),
                    "group": (source, name),
                    "cepstra": front_end.cepstra(log_mel[active]),
                    "weights": front_end.frame_weights(harmonicity)[active],
                }


def normalise(recordings):
    """Cepstra relative to mean and deviation of their source and condition, which are also a channel."""
    groups = defaultdict(list)
    for recording in recordings:
        groups[recording["group"]].append(recording)
    for members in groups.values():
        values = np.vstack([member["cepstra"] for member in members])
        weights = np.concatenate([member["weights"] for member in members])
        mean = np.average(values, axis=0, weights=weights)
        deviation = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weights))
        for member in members:
            member["cepstra"] = (member["cepstra"] - mean) / deviation


def log_densities(frames, mixture):
    """Logarithm of weight times density, [frames, components]."""
    weights, means, precisions = mixture
    constant = np.log(weights) + 0.5 * np.log(precisions).sum(1) - 0.5 * means.shape[1] * np.log(2 * np.pi)
    quadratic = (frames**2) @ precisions.T - 2 * frames @ (means * precisions).T + (means**2 * precisions).sum(1)
    return constant - 0.5 * quadratic


def posteriors(frames, mixture):
    logs = log_densities(frames, mixture)
    logs -= logs.max(1, keepdims=True)
    values = np.exp(logs)
    return values / values.sum(1, keepdims=True)


def train_mixture(frames):
    """Diagonal Gaussians by splitting every one in two along its deviations, then expectation and maximisation."""
    variance = frames.var(0)
    floor = 0.05 * variance
    mixture = (np.ones(1), frames.mean(0, keepdims=True), 1 / variance[None])
    while len(mixture[0]) < COMPONENTS:
        weights, means, precisions = mixture
        shift = 0.5 / np.sqrt(precisions)
        mixture = (np.tile(weights / 2, 2), np.vstack([means + shift, means - shift]), np.tile(precisions, (2, 1)))
        for _ in range(8 if len(mixture[0]) == COMPONENTS else 3):
            shares = posteriors(frames, mixture)
            counts = np.maximum(shares.sum(0), 1e-3)
            means = shares.T @ frames / counts[:, None]
            spread = shares.T @ frames**2 / counts[:, None] - means**2
            mixture = (counts / counts.sum(), means, 1 / np.maximum(spread, floor))
    return mixture


def supervectors(recording, mixture):
    """One row of 480 numbers for each full segment of a recording (relevance MAP of the means, whitened)."""
    weights, means, precisions = mixture
    shares = posteriors(recording["cepstra"], mixture)
    shares[shares < LEAST_POSTERIOR] = 0
    shares *= recording["weights"][:, None]
    segment = np.floor(np.cumsum(recording["weights"]) / SEGMENT_WEIGHT).astype(int)
    rows = []
    for number in range(segment.max() + 1):
        inside = segment == number
        counts = shares[inside].sum(0)
        if counts.sum() <= 0.6 * SEGMENT_WEIGHT:
            continue
        first = (shares[inside].T @ recording["cepstra"][inside] - counts[:, None] * means) * np.sqrt(precisions)
        rows.append((np.sqrt(weights)[:, None] * first / (counts[:, None] + RELEVANCE)).ravel())
    return np.array(rows).reshape(-1, COMPONENTS * front_end.CEPSTRA)


def scatter(rows, speakers, groups):
    """Covariance within speakers, and between speakers of one source and condition."""
    size = rows.shape[1]
    within, between = np.zeros((size, size)), np.zeros((size, size))
    within_count = between_count = 0
    for group in sorted(set(groups)):
        in_group = np.array([other == group for other in groups])
        centres = []
        for speaker in sorted({speakers[i] for i in np.where(in_group)[0]}):
            own = rows[in_group & np.array([other == speaker for other in speakers])]
            centres.append(own.mean(0))
            if len(own) > 1:
                within += (own - own.mean(0)).T @ (own - own.mean(0))
                within_count += len(own) - 1
        if len(centres) >= 5:
            centres = np.array(centres) - np.mean(centres, 0)
            between += centres.T @ centres
            between_count += len(centres) - 1
    return within / within_count, between / between_count


def discriminant(rows, speakers, groups):
    """Projection to axes in which the spread within a person is 1, and the spread between people there.

    Linear discriminant analysis of the principal axes; within-class normalisation after Hatch and others 2006.
    """
    rows = rows - rows.mean(0)
    principal = np.linalg.eigh(rows.T @ rows)[1][:, ::-1][:, :PRINCIPAL_AXES]
    within, between = scatter(rows @ principal, speakers, groups)
    within += WITHIN_RIDGE * np.trace(within) / PRINCIPAL_AXES * np.eye(PRINCIPAL_AXES)
    between -= within / SEGMENTS_PER_SPEAKER
    whitening = np.linalg.inv(np.linalg.cholesky(within))
    spread, directions = np.linalg.eigh(whitening @ between @ whitening.T)
    order = np.argsort(-spread)[:AXES]
    return principal @ (whitening.T @ directions[:, order]), np.maximum(spread[order], 1e-3)


def train(folder, rate):
    """All numbers of one table, in the order of the file."""
    recordings = list(speech_of(folder, rate))
    normalise(recordings)
    voiced = np.vstack([r["cepstra"][r["weights"] > 0.5][::3] for r in recordings])
    chosen = np.random.default_rng(0).permutation(len(voiced))[:60000]
    mixture = train_mixture(voiced[chosen])
    rows, speakers, groups = [], [], []
    for recording in recordings:
        segments = supervectors(recording, mixture)
        rows.append(segments)
        speakers += [recording["speaker"]] * len(segments)
        groups += [recording["group"]] * len(segments)
    projection, spread = discriminant(np.vstack(rows), speakers, groups)
    print(f"{rate} Hz: {len(recordings)} recordings, {len(speakers)} segments; spread between people {spread[:5].round(2)}")
    layout = np.array([2026, COMPONENTS, front_end.CEPSTRA, AXES])
    return np.concatenate([part.ravel() for part in (layout, *mixture, projection, spread)]).astype("<f4")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--voices", type=pathlib.Path, required=True, help="folder with one sound file per person")
    arguments.add_argument("--output", type=pathlib.Path, required=True, help="folder for the two tables")
    options = arguments.parse_args()
    for rate in (8000, 16000):
        data = train(options.voices, rate).tobytes()
        target = options.output / f"speaker-prior-{rate // 1000}kHz.bin"
        partial = target.with_suffix(".partial")
        partial.write_bytes(data)
        partial.replace(target)
        print(hashlib.sha256(data).hexdigest(), target)


if __name__ == "__main__":
    main()
