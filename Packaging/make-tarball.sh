#!/usr/bin/env bash
# Packs the release into NAME.tar.gz: sorted, without owners, at the time of the commit, so that bytes repeat.
set -euo pipefail
dist=$1 archive=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
name=$(basename "$archive")
mkdir -p "$folder/$name"
cp -R "$dist/." "$folder/$name/"
cp README.md LICENSE CHANGELOG.md "$folder/$name/"
cat >"$folder/$name/INSTALL" <<'TEXT'
./twoway runs as it is. It needs libsndfile, FFTW (single precision), SQLite and libxml2:

    Debian, Ubuntu:  apt-get install libsndfile1 libfftw3-single3 libsqlite3-0 libxml2
    Fedora:          dnf install libsndfile fftw-libs-single sqlite-libs libxml2
    Homebrew:        brew install libsndfile fftw

Put man/*.1 into /usr/local/share/man/man1, and completions/twoway.bash, twoway.zsh (as _twoway) or twoway.fish where
your shell looks for them. ./twoway doctor says whether everything is there.
TEXT
epoch=${SOURCE_DATE_EPOCH:-0}
if tar --version 2>/dev/null | grep -q GNU; then
    tar -C "$folder" --sort=name --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rwX --mtime="@$epoch" \
        -cf - "$name" | gzip -n -9 >"$archive.tar.gz"
else
    tar -C "$folder" --uid 0 --gid 0 -cf - "$name" | gzip -n -9 >"$archive.tar.gz"
fi
echo "$archive.tar.gz"
