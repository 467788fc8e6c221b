#!/usr/bin/env bash
# Builds the last commit twice, in folders whose names differ in length, and compares programs and archives.
set -euo pipefail
top=$(git rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in one another-folder; do
    git clone -q "$top" "$work/$name"
    # The same versions of the dependencies in both: what is resolved here.
    [ ! -e "$top/Package.resolved" ] || cp "$top/Package.resolved" "$work/$name/"
    make --no-print-directory -C "$work/$name" tarball >"$work/$name.log" 2>&1 || { tail "$work/$name.log" >&2; exit 1; }
done
status=0
for file in dist/twoway $(cd "$work/one/.build-static" && ls -- *.tar.gz); do
    if cmp "$work/one/.build-static/$file" "$work/another-folder/.build-static/$file"; then
        echo "the same bytes: $file $(sha256sum <"$work/one/.build-static/$file" | cut -c1-64)"
    else
        status=1
    fi
done
exit $status
