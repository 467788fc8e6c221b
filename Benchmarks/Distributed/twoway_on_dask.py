#!/usr/bin/env python3
"""Spreads `twoway batch` over the workers of a Dask cluster; see README.md.

    python twoway_on_dask.py FOLDER --output DIR --scheduler tcp://host:8786 [-- options of twoway batch]

Every worker runs the program on one part of the recordings after the other; the last run, on this machine, finds all
of them done and writes the summaries. A part whose worker dies is given to another one, which keeps what is there.
"""
import argparse
import subprocess
import sys
import time

from distributed import Client, as_completed

# Parts per worker: many enough that a slow or dead worker leaves little to the others.
PARTS_PER_WORKER = 8
# How often a part is tried again when the program itself fails, for example for a disk that was away.
RETRIES = 2
# Seconds for which the last run waits for a program whose worker died and which has not ended yet.
PATIENCE = 600
# Exit codes of twoway: all done; done, but some recordings failed. Failures are in the results.
DONE = (0, 1)
OUTPUT_NOT_WRITABLE = 73


def analyse_part(command, number, count):
    """Does one part on the worker that this runs on; returns its number."""
    run = subprocess.run(
        command + ["--part", f"{number}/{count}", "--quiet"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if run.returncode not in DONE:
        raise RuntimeError(f"part {number}/{count} ended with {run.returncode}: {run.stderr.strip()}")
    return number


def finish(command):
    """Writes the summaries, once no program writes any more; returns its exit code."""
    give_up = time.monotonic() + PATIENCE
    while True:
        run = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        held = run.returncode == OUTPUT_NOT_WRITABLE and "is being written by" in run.stderr
        if not held or time.monotonic() > give_up:
            sys.stderr.write(run.stderr)
            return run.returncode
        time.sleep(1)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n")[0], epilog="What follows after -- goes to twoway batch.")
    parser.add_argument("folder", help="the recordings, by a path that is the same on all machines")
    parser.add_argument("--output", required=True, help="the results, by a path that is the same on all machines")
    parser.add_argument("--scheduler", help="address of the scheduler")
    parser.add_argument("--scheduler-file", help="file with the address of the scheduler")
    parser.add_argument("--program", default="twoway", help="the program, as the workers find it")
    parser.add_argument("--parts", type=int, help="how many parts to make")
    words = sys.argv[1:]
    split = words.index("--") if "--" in words else len(words)
    arguments, options = parser.parse_args(words[:split]), words[split + 1:]
    command = [arguments.program, "batch", arguments.folder, "--output", arguments.output] + options
    with Client(arguments.scheduler, scheduler_file=arguments.scheduler_file) as client:
        client.wait_for_workers(1)
        parts = arguments.parts or PARTS_PER_WORKER * len(client.scheduler_info()["workers"])
        futures = [
            client.submit(analyse_part, command, number, parts, retries=RETRIES, pure=False, key=f"part-{number}")
            for number in range(1, parts + 1)
        ]
        for done, future in enumerate(as_completed(futures), 1):
            print(f"part {future.result()} is done, {done} of {parts}", file=sys.stderr)
    sys.exit(finish(command))


if __name__ == "__main__":
    main()
