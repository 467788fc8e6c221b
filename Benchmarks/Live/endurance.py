#!/usr/bin/env python3
"""Pipes hours of sound through `twoway live` as fast as it takes them, and prints how its memory goes.

    python3 endurance.py PROGRAM HOURS

The sound is the three fixtures one after another, raw at 8 kHz, again and again. Prints resident memory every half
hour of sound, the shares then, and the speed; ends with 1 when memory grew by more than 16 MB after the first hour.
"""

import json
import pathlib
import subprocess
import sys
import threading
import time

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Fixtures"
ALLOWED_GROWTH = 16.0  # MB; the spectra go to a file


def mu_law(byte):
    byte = ~byte & 0xFF
    magnitude = (((byte & 0x0F) << 3) + 0x84 << ((byte & 0x70) >> 4)) - 0x84
    return (-magnitude if byte & 0x80 else magnitude).to_bytes(2, "little", signed=True)


def resident(process):
    for line in open(f"/proc/{process}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main():
    program, hours = sys.argv[1], float(sys.argv[2])
    table = [mu_law(byte) for byte in range(256)]
    sound = b"".join(
        b"".join(table[byte] for byte in (FIXTURES / f"{name}.wav").read_bytes()[58:])
        for name in ("one-sided", "late-pitch", "two-way")
    )
    live = subprocess.Popen(
        [program, "live", "--pcm", "8000", "--json-lines", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def feed():
        left = int(hours * 3600 * 8000) * 2
        while left > 0:
            live.stdin.write(sound[:left])
            left -= len(sound)
        live.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    start, next_report, seen = time.time(), 1800, []
    for line in live.stdout:
        state = json.loads(line)
        if "report" in state:
            report = state["report"]
            print(f"end: {report['recording']['duration']:.0f} s, share of A {report['metrics']['talkShare']['A']:.3f}")
        elif state["time"] >= next_report:
            seen.append((state["time"], resident(live.pid)))
            speed = state["time"] / (time.time() - start)
            print(f"{state['time'] / 3600:4.1f} h {seen[-1][1]:7.1f} MB  {speed:5.0f} x real time  A {state['share']['A']:.3f}", flush=True)
            next_report += 1800
    code = live.wait()
    later = [memory for moment, memory in seen if moment >= 3590]
    growth = max(later) - later[0] if later else 0.0
    print(f"growth after the first hour: {growth:.1f} MB; exit code {code}")
    sys.exit(0 if code == 0 and growth <= ALLOWED_GROWTH else 1)


if __name__ == "__main__":
    main()
