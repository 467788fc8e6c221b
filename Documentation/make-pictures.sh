#!/usr/bin/env bash
# Makes the pictures of the documentation from a fixture and the story's journal: the page in headless Chromium, the
# terminal as SVG. make-pictures.sh PROGRAM
set -euo pipefail
program=$1
pictures=$(cd "$(dirname "$0")" && pwd)/pictures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$pictures"

"$program" analyze Fixtures/late-pitch.wav --me A --with Alasdair --color always --report "$work/meeting.html" \
    >"$work/analyze.txt"
python3 Documentation/terminal-picture.py "twoway analyze Fixtures/late-pitch.wav --me A --with Alasdair" \
    <"$work/analyze.txt" >"$pictures/terminal.svg"
export TWOWAY_JOURNAL="$work/journal.sqlite"
"$program" journal import seeds/meetings.jsonl >/dev/null 2>&1
"$program" journal summary --as-of 2026-11-01 --color always >"$work/summary.txt"
python3 Documentation/terminal-picture.py "twoway journal summary" <"$work/summary.txt" >"$pictures/journal.svg"

for browser in chromium chromium-browser google-chrome; do
    command -v "$browser" >/dev/null || continue
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,1310 \
        --screenshot="$work/page.png" "file://$work/meeting.html" >/dev/null 2>&1
    if command -v pngquant >/dev/null; then pngquant --force --strip --output "$work/page.png" 64 "$work/page.png"; fi
    cp "$work/page.png" "$pictures/page.png"
    exit 0
done
echo "Chromium is not installed: the picture of the page stays as it is" >&2
