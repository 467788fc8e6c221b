#!/usr/bin/env python3
"""Writes the software bill of materials of a built twoway as SPDX 2.3 JSON: sbom.py PROGRAM > twoway.spdx.json

Swift packages come from Package.resolved, their licences are checked against the texts in .build/checkouts; C
libraries are those that the program loads, with the versions of pkg-config. A library without a known licence is an
error. The same inputs give the same bytes. Standard library only.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# identity: licence (SPDX) and the words of its text that prove it.
SWIFT_PACKAGES = {
    "swift-argument-parser": ("Apache-2.0 WITH Swift-exception", ["Apache License", "Runtime Library Exception"]),
    "swift-numerics": ("Apache-2.0 WITH Swift-exception", ["Apache License", "Runtime Library Exception"]),
    "swift-crypto": ("Apache-2.0", ["Apache License"]),
    "swift-asn1": ("Apache-2.0", ["Apache License"]),
    "swift-nio": ("Apache-2.0", ["Apache License"]),
    "swift-atomics": ("Apache-2.0 WITH Swift-exception", ["Apache License", "Runtime Library Exception"]),
    "swift-collections": ("Apache-2.0 WITH Swift-exception", ["Apache License", "Runtime Library Exception"]),
    "swift-system": ("Apache-2.0 WITH Swift-exception", ["Apache License", "Runtime Library Exception"]),
    "grdb.swift": ("MIT", ["Permission is hereby granted, free of charge"]),
}

# Beginning of the file's name: name, pkg-config module, licence.
LIBRARIES = {
    "libsndfile": ("libsndfile", "sndfile", "LGPL-2.1-or-later"),
    "libfftw3f": ("FFTW", "fftw3f", "GPL-2.0-or-later"),
    "libsqlite3": ("SQLite", "sqlite3", "blessing"),
    "libFLAC": ("FLAC", "flac", "BSD-3-Clause"),
    "libvorbisenc": ("libvorbisenc", "vorbisenc", "BSD-3-Clause"),
    "libvorbis": ("libvorbis", "vorbis", "BSD-3-Clause"),
    "libopus": ("Opus", "opus", "BSD-3-Clause"),
    "libogg": ("libogg", "ogg", "BSD-3-Clause"),
    "libmpg123": ("mpg123", "libmpg123", "LGPL-2.1-only"),
    "libmp3lame": ("LAME", None, "LGPL-2.0-or-later"),
    "libxml2": ("libxml2", "libxml-2.0", "MIT"),
    "libicu": ("ICU", "icu-uc", "ICU"),
    "libz": ("zlib", "zlib", "Zlib"),
    "liblzma": ("XZ Utils (liblzma)", "liblzma", "0BSD"),
    "libcurl": ("curl", "libcurl", "curl"),
}
# Parts of the toolchain and of the system, listed once each.
SWIFT_RUNTIME = re.compile(r"lib(swift|_Foundation|Foundation|dispatch|BlocksRuntime)")
SYSTEM = re.compile(r"(linux-vdso|ld-linux|/lib\S*/ld-|lib(m|c|gcc_s|stdc\+\+|pthread|dl|rt)\.so)")


def output(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout.decode().strip()


def package(name, version, licence, location="NOASSERTION", **more):
    identifier = "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", name)
    return {
        "SPDXID": identifier, "name": name, "versionInfo": version or "NOASSERTION", "downloadLocation": location,
        "filesAnalyzed": False, "licenseConcluded": licence, "licenseDeclared": licence,
        "copyrightText": "NOASSERTION", **more,
    }


def swift_packages():
    texts = {
        path.name.lower(): "".join(text.read_text() for text in path.glob("LICENSE*"))
        for path in (ROOT / ".build/checkouts").glob("*")
    }
    for pin in json.loads((ROOT / "Package.resolved").read_text())["pins"]:
        identity = pin["identity"]
        if identity not in SWIFT_PACKAGES:
            sys.exit(f"sbom.py: {identity} has no licence here; look it up and add it to SWIFT_PACKAGES.")
        licence, proofs = SWIFT_PACKAGES[identity]
        if not all(proof in texts.get(identity, "") for proof in proofs):
            sys.exit(f"sbom.py: the licence of {identity} is no longer {licence}; look at .build/checkouts.")
        location, state = pin["location"], pin["state"]
        yield package(
            identity, state["version"], licence, f"git+{location}@{state['revision']}",
            externalRefs=[{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                "referenceLocator": "pkg:swift/" + location.removeprefix("https://").removesuffix(".git")
                + "@" + state["version"],
            }])
    yield package(
        "BoringSSL (inside swift-crypto)", None, "Apache-2.0 AND ISC AND MIT", "git+https://boringssl.googlesource.com/boringssl")
    yield package("llhttp (inside swift-nio)", None, "MIT", "git+https://github.com/nodejs/llhttp")


def libraries(program):
    names = [line.split()[0] for line in output("ldd", program).splitlines()] if sys.platform == "linux" else [
        Path(line.split()[0]).name for line in output("otool", "-L", program).splitlines()[1:]]
    found, unknown, has_runtime = {}, [], False
    for name in names:
        name = Path(name).name
        if SWIFT_RUNTIME.match(name):
            has_runtime = True
        elif not SYSTEM.match(name) and "System" not in name:
            key = max((key for key in LIBRARIES if name.startswith(key)), key=len, default=None)
            if key:
                found[key] = LIBRARIES[key]
            else:
                unknown.append(name)
    if unknown:
        sys.exit(f"sbom.py: no licence is known for {', '.join(unknown)}; look it up and add it to LIBRARIES.")
    for name, module, licence in found.values():
        yield package(name, output("pkg-config", "--modversion", module) if module else None, licence)
    if has_runtime:
        version = re.search(r"Swift version (\S+)", output("swift", "--version"))
        yield package(
            "Swift runtime and Foundation", version.group(1) if version else None, "Apache-2.0 WITH Swift-exception",
            "git+https://github.com/swiftlang/swift")
    if sys.platform == "linux":
        yield package("GNU C and C++ libraries of the system", output("ldd", "--version").splitlines()[0].split()[-1],
                      "LGPL-2.1-or-later AND GPL-3.0-or-later WITH GCC-exception-3.1")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.splitlines()[0])
    program = Path(sys.argv[1])
    if not program.is_file():
        sys.exit(f"sbom.py: {program} does not exist; run make build first.")
    version = re.search(r'static let version = "([^"]+)"', (ROOT / "Sources/twoway/Twoway.swift").read_text()).group(1)
    parts = sorted([*swift_packages(), *libraries(str(program))], key=lambda part: part["SPDXID"])
    # FFTW makes the whole binary GPL; the sources state the same.
    own = package("twoway", version, "GPL-3.0-or-later", filesAnalyzed=False, primaryPackagePurpose="APPLICATION",
                  checksums=[{"algorithm": "SHA256", "checksumValue": hashlib.sha256(program.read_bytes()).hexdigest()}])
    optional = package("ffmpeg", None, "GPL-2.0-or-later",
                       comment="Not distributed: started as a program of its own where it is installed.")
    stamp = int(os.environ.get("SOURCE_DATE_EPOCH") or output("git", "-C", str(ROOT), "log", "-1", "--format=%ct") or 0)
    body = json.dumps([own, parts], sort_keys=True)
    related = [("DESCRIBES", "SPDXRef-DOCUMENT", own["SPDXID"])]
    related += [("DEPENDS_ON", own["SPDXID"], part["SPDXID"]) for part in parts]
    related += [("OPTIONAL_DEPENDENCY_OF", optional["SPDXID"], own["SPDXID"])]
    document = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"twoway-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/twoway-{version}-{uuid.uuid5(uuid.NAMESPACE_URL, body)}",
        "creationInfo": {
            "created": datetime.fromtimestamp(stamp, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: twoway .ci/sbom.py"],
        },
        "packages": [own, *parts, optional],
        "relationships": [
            {"relationshipType": kind, "spdxElementId": one, "relatedSpdxElement": other} for kind, one, other in related
        ],
    }
    print(json.dumps(document, indent=2, sort_keys=True))


main()
