#!/usr/bin/env python3
"""Draws what a command prints in colour as an SVG picture of a terminal.

usage: COMMAND --color always | terminal-picture.py "COMMAND" > picture.svg

One text element a run of colour; blocks keep their cells because every run has its own place and length.
"""
import html
import re
import sys
import unicodedata

CELL, LINE, MARGIN, SIZE = 8.4, 19, 18, 14
INKS = {"1": 'font-weight="bold"', "2": 'opacity="0.65"', "36": 'fill="#5cc8d6"', "33": 'fill="#e0a54a"'}


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def runs(line):
    """(ink, column, text) of each run, blanks at the ends left out."""
    ink, column = "", 0
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if code:
            ink = INKS.get(code.group(1), "")
        elif part:
            # Words far apart become runs of their own, so that no viewer may move them.
            for match in re.finditer(r"\S+(?: \S+)*", part):
                yield ink, column + width(part[:match.start()]), match.group()
            column += width(part)


def main():
    lines = ["\x1b[1m$ " + sys.argv[1] + "\x1b[0m", ""] + sys.stdin.read().rstrip("\n").split("\n")
    columns = max(80, max(width(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines))
    wide, high = round(columns * CELL + 2 * MARGIN), len(lines) * LINE + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
          f'role="img" aria-label="{html.escape(sys.argv[1])} in a terminal">')
    print(f'<rect width="{wide}" height="{high}" rx="8" fill="#16181d"/>')
    print(f'<g font-family="ui-monospace, Menlo, DejaVu Sans Mono, Consolas, monospace" font-size="{SIZE}" '
          'fill="#e6e6e6" xml:space="preserve">')
    for row, line in enumerate(lines):
        for ink, column, text in runs(line):
            x, y = MARGIN + column * CELL, MARGIN + (row + 0.75) * LINE
            print(f'<text x="{x:.1f}" y="{y:.1f}" textLength="{width(text) * CELL:.1f}" '
                  f'lengthAdjust="spacingAndGlyphs" {ink}>{html.escape(text)}</text>')
    print("</g>\n</svg>")


if __name__ == "__main__":
    main()
