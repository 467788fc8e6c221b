#!/usr/bin/env python3
"""Learns the overlap score: how much each of seven features speaks for two people at once.

    python3 train_overlap_score.py --voices FOLDER --score Sources/Diarization/OverlapScore.swift

The conversations are made up from the voices in FOLDER (see train_speaker_prior.py); none of the recordings the program
is judged by is used. Rewrites the numbers in OverlapScore.swift. Needs numpy, scipy and soundfile; about a minute.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # sums in one fixed order

import argparse
import pathlib
import re

import numpy as np
import scipy.ndimage

import conversations
import logistic_regression
import overlap

TERMS = "gain gainLong otherFits level harmonicity fit fitOfBoth".split()
FIRST_NUMBER = 10_000  # other conversations than the voice score is learnt on
SECONDS = 120
RATES = (8000, 16000)
STEP = 2  # frames
LEAST_SPEECH = 1200  # frames of each person
COLLAR = 25  # frames around a boundary that are not learnt from
PENALTY = 1e-4  # ridge of the logistic regression, per frame


def runs_of(speaks):
    """Length of the run that each place of `speaks` belongs to, 0 outside."""
    labels, count = scipy.ndimage.label(speaks)
    return np.concatenate([[0], scipy.ndimage.sum(speaks, labels, np.arange(1, count + 1))])[labels]


def frames(folder, count):
    """Features and reference of every second frame of `count` conversations at each rate."""
    numbers = range(FIRST_NUMBER, FIRST_NUMBER + count)
    for log_mel, harmonicity, speaks in conversations.frames(folder, RATES, numbers, SECONDS):
        # Where both speak a segmentation gives the speech to whoever holds the floor.
        person = np.where(runs_of(speaks[0]) >= runs_of(speaks[1]), 0, 1)
        person[~speaks.any(0)] = -1
        if min((person == 0).sum(), (person == 1).sum()) < LEAST_SPEECH:
            continue
        edges = (np.diff(speaks.astype(int), axis=1, prepend=0) != 0).any(0)
        learnt = (person >= 0) & ~scipy.ndimage.binary_dilation(edges, np.ones(2 * COLLAR + 1))
        values = overlap.features(log_mel, harmonicity, person, STEP)
        yield values[learnt[::STEP]], speaks.all(0)[::STEP][learnt[::STEP]]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--voices", type=pathlib.Path, required=True, help="folder with one sound file per person")
    arguments.add_argument("--score", type=pathlib.Path, required=True, help="OverlapScore.swift, rewritten in place")
    arguments.add_argument("--count", type=int, default=60, help="conversations at each rate (60)")
    options = arguments.parse_args()
    values, truth = (np.concatenate(part) for part in zip(*frames(options.voices, options.count)))
    bias, weights = logistic_regression.fit(values, truth, PENALTY)
    text = options.score.read_text()
    for name, number in zip(["bias", *TERMS], [bias, *weights]):
        text, found = re.subn(rf"(static let {name}: Float = )[-\d.e]+", lambda m: m[1] + f"{number:.6g}", text)
        assert found == 1, name
    options.score.write_text(text)
    print(f"{len(truth)} frames, {100 * truth.mean():.1f} % of two people")


main()
