#!/usr/bin/env python3
"""Checks the recipe: a scheduler and two workers, one of which is killed; the results are those of one plain run.

    python check_twoway_on_dask.py PROGRAM FOLDER-OF-FIXTURES
"""
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
COUNT = 40
SECONDS = 120
RATE = 8000


def make_recordings(fixtures, folder):
    """Pieces of the µ-law fixtures, and one file that is no recording."""
    sounds = []
    for name in ("one-sided", "late-pitch", "two-way"):
        data = (fixtures / f"{name}.wav").read_bytes()
        sounds.append(data[data.index(b"data") + 8:])
    folder.mkdir()
    for number in range(COUNT):
        sound = sounds[number % len(sounds)]
        start = number * 3001 % (len(sound) - SECONDS * RATE)
        data = sound[start:start + SECONDS * RATE]
        header = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack(
            "<IHHIIHH", 16, 7, 1, RATE, RATE, 1, 8) + b"data" + struct.pack("<I", len(data))
        (folder / f"meeting {number}.wav").write_bytes(header + data)
    (folder / "bad.wav").write_text("not a recording")


def contents(folder):
    """All files below a folder with their bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def notes(folder):
    """How many recordings are done."""
    return sum(1 for _ in folder.rglob(".twoway-record.json"))


def main():
    program, fixtures = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        recordings, plain, spread = scratch / "recordings", scratch / "plain", scratch / "spread"
        make_recordings(fixtures, recordings)
        command = [str(program), "batch", str(recordings), "--quiet", "--output"]
        assert subprocess.run(command + [str(plain)], stderr=subprocess.DEVNULL).returncode == 1
        address = scratch / "scheduler.json"
        # Each worker has one slot and no nanny that would start it again.
        servers = [subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard",
             "--scheduler-file", str(address)], stderr=subprocess.DEVNULL)]
        try:
            for _ in range(2):
                servers.append(subprocess.Popen(
                    [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(address),
                     "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(scratch / "dask")],
                    stderr=subprocess.DEVNULL))
            log = open(scratch / "log", "w+")
            driver = subprocess.Popen(
                [sys.executable, str(HERE / "twoway_on_dask.py"), str(recordings), "--output", str(spread),
                 "--program", str(program), "--scheduler-file", str(address), "--parts", "10", "--", "--jobs", "1"],
                stderr=log)
            while notes(spread) < 5 and driver.poll() is None:
                time.sleep(0.01)
            at_kill = notes(spread)
            servers[1].send_signal(signal.SIGKILL)
            code = driver.wait(timeout=300)
            log.seek(0)
            messages = log.read()
            assert code == 1, f"the driver ended with {code}: {messages}"
            assert at_kill < COUNT, "the worker was killed too late to matter"
            assert servers[2].poll() is None, "the other worker has to be alive"
            assert messages.count("is done,") == 10, messages
            assert f"{COUNT + 1} recordings: 0 analysed, {COUNT} done before, 1 failed" in messages, messages
            assert contents(plain) == contents(spread), "the results differ from those of one plain run"
            print(f"killed a worker when {at_kill} of {COUNT} recordings were done: results are identical")
        finally:
            for server in servers:
                if server.poll() is None:
                    os.kill(server.pid, signal.SIGKILL)
                server.wait()


if __name__ == "__main__":
    main()
