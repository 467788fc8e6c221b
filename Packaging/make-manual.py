#!/usr/bin/env python3
"""Writes man pages (mdoc, one a command) from what `twoway --experimental-dump-help` says.

usage: twoway --experimental-dump-help | make-manual.py FOLDER

The pages carry the date of SOURCE_DATE_EPOCH, so that the same program gives the same pages.
"""
import datetime
import json
import os
import re
import sys

EXIT_STATUS = [
    ("0", "All is done."),
    ("1", "Some input failed, or something that is needed does not work; the rest is done."),
    ("2", "The input holds nothing usable: no speech."),
    ("64", "The command line asks for something that cannot be."),
    ("65", "The data is damaged or of an unsupported kind."),
    ("66", "The input cannot be read."),
    ("70", "A fault in the program itself."),
    ("73", "The output cannot be written."),
]


def escaped(text):
    """Text that troff prints as it is; every sentence on a line of its own, as mdoc wants it."""
    text = re.sub(r"([a-z)]\.) (?=[A-Z])", r"\1\n", text.replace("\\", "\\e").replace("-", "\\-"))
    return "\\&" + text if text[:1] in (".", "'") else text


def name_text(name):
    return ("-" if name["kind"] == "short" else "--") + name["name"]


def paragraphs(text):
    """Text and examples; an example may go on over lines."""
    for line in (text or "").split("\n"):
        if line.startswith("Example: "):
            yield "example", line[len("Example: "):]
        elif line.strip():
            yield "text", line.strip()


def argument_lines(argument):
    if argument["kind"] == "positional":
        head = ".It Ar " + escaped(argument.get("valueName", ""))
    else:
        names = " , ".join("Fl " + escaped(name_text(name)[1:]) for name in argument["names"])
        value = " Ar " + escaped(argument["valueName"]) if argument["kind"] == "option" else ""
        head = ".It " + names + value
    lines = [head, escaped(argument.get("abstract", ""))]
    if argument.get("allValues"):
        lines.append("One of " + escaped(", ".join(argument["allValues"])) + ".")
    # How many threads is a matter of the machine on which the page was made.
    if argument.get("defaultValue") and argument.get("valueName") != "count":
        lines.append("Default: " + escaped(argument["defaultValue"]) + ".")
    return lines


def children_of(command):
    """Subcommands that people are told of."""
    return [c for c in command.get("subcommands", []) if c["commandName"] != "help" and c.get("shouldDisplay", True)]


def page(command, path, date, version):
    title = "-".join(path)
    shown = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    children = children_of(command)
    lines = [
        f".Dd {date}", f".Dt {title.upper()} 1", f".Os twoway {version}", ".Sh NAME", f".Nm {escaped(title)}",
        f".Nd {escaped(command.get('abstract', '').rstrip('.'))}", ".Sh SYNOPSIS", f".Nm {escaped(' '.join(path))}",
    ]
    if any(a["kind"] != "positional" for a in shown):
        lines.append(".Op Ar options")
    lines += [".Ar " + escaped(a.get("valueName", "")) for a in shown if a["kind"] == "positional"]
    if children:
        lines.append(".Ar subcommand")
    text = [p for kind, p in paragraphs(command.get("discussion")) if kind == "text"]
    examples = [p for kind, p in paragraphs(command.get("discussion")) if kind == "example"]
    lines += [".Sh DESCRIPTION", escaped(command.get("abstract", ""))]
    for paragraph in text:
        lines += [".Pp", escaped(paragraph)]
    if children:
        lines += [".Sh SUBCOMMANDS", ".Bl -tag -width Ds"]
        for child in children:
            lines += [f".It {escaped(child['commandName'])}", escaped(child.get("abstract", "")),
                      "See", f".Xr {escaped(title + '-' + child['commandName'])} 1 ."]
        lines.append(".El")
    if shown:
        lines += [".Sh OPTIONS", ".Bl -tag -width Ds"]
        for argument in shown:
            lines += argument_lines(argument)
        lines.append(".El")
    if len(path) == 1:
        lines += [".Sh ENVIRONMENT", ".Bl -tag -width Ds", ".It Ev TWOWAY_JOURNAL", "The file of the journal.",
                  ".It Ev NO_COLOR", "No colours if it is set.", ".It Ev TMPDIR",
                  "Where a recording from standard input is kept meanwhile if its format needs that.", ".El"]
    lines += [".Sh EXIT STATUS", ".Bl -tag -width Ds"]
    for code, meaning in EXIT_STATUS:
        lines += [f".It {code}", meaning]
    lines.append(".El")
    if examples:
        lines += [".Sh EXAMPLES", ".Bd -literal"]
        lines += [escaped(example) for example in examples] + [".Ed"]
    relatives = ["-".join(path[:-1])] if len(path) > 1 else sorted(title + "-" + c["commandName"] for c in children)
    lines.append(".Sh SEE ALSO")
    lines += [f".Xr {escaped(name)} 1{'' if name == relatives[-1] else ' ,'}" for name in relatives]
    return title, "\n".join(lines) + "\n"


def write(command, path, folder, date, version):
    title, text = page(command, path, date, version)
    with open(os.path.join(folder, title + ".1"), "w", encoding="utf-8") as file:
        file.write(text)
    for child in children_of(command):
        write(child, path + [child["commandName"]], folder, date, version)


def main():
    folder = sys.argv[1]
    command = json.load(sys.stdin)["command"]
    moment = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.timezone.utc)
    date = f"{moment:%B} {moment.day}, {moment.year}"
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Sources/twoway/Twoway.swift")
    with open(source, encoding="utf-8") as file:
        version = re.search(r'static let version = "(.*)"', file.read()).group(1)
    os.makedirs(folder, exist_ok=True)
    write(command, [command["commandName"]], folder, date, version)


if __name__ == "__main__":
    main()
