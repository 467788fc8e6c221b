#!/usr/bin/env python3
"""Opens pages of twoway in headless Chromium and looks for whatever would annoy a reader.

    check_pages.py CHROMIUM KIND=PAGE.html ... [RECORDING=FILE]

Every page is opened at 390, 1280 and 1920 px, light and dark: no error on the console, no request but for the page itself,
no text outside the window or cut off, no serious finding of axe-core. KIND says what else is tried:

    plain   nothing else (a page of one meeting without sound, or any other page)
    sound   a click on a turn plays it from its start, the cursor moves, a zoomed picture follows
    file    the same with a local file chosen in the page (RECORDING)
    long    opens fast and scrolls without stutter
    index   sorts and filters

Prints one line per check; the exit code is 1 if any failed.
"""

import json
import pathlib
import sys

import axe_playwright_python
from playwright.sync_api import sync_playwright

WIDTHS = (390, 1280, 1920)
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()

# Every text a reader should see: its box must lie inside the window and inside whatever cuts off its parents.
HIDDEN_TEXT = """() => {
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, title, .unseen, option, [hidden], details:not([open]) > :not(summary)"))
      continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width === 0) continue;
      if (box.left < -1 || box.right > innerWidth + 1) faults.push("outside: " + node.data.trim().slice(0, 40));
    }
    const cutting = parent.closest(".lane-name");
    if (cutting && cutting.scrollWidth > cutting.clientWidth + 1 && node.data.length < 20) faults.push("cut: " + node.data);
    if (parseFloat(getComputedStyle(parent).fontSize) < 12) faults.push("too small: " + node.data.trim().slice(0, 40));
  }
  return faults;
}"""


class Checks:
    def __init__(self):
        self.failed = False

    def __call__(self, name, good, detail=""):
        self.failed |= not good
        print(("ok    " if good else "FAIL  ") + name + (": " + " ".join(detail.split()) if detail else ""), flush=True)


def open_page(browser, path, width, scheme, check):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    address = path.resolve().as_uri()
    page.noise, page.strays = [], []
    page.on("console", lambda message: message.type in ("error", "warning") and page.noise.append(message.text))
    page.on("pageerror", lambda error: page.noise.append(str(error)))
    page.on("request", lambda request: request.url.split("#")[0] != address
            and not request.url.startswith(("blob:", "data:")) and page.strays.append(request.url))
    page.goto(address)
    page.wait_for_timeout(150)
    return page


def close(page, label, check):
    check(f"{label}: quiet console", not page.noise, "; ".join(page.noise)[:300])
    check(f"{label}: no request leaves the page", not page.strays, "; ".join(page.strays)[:300])
    page.context.close()


def look(browser, path, check):
    page = open_page(browser, path, 1280, "light", check)
    page.evaluate(AXE)
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            label = f"{path.name} at {width} px, {scheme}"
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(100)
            across = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            check(f"{label}: nothing to scroll sideways", across[0] <= across[1], f"{across[0]} of {across[1]} px")
            faults = page.evaluate(HIDDEN_TEXT)
            check(f"{label}: all text is visible", not faults, "; ".join(faults[:5]))
            if width == 1920:
                continue  # laid out as at 1280 px, with wider margins
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            serious = [f"{v['id']} {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")]
            check(f"{label}: no serious accessibility fault", not serious, "; ".join(serious)[:500])
            minor = [v["id"] for v in found if v["impact"] not in ("serious", "critical")]
            check(f"{label}: no other accessibility fault", not minor, "; ".join(minor))
    close(page, path.name, check)


MEETING = "JSON.parse(document.getElementById('meeting').textContent)"


def turns_of(page):
    data = page.evaluate(MEETING)
    flat = data["turns"]
    return data, [(flat[i], flat[i + 1], flat[i + 2]) for i in range(0, len(flat), 3)]


def wait_until(page, expression, argument=None, seconds=10):
    """Polls from outside: the page's policy forbids the evaluation of strings inside it."""
    for _ in range(int(seconds * 20)):
        if page.evaluate(expression, argument):
            return True
        page.wait_for_timeout(50)
    return False


def play(browser, path, recording, check):
    label = f"{path.name}, playing"
    page = open_page(browser, path, 1280, "light", check)
    data, turns = turns_of(page)
    if recording:
        check(f"{label}: no play button before a file is chosen", page.locator("#play").is_disabled())
        page.set_input_files("#file", recording)
    longest = max((t for t in turns if t[0] % 3 == 0), key=lambda t: t[2] - t[1])
    code, start, end = longest
    page.locator("#drawing").scroll_into_view_if_needed()
    box = page.locator("#drawing").bounding_box()
    lanes = page.locator(".lanes").bounding_box()
    x = box["x"] + box["width"] * (start + end) / 2 / data["duration"]
    y = lanes["y"] + (20 if code < 3 else lanes["height"] - 20)
    page.mouse.move(x, y)
    tip = page.locator("#tip").inner_text()
    exact = page.evaluate("([a, b]) => twoway.clock(a, 2) + ' to ' + twoway.clock(b, 2)", [start, end])
    check(f"{label}: hover shows the exact times", exact in tip, tip)
    before = page.locator("#cursor").get_attribute("x1")
    page.mouse.click(x, y)
    started = wait_until(page, "twoway.audio.currentTime > 0 && !twoway.audio.paused")
    check(f"{label}: a click plays", started, "" if started else page.locator("#tip").inner_text())
    first = page.evaluate("twoway.audio.currentTime * 1000")
    check(f"{label}: a click plays the turn from its start", start - 50 <= first < start + 2_500, f"{first:.0f} for {start} ms")
    page.wait_for_timeout(700)
    after, now = page.locator("#cursor").get_attribute("x1"), page.evaluate("twoway.audio.currentTime * 1000")
    check(f"{label}: the sound goes on", now > first + 200, f"{first:.0f} to {now:.0f} ms")
    place = float(after.rstrip("%")) / 100 * data["duration"] if after else -1
    check(f"{label}: the cursor moves with it", after != before and abs(place - now) < 400, f"{place:.0f} at {now:.0f} ms")
    check(f"{label}: the button says Pause", page.locator("#play").inner_text() == "Pause")
    # Zoomed in on the cursor, the picture follows it out of the window.
    page.focus("#stage")
    for _ in range(12):
        page.evaluate("document.getElementById('zoom-in').click()")
        page.wait_for_timeout(30)
    view = page.evaluate("document.querySelector('.lanes').getAttribute('viewBox')")
    page.wait_for_timeout(3_000)
    later = page.evaluate("document.querySelector('.lanes').getAttribute('viewBox')")
    check(f"{label}: a zoomed picture follows", view != later, f"{view} to {later}")
    page.click("#play")
    check(f"{label}: Pause pauses", page.evaluate("twoway.audio.paused"))
    page.click("#turns summary")
    rows = page.locator("#turn-rows button")
    rows.first.wait_for()
    check(f"{label}: the list has every turn", rows.count() == len(turns), f"{rows.count()} of {len(turns)}")
    last = rows.count() - 1
    rows.nth(last).click()
    reached = wait_until(page, "ms => twoway.audio.currentTime * 1000 >= ms - 60", turns[last][1])
    check(f"{label}: a click in the list plays that turn", reached)
    close(page, label, check)


def keys(browser, path, check):
    label = f"{path.name}, keys"
    page = open_page(browser, path, 1280, "light", check)
    _, turns = turns_of(page)
    shown = "document.querySelector('.lanes').getAttribute('viewBox')"
    view = lambda: page.evaluate(shown)
    whole = view()
    page.focus("#stage")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("ms => twoway.clock(ms, 2)", turns[min(1, len(turns) - 1)][1])
    check(f"{label}: arrows name the turns", second in page.locator("#tip").inner_text(), page.locator("#tip").inner_text())
    # The picture is drawn with the next frame, which a busy machine may give late.
    page.keyboard.press("+")
    wait_until(page, f"whole => {shown} !== whole", whole)
    check(f"{label}: + zooms in", view() != whole and page.locator("#overview").is_visible(), view())
    page.keyboard.press("0")
    wait_until(page, f"whole => {shown} === whole", whole)
    check(f"{label}: 0 shows the whole", view() == whole and not page.locator("#overview").is_visible(), view())
    close(page, label, check)


def calmest(page, script, tries=3):
    """Gaps between frames in milliseconds, ascending, of the calmest of some tries: others use the machine too."""
    return min((page.evaluate(script) for _ in range(tries)), key=lambda gaps: gaps[len(gaps) * 95 // 100])


def long_page(browser, path, check):
    label = f"{path.name}, long"
    size = path.stat().st_size
    check(f"{label}: under 2 MB", size < 2_000_000, f"{size / 1e6:.2f} MB")
    page = open_page(browser, path, 1280, "light", check)
    timing = page.evaluate("(() => { const t = performance.getEntriesByType('navigation')[0]; return t.loadEventEnd; })()")
    check(f"{label}: opens within 2 s", timing < 2_000, f"{timing:.0f} ms")
    frames = calmest(page, """() => new Promise((done) => {
      const gaps = []; let last = null;
      const step = (now) => {
        if (last !== null) gaps.push(now - last);
        last = now;
        scrollBy(0, 40);
        if (gaps.length < 120) requestAnimationFrame(step); else done(gaps.sort((a, b) => a - b));
      };
      requestAnimationFrame(step);
    })""")
    check(f"{label}: scrolls without stutter", frames[len(frames) * 95 // 100] < 50,
          f"median {frames[len(frames) // 2]:.1f} ms a frame, 95 % under {frames[len(frames) * 95 // 100]:.1f} ms")
    zooms = calmest(page, """() => new Promise((done) => {
      const gaps = []; let last = null;
      document.getElementById("stage").scrollIntoView();
      const step = (now) => {
        if (last !== null) gaps.push(now - last);
        last = now;
        document.getElementById(gaps.length % 20 < 10 ? "zoom-in" : "zoom-out").click();
        if (gaps.length < 60) requestAnimationFrame(step); else done(gaps.sort((a, b) => a - b));
      };
      requestAnimationFrame(step);
    })""")
    check(f"{label}: zooms without stutter", zooms[len(zooms) * 95 // 100] < 100,
          f"median {zooms[len(zooms) // 2]:.1f} ms a frame, 95 % under {zooms[len(zooms) * 95 // 100]:.1f} ms")
    close(page, label, check)


def index_page(browser, path, check):
    label = f"{path.name}, table"
    page = open_page(browser, path, 1280, "light", check)
    keys = lambda column: page.eval_on_selector_all(
        "#index tbody tr", f"rows => rows.map(row => row.cells[{column}].dataset.key)")
    page.click("th.number button")
    known = [float(k) for k in keys(2) if k]
    check(f"{label}: sorts by length", known == sorted(known) and len(known) > 1, str(known[:4]))
    page.click("th.number button")
    known = [float(k) for k in keys(2) if k]
    check(f"{label}: and the other way round", known == sorted(known, reverse=True), str(known[:4]))
    page.select_option("#pattern", "oneSided")
    visible = page.locator("#index tbody tr:visible")
    check(f"{label}: filters by pattern", 0 < visible.count() < len(keys(0)), f"{visible.count()} of {len(keys(0))}")
    page.select_option("#pattern", "")
    page.fill("#search", "dana")
    check(f"{label}: finds a name", 0 < visible.count() < len(keys(0)), page.inner_text("#count"))
    close(page, label, check)


def paper(browser, path, check):
    page = browser.new_page()
    page.goto(path.resolve().as_uri())
    for format in ("A4", "Letter"):
        pages = page.pdf(format=format).count(b"/Type /Page\n")
        check(f"{path.name}: prints on {format}", 1 <= pages <= 12, f"{pages} sheets")
    page.close()


def main(arguments):
    check = Checks()
    options = dict(reversed(a.split("=", 1)) if "RECORDING" not in a else a.split("=", 1) for a in arguments[1:])
    recording = options.pop("RECORDING", None)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=arguments[0], args=["--no-sandbox", "--mute-audio"])
        for page, kind in options.items():
            path = pathlib.Path(page)
            look(browser, path, check)
            if kind in ("plain", "sound"):
                keys(browser, path, check)
                paper(browser, path, check)
            if kind == "sound":
                play(browser, path, None, check)
            if kind == "file":
                play(browser, path, recording, check)
            if kind == "long":
                long_page(browser, path, check)
            if kind == "index":
                index_page(browser, path, check)
        browser.close()
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
