#!/usr/bin/env python3
"""Learns the voice score: how much each of 27 features speaks for speech in a frame.

    python3 train_voice_score.py --voices FOLDER --score Sources/Diarization/VoiceScore.swift

The conversations are made up from the voices in FOLDER (see train_speaker_prior.py); none of the recordings the program
is judged by is used. Rewrites the numbers in VoiceScore.swift. Needs numpy, scipy and soundfile; about four minutes.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # sums in one fixed order

import argparse
import pathlib
import re

import numpy as np

import conversations
import logistic_regression
import voice_activity

SECONDS = 40
RATES = (8000, 16000)
PENALTY = 3e-3  # ridge of the logistic regression, per frame


def frames(folder, count):
    """Features and reference of every frame of `count` conversations at each rate."""
    for log_mel, harmonicity, speaks in conversations.frames(folder, RATES, range(count), SECONDS):
        yield voice_activity.features(log_mel, harmonicity), speaks.any(0)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--voices", type=pathlib.Path, required=True, help="folder with one sound file per person")
    arguments.add_argument("--score", type=pathlib.Path, required=True, help="VoiceScore.swift, rewritten in place")
    arguments.add_argument("--count", type=int, default=150, help="conversations at each rate (150)")
    options = arguments.parse_args()
    values, truth = (np.concatenate(part) for part in zip(*frames(options.voices, options.count)))
    mean, deviation = values.mean(0), values.std(0)
    bias, weights = logistic_regression.fit((values - mean) / deviation, truth, PENALTY)
    text = options.score.read_text()
    text = re.sub(r"bias = [-\d.e]+", f"bias = {bias:.6g}", text, count=1)
    for name, *numbers in zip(voice_activity.TERMS, mean, deviation, weights):
        new = "mean: {:.6g}, deviation: {:.6g}, weight: {:.6g}".format(*numbers)
        pattern = rf"(static let {name} = Term\(\s*)mean: [-\d.e]+, deviation: [-\d.e]+, weight: [-\d.e]+"
        text, found = re.subn(pattern, lambda match: match[1] + new, text)
        assert found == 1, name
    options.score.write_text(text)
    print(f"{len(truth)} frames, {100 * truth.mean():.1f} % speech")


main()
