#!/usr/bin/env python3
"""Follows a played recording on the page of `twoway live --page` in headless Chromium.

    check_live.py CHROMIUM PROGRAM RECORDING FOLDER [PICTURES]

RECORDING is Fixtures/one-sided.wav: 8 kHz, one byte a sample after a header of 58 bytes; speaker B talks nearly all the time.
FOLDER takes a journal and messages; with PICTURES, a name without ending, pictures of the page are kept there.

Looks for what a reader sees at 180 s, when a sign is given, when the recorder stalls, after the end, and after the program
was killed; at 390 and 1280 px, light and dark: quiet console, no request but for the page and its events, no text outside
the window, no finding of axe-core. Prints one line per check; the exit code is 1 if any failed.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

from check_pages import AXE, HIDDEN_TEXT, Checks, wait_until
from playwright.sync_api import sync_playwright

HEADER, RATE = 58, 8_000


class Meeting:
    def __init__(self, program, folder, name, *options):
        self.messages = pathlib.Path(folder, name + ".messages")
        self.output = pathlib.Path(folder, name + ".output")
        environment = dict(os.environ, TWOWAY_JOURNAL=str(pathlib.Path(folder, "journal.sqlite")))
        self.process = subprocess.Popen(
            [program, "live", "-", "--page", *options], stdin=subprocess.PIPE, stdout=self.output.open("w"),
            stderr=self.messages.open("w"), env=environment)
        for _ in range(200):
            found = re.search(r"http://\S+", self.messages.read_text())
            if found:
                break
            time.sleep(0.05)
        self.address = found.group()

    def feed(self, sound, start, end):
        """Plays from `start` to `end` seconds."""
        first = HEADER + RATE * start if start else 0
        self.process.stdin.write(sound[first:HEADER + RATE * end])
        self.process.stdin.flush()

    def close(self):
        self.process.stdin.close()
        return self.process.wait(60)


def open_page(browser, address, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.noise, page.strays = [], []
    page.on("console", lambda message: message.type in ("error", "warning") and page.noise.append(message.text))
    page.on("pageerror", lambda error: page.noise.append(str(error)))
    page.on("request", lambda request: request.url not in (address, address + "events") and page.strays.append(request.url))
    page.goto(address)
    return page


def shows(page, text, seconds=20):
    return wait_until(page, "text => document.body.innerText.replaceAll('\\n', ' ').includes(text)", text, seconds)


def look(page, label, check):
    across = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    check(f"{label}: nothing to scroll sideways", across[0] <= across[1], f"{across[0]} of {across[1]} px")
    faults = page.evaluate(HIDDEN_TEXT)
    check(f"{label}: all text is visible", not faults, "; ".join(faults[:5]))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    check(f"{label}: no accessibility fault", not found,
          "; ".join(f"{v['id']} {v['nodes'][0]['html'][:120]}" for v in found))


def follow(browser, program, sound, folder, pictures, check):
    meeting = Meeting(program, folder, "played", "--me", "B", "--length", "15m", "--format", "json")
    pages = [(f"{width} px, {scheme}", open_page(browser, meeting.address, width, scheme))
             for width in (390, 1280) for scheme in ("light", "dark")]

    def picture(name):
        for label, page in pages if pictures else []:
            page.wait_for_timeout(500)
            page.screenshot(path=f"{pictures}-{name}-{label.replace(' px, ', '-')}.png")

    for label, page in pages:
        page.evaluate(AXE)
        check(f"{label}: waits for sound", shows(page, "Waiting for sound"))
    picture("waiting")
    meeting.feed(sound, 0, 180)
    for label, page in pages:
        check(f"{label}: the time", shows(page, "TWOWAY LIVE 2:59") or shows(page, "TWOWAY LIVE 3:00"),
              page.locator("header").inner_text())
        check(f"{label}: the time left", shows(page, "12:01 left", 1) or shows(page, "12:00 left", 1))
        text = page.locator("#sofar").inner_text()
        shares = [int(share) for share in re.findall(r"(\d+) %", text)]
        check(f"{label}: the shares so far", len(shares) == 2 and sum(shares) in (99, 100, 101) and shares[1] >= 85, text)
        check(f"{label}: whose they are", re.search("The other.*You", text, re.S) is not None, text)
        check(f"{label}: the last five minutes", len(re.findall(r"\d+ %", page.locator("#recent").inner_text())) == 2)
        check(f"{label}: who has the floor", shows(page, "You have the floor, for", 1))
        check(f"{label}: since when the other is silent", shows(page, "The other was last heard ", 1))
        widths = page.eval_on_selector_all("#sofar .split i", "bars => bars.map(bar => bar.style.width)")
        check(f"{label}: the bar is the share", abs(float(widths[1].rstrip("%")) - shares[1]) <= 0.5, str(widths))
        check(f"{label}: no sign yet", not page.locator("#said").is_visible())
        look(page, f"{label}, running", check)
    picture("running")
    meeting.feed(sound, 180, 310)
    for label, page in pages:
        check(f"{label}: the sign", shows(page, "10 minutes left, and the other has not told anything yet."))
        check(f"{label}: signs are read out politely", page.locator("#signs").get_attribute("aria-live") == "polite")
        check(f"{label}: the stalled recorder", shows(page, "Nothing comes from the recorder."))
        look(page, f"{label}, stalled", check)
    picture("stalled")
    late = open_page(browser, meeting.address, 390, "light")
    check("late: whoever comes late sees the sign too", shows(late, "10 minutes left"))
    meeting.process.stdin.write(sound[HEADER + RATE * 310:])
    code = meeting.close()
    check("the meeting ends well", code == 0, f"{code} {meeting.messages.read_text()}")
    report = json.loads(meeting.output.read_text())["metrics"]["talkShare"]
    for label, page in pages + [("late", late)]:
        check(f"{label}: the meeting is over", shows(page, "The meeting is over"))
        text = page.locator("#sofar").inner_text()
        check(f"{label}: the shares of the report", f"{report['A'] * 100:.0f} %" in text and f"{report['B'] * 100:.0f} %" in text,
              text)
        check(f"{label}: nothing is left to wait for", not shows(page, "connection", 0.2))
        if label != "late":
            look(page, f"{label}, over", check)
        check(f"{label}: quiet console", not page.noise, "; ".join(page.noise)[:300])
        check(f"{label}: no request but for the page and its events", not page.strays, "; ".join(page.strays)[:300])
    picture("over")


def cut_off(browser, program, sound, folder, pictures, check):
    meeting = Meeting(program, folder, "killed")
    page = open_page(browser, meeting.address, 390, "light")
    meeting.feed(sound, 0, 60)
    check("killed: who it is, where nobody said", shows(page, "Speaker B has the floor"))
    meeting.process.send_signal(signal.SIGKILL)
    check("killed: the connection is lost", shows(page, "The connection is lost"))
    if pictures:
        page.screenshot(path=f"{pictures}-lost.png")


def main(chromium, program, recording, folder, pictures=None):
    check = Checks()
    sound = pathlib.Path(recording).read_bytes()
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        follow(browser, program, sound, folder, pictures, check)
        cut_off(browser, program, sound, folder, pictures, check)
        browser.close()
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
