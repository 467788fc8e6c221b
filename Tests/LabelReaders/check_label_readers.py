#!/usr/bin/env python3
"""Checks label files against the programs that others use.

1. Files that `twoway convert` writes are read by the reader of each format, and hold what they should.
2. Files that the writer of each format writes are read by `twoway convert`, and hold what they should.

usage: check_label_readers.py PROGRAM    (set up by `make label-readers`)
"""

import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import parselmouth
import praatio.textgrid
import pympi
import srt
import textgrid
import webvtt
from pyannote.core import Annotation, Segment, Timeline
from pyannote.database.util import load_rttm, load_uem

MEETINGS = 12
NAMES = [("Ann", "Ben"), ("Zoë O'Neil", 'Bob "B" <x> & Co'), ("שרה", "🎈 Tom"), ("SPEAKER_00", "SPEAKER_01")]
HALF_A_MILLISECOND = 0.0005 + 1e-9


def meeting(seed, names):
    """Turns, pauses and overlaps between people, never within one; whole milliseconds, seconds in the result."""
    draw = random.Random(seed)
    segments, free = [], {name: 0 for name in names}
    position = draw.randrange(3000)
    for _ in range(draw.randrange(4, 80)):
        name = draw.choice(names)
        start = max(position + draw.randrange(-1500, 2500), free[name] + 1, 0)
        end = start + draw.randrange(50, 9000)
        segments.append((start / 1000, end / 1000, name))
        free[name] = position = end
    return sorted(segments)


def union(segments):
    """Per name the stretches of speech, touching ones joined: what all metrics rest on."""
    joined = {}
    for start, end, name in sorted(segments):
        spans = joined.setdefault(name, [])
        if spans and start <= spans[-1][1] + 1e-6:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    return joined


def same(found, wanted, what):
    """Fails unless both hold the same speech of the same people to half a millisecond."""
    found, wanted = union(found), union(wanted)
    assert sorted(found) == sorted(wanted), f"{what}: {sorted(found)} instead of {sorted(wanted)}"
    for name, spans in wanted.items():
        assert len(found[name]) == len(spans), f"{what}: {name} has {len(found[name])} stretches, not {len(spans)}"
        for left, right in zip(found[name], spans):
            for one, other in zip(left, right):
                assert abs(one - other) <= HALF_A_MILLISECOND, f"{what}: {name} at {one} instead of {other}"


class Program:
    """The built program."""

    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def write(self, segments, kind):
        """Lets it write segments as a file of `kind`."""
        source = self.folder / "talk.json"
        rows = [{"start": start, "end": end, "speaker": name} for start, end, name in segments]
        source.write_text(json.dumps({"recording": {"name": "talk", "duration": None}, "segments": rows}))
        target = self.folder / f"talk.{kind}"
        subprocess.run([self.path, "convert", source, "--format", kind, "--output", target], check=True)
        return str(target)

    def read(self, path):
        """Lets it read a file whose name says nothing about its format."""
        plain = self.folder / "plain.txt"
        plain.write_bytes(pathlib.Path(path).read_bytes())
        run = subprocess.run([self.path, "convert", plain, "--format", "json"], capture_output=True)
        assert run.returncode == 0, run.stderr.decode() + plain.read_text(encoding="utf-8", errors="replace")[:900]
        document = json.loads(run.stdout)
        return [(row["start"], row["end"], row["speaker"]) for row in document["segments"]]


def annotation(segments):
    labels = Annotation(uri="talk")
    for index, (start, end, name) in enumerate(segments):
        labels[Segment(start, end), index] = name
    return labels


def rttm_read(path):
    return [(s.start, s.end, name) for s, _, name in load_rttm(path)["talk"].itertracks(yield_label=True)]


def rttm_write(segments, path):
    with open(path, "w") as file:
        annotation(segments).write_rttm(file)


def praatio_read(path):
    grid = praatio.textgrid.openTextgrid(path, includeEmptyIntervals=False)
    return [(e.start, e.end, name) for name in grid.tierNames for e in grid.getTier(name).entries]


def praatio_write(segments, path, kind="short_textgrid"):
    end = max(end for _, end, _ in segments)
    grid = praatio.textgrid.Textgrid(0, end)
    for name in sorted({name for _, _, name in segments}):
        entries = [(start, end, "words") for start, end, who in segments if who == name]
        grid.addTier(praatio.textgrid.IntervalTier(name, entries, 0, end))
    grid.save(path, format=kind, includeBlankSpaces=True)


def textgrid_read(path):
    grid = textgrid.TextGrid.fromFile(path)
    # It leaves the doubled quotes of tier names as they are, unlike Praat.
    return [(i.minTime, i.maxTime, tier.name.replace('""', '"')) for tier in grid.tiers for i in tier if i.mark]


def textgrid_write(segments, path):
    grid = textgrid.TextGrid(maxTime=max(end for _, end, _ in segments))
    for name in sorted({name for _, _, name in segments}):
        # It does not double the quotes in tier names, which makes files that Praat cannot read.
        tier = textgrid.IntervalTier(name=name.replace('"', '""'), maxTime=grid.maxTime)
        for start, end, who in segments:
            if who == name:
                tier.add(start, end, "words")
        grid.append(tier)
    grid.write(path)


def praat_read(path):
    """Praat itself."""
    grid = parselmouth.read(path)
    call, found = parselmouth.praat.call, []
    for tier in range(1, call(grid, "Get number of tiers") + 1):
        name = call(grid, "Get tier name", tier)
        for number in range(1, call(grid, "Get number of intervals", tier) + 1):
            if call(grid, "Get label of interval", tier, number):
                start = call(grid, "Get start time of interval", tier, number)
                found.append((start, call(grid, "Get end time of interval", tier, number), name))
    return found


def praat_write(command):
    def write(segments, path):
        call, end = parselmouth.praat.call, max(end for _, end, _ in segments)
        names = sorted({name for _, _, name in segments})
        grid = call("Create TextGrid", 0, end, " ".join(f"t{i}" for i in range(len(names))), "")
        for tier, name in enumerate(names, 1):
            call(grid, "Set tier name", tier, name)
            own = [(start, stop) for start, stop, who in segments if who == name]
            for moment in sorted({t for span in own for t in span} - {0, end}):
                call(grid, "Insert boundary", tier, moment)
            for start, stop in own:
                number = call(grid, "Get interval at time", tier, (start + stop) / 2)
                call(grid, "Set interval text", tier, number, 'say "yes"')
        call(grid, command, path)

    return write


def eaf_read(path):
    eaf = pympi.Elan.Eaf(path)
    return [
        (start / 1000, end / 1000, tier)
        for tier in eaf.get_tier_names()
        for start, end, _ in eaf.get_annotation_data_for_tier(tier)
    ]


def eaf_write(segments, path):
    eaf = pympi.Elan.Eaf(author="x")
    for name in sorted({name for _, _, name in segments}):
        eaf.add_tier(name)
    for start, end, name in segments:
        eaf.add_annotation(name, round(start * 1000), round(end * 1000), "words")
    eaf.to_file(path)


def vtt_read(path):
    names = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
    found = []
    for caption in webvtt.read(path):
        name = caption.voice
        for escape, plain in reversed(list(names.items())):
            name = name.replace(escape, plain)
        found.append((seconds(caption.start), seconds(caption.end), name))
    return found


def seconds(clock):
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def stamp(seconds):
    whole = round(seconds * 1000)
    return f"{whole // 3600000:02}:{whole // 60000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"


def vtt_write(segments, path):
    file = webvtt.WebVTT()
    for start, end, name in segments:
        name = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        file.captions.append(webvtt.Caption(stamp(start), stamp(end), f"<v {name}>some words"))
    file.save(path)


def srt_read(path):
    cues = list(srt.parse(pathlib.Path(path).read_text(encoding="utf-8")))
    assert [cue.index for cue in cues] == list(range(1, len(cues) + 1)), "SRT: the numbers"
    for one, other in zip(cues, cues[1:]):
        assert one.end <= other.start, "SRT: captions overlap"
    return [
        (cue.start.total_seconds(), cue.end.total_seconds(), line[:-1])
        for cue in cues
        for line in cue.content.split("\n")
    ]


def srt_write(segments, path):
    cues = [
        srt.Subtitle(
            number, datetime.timedelta(seconds=start), datetime.timedelta(seconds=end), f"{name}: some words"
        )
        for number, (start, end, name) in enumerate(segments, 1)
    ]
    pathlib.Path(path).write_text(srt.compose(cues), encoding="utf-8")


def empty_grid(program):
    """Praat takes the grid of a recording in which nobody speaks."""
    source = program.folder / "nobody.json"
    source.write_text('{"recording": {"name": "x", "duration": null}, "segments": []}')
    target = program.folder / "nobody.TextGrid"
    subprocess.run([program.path, "convert", source, "--output", target], check=True)
    assert praat_read(str(target)) == [], "the empty grid"


def uem_round_trip(program, segments):
    """pyannote reads our regions, and we read those of pyannote."""
    regions = load_uem(program.write(segments, "uem"))["talk"]
    assert abs(regions.extent().end - max(end for _, end, _ in segments)) < HALF_A_MILLISECOND, "UEM: the end"
    path = program.folder / "pyannote.uem"
    with open(path, "w") as file:
        Timeline([Segment(0, 10), Segment(20.5, 30.25)], uri="talk").write_uem(file)
    run = subprocess.run(
        [program.path, "convert", path, "--format", "uem"], check=True, capture_output=True, text=True
    )
    assert run.stdout == "talk 1 0.000 10.000\ntalk 1 20.500 30.250\n", f"UEM: {run.stdout}"


READERS = [
    ("pyannote", "rttm", rttm_read),
    ("praatio", "textgrid", praatio_read),
    ("textgrid", "textgrid", textgrid_read),
    ("Praat", "textgrid", praat_read),
    ("pympi", "eaf", eaf_read),
    ("webvtt-py", "vtt", vtt_read),
    ("srt", "srt", srt_read),
]
WRITERS = [
    ("pyannote", rttm_write),
    ("praatio short", praatio_write),
    ("praatio long", lambda segments, path: praatio_write(segments, path, "long_textgrid")),
    ("textgrid", textgrid_write),
    ("Praat long", praat_write("Save as text file")),
    ("Praat short", praat_write("Save as short text file")),
    ("Praat chronological", praat_write("Save as chronological text file")),
    ("pympi", eaf_write),
    ("webvtt-py", vtt_write),
    ("srt", srt_write),
]


def main():
    with tempfile.TemporaryDirectory() as name:
        program = Program(sys.argv[1], pathlib.Path(name))
        for seed in range(MEETINGS):
            names = NAMES[seed % len(NAMES)]
            segments = meeting(seed, names)
            for reader, kind, read in READERS:
                wanted = segments
                if kind == "rttm":
                    wanted = [(start, end, name.replace(" ", "_")) for start, end, name in segments]
                same(read(program.write(segments, kind)), wanted, f"{reader} reads our {kind} {seed}")
            for writer, write in WRITERS:
                # pyannote refuses blanks in names.
                wanted = segments
                if writer == "pyannote":
                    wanted = [(start, end, name.replace(" ", "_")) for start, end, name in segments]
                endings = {"webvtt-py": ".vtt", "srt": ".srt", "pympi": ".eaf", "pyannote": ".rttm"}
                path = str(program.folder / "other") + endings.get(writer, ".TextGrid")
                pathlib.Path(path).unlink(missing_ok=True)
                write(wanted, path)
                same(program.read(path), wanted, f"we read {writer} {seed}")
            uem_round_trip(program, segments)
        empty_grid(program)
    print(f"{MEETINGS} meetings: read by {len(READERS) + 1} readers, written by {len(WRITERS) + 1} writers")


if __name__ == "__main__":
    main()
