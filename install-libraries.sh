#!/usr/bin/env bash
# Installs the C libraries that are missing: libsndfile, FFTW (single precision), SQLite, pkg-config.
# Does nothing, and asks for nothing, where they are there. install-libraries.sh release: what a release is linked with too.
set -euo pipefail

libraries=(sndfile fftw3f)
packages=(libsndfile1-dev libfftw3-dev libsqlite3-dev pkg-config)
# macOS brings SQLite and libxml2 along.
[ "$(uname)" = Darwin ] || libraries+=(sqlite3)
if [ "${1:-}" = release ] && [ "$(uname)" != Darwin ]; then
    # Foundation's reader of XML (ELAN files) comes with Swift, and libxml2 under it does not.
    libraries+=(libxml-2.0)
    packages+=(libxml2-dev)
fi
have() { pkg-config --exists "${libraries[@]}" 2>/dev/null; }

if ! command -v swift >/dev/null; then
    echo "twoway is written in Swift 6.2 or newer; install it from https://www.swift.org/install and try again." >&2
    exit 69
fi
if have; then exit 0; fi

if command -v apt-get >/dev/null; then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Please let an administrator run: apt-get install ${packages[*]}" >&2
            exit 69
        fi
        as_root=(sudo)
    fi
    echo "Installing libsndfile, FFTW, SQLite and pkg-config with apt-get ..." >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" >/dev/null 2>&1 || {
        "${as_root[@]}" apt-get update -qq
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" >/dev/null
    }
elif command -v brew >/dev/null; then
    echo "Installing libsndfile, FFTW and pkgconf with Homebrew ..." >&2
    brew install libsndfile fftw pkgconf
else
    echo "Neither apt-get nor brew is here: please install libsndfile, FFTW (single precision), SQLite, for a" \
        "release libxml2 too, and pkg-config with your system's package manager and try again." >&2
    exit 69
fi
have || { echo "The libraries were installed, but pkg-config does not find ${libraries[*]}." >&2; exit 69; }
