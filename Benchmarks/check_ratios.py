"""Checks a run of `twoway bench run --format json` (standard input) against wide bounds on ratios.

Absolute times say nothing on a shared machine; a ratio of two things measured in the same rounds does. The bounds are
about twice what was measured when they were set, so that only a real loss breaks them.
"""

import json
import statistics
import sys

# Measures that are added up, what they are divided by, and the greatest ratio. Ten minutes of audio: the search for the
# voices costs the same whatever the length, so shares of it are larger here than in an hour.
BOUNDS = [
    (["stage.frontEnd"], "stage.floorTransform", 4),
    (["stage.decodeWAV"], "stage.floorDecode", 3),
    (["stage.voiceActivity"], "stage.floorTransform", 1.5),
    (["stage.blockStatistics"], "stage.floorTransform", 1.5),
    (["stage.search"], "stage.floorTransform", 25),
    (["stage.diarization", "stage.metrics"], "stage.frontEnd", 15),
    (["whole.mono16k"], "floor", 25),
    (["whole.stereo44k"], "whole.mono16k", 5),
    (["whole.phone8k"], "whole.mono16k", 2.5),
]


def main() -> int:
    measures = {measure["name"]: measure["samples"] for measure in json.load(sys.stdin)["measures"]}
    failed = False
    for names, divisor, bound in BOUNDS:
        sums = [sum(samples) for samples in zip(*(measures[name] for name in names))]
        ratio = statistics.median(over / under for over, under in zip(sums, measures[divisor]))
        print(f"{' + '.join(names):40} / {divisor:22} {ratio:6.2f}  at most {bound}")
        failed = failed or ratio > bound
    if failed:
        print("A ratio is out of bounds: run `make bench` before and after the change.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
