#!/usr/bin/env python3
"""The whole of the rough treatment with one seed: fuzzing, damaged recordings and labels, kills, faults, a day-long file.

    soak.py --program .build/release/twoway --fuzz .build-fuzz/release/Fuzz --seed 1 [--scale 1]

At scale 1: 5 million fuzz executions, 1,000 damaged variants of each audio format, 300 kills of writers of a journal.
Ends with 1 if anything crashed, hung or was lost. Standard library only.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import recordings

# Executions of each target of the fuzzer at scale 1, 5 million in all. Most go to the quick ones, eight thousand a second;
# the others take a thousand to four thousand, the less the larger the inputs that they have found.
EXECUTIONS = {
    "rttm": 1_500_000, "uem": 1_500_000, "decode": 450_000, "audacity": 450_000, "textgrid": 450_000, "eaf": 70_000,
    "json": 70_000, "csv": 70_000, "vtt": 70_000, "srt": 70_000, "transcript": 70_000, "labels": 70_000,
    "journalLines": 70_000, "journalTable": 70_000, "options": 60_000,
}
VARIANTS = 1000
KILLS = 300
PATIENCE = 60  # seconds until a run counts as hung
# The same for one input of the fuzzer, which takes less than a millisecond. It counts waiting for a processor too, and at
# the lowest priority on a busy machine that was seen to be 20 s.
FUZZ_PATIENCE = 300
# Done, nothing usable, usage, damaged, unreadable, unwritable.
EXPECTED = {0, 1, 2, 64, 65, 66, 73}


PARTS = ["fuzz", "damaged_recordings", "damaged_labels", "kills", "faults", "day"]


class Soak:
    def __init__(self, options):
        self.program = str(Path(options.program).resolve())
        self.fuzzer = str(Path(options.fuzz).resolve()) if options.fuzz else None
        self.seed, self.scale = options.seed, options.scale
        self.folder = Path(tempfile.mkdtemp(prefix="twoway-soak-"))
        self.findings = Path(options.findings)
        self.parts = options.only or PARTS
        self.targets = options.targets or list(EXECUTIONS)
        self.formats = options.formats
        self.root = Path(__file__).resolve().parents[2]
        self.counts = Counter()
        self.executions = Counter()
        self.problems = []

    def generator(self, name):
        """Each part draws its own numbers, so that it is the same whether or not the others run."""
        return random.Random(f"{self.seed}-{name}")

    def scaled(self, number):
        return max(1, int(number * self.scale))

    # Running the program

    def problem(self, kind, words):
        self.counts[kind] += 1
        self.problems.append(f"{kind}: {words}")
        print("  " + self.problems[-1], flush=True)

    def judge(self, code, what, allowed=EXPECTED):
        if code is None:
            self.problem("hangs", what)
        elif code not in allowed:
            self.problem("crashes", f"{what} ended with {code}")

    def run(self, words, what, allowed=EXPECTED, **options):
        self.counts["inputs tried"] += 1
        try:
            done = subprocess.run(
                [self.program] + words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                timeout=PATIENCE, check=False, **options)
        except subprocess.TimeoutExpired:
            self.judge(None, what)
            return None
        self.judge(done.returncode, what, allowed)
        if done.returncode not in (0, 2) and done.returncode in allowed and done.stderr.strip() == b"":
            self.problem("crashes", f"{what} ended with {done.returncode} and said nothing")
        return done

    # Parts

    def fuzz(self):
        if not self.fuzzer:
            print("no fuzzer was given: left out")
            return
        seeds = self.seeds()
        for target in self.targets:
            runs = self.scaled(EXECUTIONS[target])
            corpus = self.folder / f"corpus-{target}"
            corpus.mkdir()
            known = self.root / "Tests/Fuzzing/Findings" / target
            places = [str(place) for place in (corpus, seeds / target, known) if place.is_dir()]
            self.findings.mkdir(parents=True, exist_ok=True)
            start = time.monotonic()
            done = subprocess.run(
                ["nice", "-n", "19", self.fuzzer, f"-seed={self.seed}", f"-runs={runs}", f"-timeout={FUZZ_PATIENCE}",
                 "-rss_limit_mb=3000", "-max_len=8192", "-verbosity=1", "-print_final_stats=1",
                 f"-artifact_prefix={self.findings}/{target}-"] + places,
                # Swift's own report of a crash comes before libFuzzer's, which would then keep no input.
                env=os.environ | {"FUZZ_TARGET": target, "SWIFT_BACKTRACE": "enable=no"}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
            words = done.stderr.decode(errors="replace")
            found = re.search(r"stat::number_of_executed_units:\s*(\d+)", words)
            self.executions[target] = int(found.group(1)) if found else 0
            print(f"  {target}: {self.executions[target]:,} executions in {time.monotonic() - start:.0f} s", flush=True)
            if done.returncode != 0:
                kind = "hangs" if "ERROR: libFuzzer: timeout" in words else "crashes"
                said = [line for line in words.splitlines() if re.search(r"ERROR|Fatal error|Test unit written|#\d+ .* in \$s", line)]
                self.problem(kind, f"fuzzing {target}: " + " / ".join(said[:12])[-1500:])

    def seeds(self):
        """Whole files of every format to start from, made by the program itself."""
        seeds = self.folder / "seeds"
        for target in EXECUTIONS:
            (seeds / target).mkdir(parents=True)
        small = self.folder / "small.rttm"
        lines = (self.root / "Fixtures/two-way.rttm").read_text().splitlines()[:6]
        small.write_text("\n".join(lines) + "\n")
        for target in ("rttm", "uem", "audacity", "textgrid", "eaf", "vtt", "srt", "csv", "json"):
            text = subprocess.run(
                [self.program, "convert", str(small), "--format", target], stdout=subprocess.PIPE, check=True).stdout
            (seeds / target / "whole").write_bytes(text)
            (seeds / "labels" / target).write_bytes(text)
        transcript = b"Dana Smith  0:03  \nHi, see you at 10:30\n\nTheo  0:09  \nYes.\n\n[0:12] Dana: Bye\n"
        (seeds / "transcript/whole").write_bytes(transcript)
        (seeds / "labels/transcript").write_bytes(transcript)
        journal = self.folder / "seed.sqlite"
        meetings = self.root / "seeds/meetings.jsonl"
        for number, line in enumerate(meetings.read_bytes().splitlines()):
            (seeds / f"journalLines/{number}").write_bytes(line)
        subprocess.run(
            [self.program, "journal", "import", str(meetings), "--journal", str(journal)], check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        table = subprocess.run(
            [self.program, "journal", "export", "--format", "csv", "--journal", str(journal)], check=False,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        (seeds / "journalTable/whole").write_bytes(table or b"date,person.name,lengthMinutes\n2026-01-02,Dana,30\n")
        for number, words in enumerate([
            "me=0:00-2:30", "them=a cup of tea", "me,article,due=2026-12-01,the railway signs", "never", "2026-02-28",
            "A=Dana,B=Me", "--block\nme=0:00-2:30\n--follow-up\nthem,article,unasked,a thing\n--feeling\n7",
        ]):
            (seeds / f"options/{number}").write_text(words)
        (self.folder / "whole").mkdir(exist_ok=True)
        for path in recordings.make(self.folder / "whole", seconds=0.3):
            if path.suffix[1:] in recordings.FORMATS:
                shutil.copy(path, seeds / "decode" / path.name)
        return seeds

    def damaged_recordings(self):
        folder = self.folder / "recordings"
        folder.mkdir()
        for whole in recordings.make(folder):
            name = whole.name.removeprefix("whole.")
            if self.formats and name not in self.formats:
                continue
            draw = self.generator(f"recordings-{name}")
            data = whole.read_bytes()
            codes = Counter()
            for number in range(self.scaled(VARIANTS)):
                path = folder / f"damaged.{name}"
                path.write_bytes(damage(data, draw))
                done = self.run(
                    ["analyze", str(path), "--format", "json", "--max-duration", "3600"], f"{name} variant {number}")
                codes[done.returncode if done else None] += 1
                if done and done.returncode in (0, 2) and not is_json(done.stdout):
                    self.problem("crashes", f"{name} variant {number} gave no JSON")
            print(f"  {name}: {sum(codes.values())} variants, exit codes {dict(sorted(codes.items(), key=str))}", flush=True)
            self.counts["damaged recordings"] += sum(codes.values())

    def damaged_labels(self):
        draw = self.generator("labels")
        wholes = sorted((self.folder / "seeds/labels").glob("*")) or sorted((self.seeds() / "labels").glob("*"))
        for number in range(self.scaled(500)):
            whole = draw.choice(wholes)
            path = self.folder / "damaged-labels.txt"
            path.write_bytes(damage(whole.read_bytes(), draw))
            self.run(["metrics", str(path), "--format", "json"], f"labels {number}")
            self.counts["damaged labels"] += 1
        lines = (self.root / "seeds/meetings.jsonl").read_bytes()
        for number in range(self.scaled(300)):
            path = self.folder / "damaged.jsonl"
            path.write_bytes(damage(lines, draw))
            journal = self.folder / f"import-{number % 20}.sqlite"
            self.run(["journal", "import", str(path), "--journal", str(journal)], f"import {number}")
            self.counts["damaged imports"] += 1

    def kills(self):
        """Kills writers of a journal at random moments; what was confirmed must be there, imports whole or not at all."""
        draw = self.generator("kills")
        journal = self.folder / "killed.sqlite"
        confirmed, groups, killed, number = [], [], 0, 0
        typical = 0.05
        while killed < self.scaled(KILLS):
            number += 1
            ids = [f"m{number}-{part}" for part in range(20 if number % 3 == 0 else 1)]
            path = self.folder / "killed.jsonl"
            path.write_text("".join(entry(key, draw) for key in ids))
            start = time.monotonic()
            process = subprocess.Popen(
                [self.program, "journal", "import", str(path), "--journal", str(journal)], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            groups.append(ids)
            if number % 8 != 1:
                time.sleep(typical * draw.uniform(0.1, 1))
                process.kill()
            try:
                code = process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                self.judge(None, f"import {number}")
                continue
            if code == -signal.SIGKILL:
                killed += 1
            elif code == 0:
                confirmed += ids
                if number % 8 == 1:
                    typical = (typical + time.monotonic() - start) / 2
            else:
                self.problem("crashes", f"import {number} ended with {code}")
        self.counts["faults injected"] += killed
        self.counts["kills of writers"] += killed
        database = sqlite3.connect(journal)
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            self.problem("lost entries", "the journal is damaged")
        found = {row[0] for row in database.execute("SELECT id FROM meeting")}
        database.close()
        for key in set(confirmed) - found:
            self.problem("lost entries", key)
        for ids in groups:
            if 0 < len(found & set(ids)) < len(ids):
                self.problem("lost entries", f"half an import: {ids[0]}")
        print(f"  {killed} writers killed, {len(confirmed)} entries confirmed, {len(found)} in the journal")

    def faults(self):
        """Signals, cut files, removed folders and closed outputs while a long recording is read."""
        draw = self.generator("faults")
        for number in range(self.scaled(200)):
            folder = self.folder / f"fault-{number}"
            folder.mkdir()
            recording = sparse(folder / "long.wav", 3600)
            (folder / "out").mkdir()
            output = folder / "out/result.json"
            process = subprocess.Popen(
                [self.program, "analyze", str(recording), "--format", "json", "--output", str(output)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            kind = draw.choice(["TERM", "INT", "KILL", "cut", "gone", "removed"])
            time.sleep(draw.uniform(0.005, 0.5))
            if kind in ("TERM", "INT", "KILL"):
                process.send_signal(getattr(signal, "SIG" + kind))
            elif kind == "cut":
                os.truncate(recording, 100_000)
            elif kind == "gone":
                recording.unlink()
            else:
                shutil.rmtree(folder / "out", ignore_errors=True)
            try:
                code = process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                code = None
            allowed = EXPECTED | ({-int(getattr(signal, "SIG" + kind))} if kind in ("TERM", "INT", "KILL") else set())
            self.judge(code, f"fault {number} ({kind})", allowed)
            if output.exists() and not is_json(output.read_bytes()):
                self.problem("crashes", f"fault {number} ({kind}) left half a result")
            left = [path.name for path in (folder / "out").glob("*")] if (folder / "out").exists() else []
            if kind != "KILL" and set(left) - {"result.json"}:
                self.problem("crashes", f"fault {number} ({kind}) left {left}")
            self.counts["faults injected"] += 1
            shutil.rmtree(folder, ignore_errors=True)

    def day(self):
        """Twenty-four hours of zeros in a sparse file."""
        recording = sparse(self.folder / "day.wav", 86_400)
        start = time.monotonic()
        self.counts["inputs tried"] += 1
        process = subprocess.Popen(
            [self.program, "analyze", str(recording), "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.judge(os.waitstatus_to_exitcode(status), "24 hours", {2})
        print(f"  24 hours: {time.monotonic() - start:.0f} s, {usage.ru_maxrss / 1024:.0f} MB")

    def main(self):
        # A shell starts what is in the background with SIGINT ignored, and the program would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        print(f"seed {self.seed}, scale {self.scale}, scratch folder {self.folder}")
        for name in self.parts:
            print(f"{name.replace('_', ' ')} ...", flush=True)
            getattr(self, name)()
        print("\nfuzz executions by target")
        for target, count in self.executions.items():
            print(f"  {target:14}{count:>12,}")
        print(f"  {'together':14}{sum(self.executions.values()):>12,}\n")
        order = ["inputs tried", "damaged recordings", "damaged labels", "damaged imports", "faults injected",
                 "kills of writers", "crashes", "hangs", "lost entries"]
        for name in order:
            print(f"{name:24}{self.counts[name]:>8,}")
        shutil.rmtree(self.folder, ignore_errors=True)
        return 1 if self.problems else 0


def damage(data, draw):
    """The bytes with one to four damages, half of them near the start."""
    data = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        if not data:
            break
        place = draw.randrange(min(len(data), 128) if draw.random() < 0.5 else len(data))
        end = min(len(data), place + draw.randint(1, 16))
        kind = draw.randrange(7)
        if kind == 0:
            data[place] ^= 1 << draw.randrange(8)
        elif kind == 1:
            data[place] = draw.choice([0, 0xFF, 0x7F, 0x80])
        elif kind == 2:
            data[place:end] = draw.randbytes(end - place)
        elif kind == 3:
            del data[place:end]
        elif kind == 4:
            data[place:place] = data[place:end]
        elif kind == 5:
            del data[place:]
        else:
            data[place:end] = b"\xff" * (end - place)
    return bytes(data)


def entry(key, draw):
    """A line of a journal."""
    return json.dumps({
        "version": 1, "id": key, "date": "2026-01-02", "person": {"key": "dana", "name": "Dana"}, "lengthMinutes": 45,
        "minutes": {"me": 10, "them": 20}, "note": "x" * draw.randrange(4000)}) + "\n"


def sparse(path, seconds):
    """A WAV of zeros, 8 kHz, 16 bits, that takes no room on disk."""
    size = seconds * 16_000
    little = lambda value, count: value.to_bytes(count, "little")
    path.write_bytes(
        b"RIFF" + little(size + 36, 4) + b"WAVEfmt " + little(16, 4) + little(1, 2) + little(1, 2) + little(8000, 4)
        + little(16_000, 4) + little(2, 2) + little(16, 2) + b"data" + little(size, 4))
    os.truncate(path, 44 + size)
    return path


def is_json(data):
    try:
        json.loads(data)
        return True
    except ValueError:
        return False


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--fuzz", help="the fuzzing program; without it that part is left out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0, help="part of the counts, for a quick look")
    parser.add_argument("--findings", default=".build-fuzz/findings", help="where inputs that break something are kept")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts and no others")
    parser.add_argument("--targets", nargs="+", choices=EXECUTIONS, help="these targets of the fuzzer and no others")
    parser.add_argument(
        "--formats", nargs="+", choices=[*recordings.FORMATS, *recordings.EXTERNAL, *recordings.ASSEMBLED],
        help="damaged recordings of these formats and no others")
    sys.exit(Soak(parser.parse_args()).main())
