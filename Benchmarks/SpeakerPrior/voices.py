"""The recordings of single voices that everything here is learnt from."""

import csv

import scipy.signal
import soundfile

import augmentation

SPEECH_LEVEL = 0.05


def voices(folder, rate):
    """Number, source and samples of each voice recorded at `rate` or more, at `rate` and all equally loud.

    `folder` holds one sound file per person and an index.csv with the columns `file` and `source`; numbers count its rows
    by file name, those of voices left out too.
    """
    with open(folder / "index.csv", newline="") as table:
        rows = sorted(csv.DictReader(table), key=lambda row: row["file"])
    for number, row in enumerate(rows):
        samples, own_rate = soundfile.read(folder / row["file"], dtype="float64", always_2d=True)
        samples = samples[:, 0]
        if own_rate < rate:
            continue
        if own_rate != rate:
            samples = scipy.signal.resample_poly(samples, 1, own_rate // rate)
        yield number, row["source"], samples / augmentation.speech_level(samples) * SPEECH_LEVEL
