#!/usr/bin/env bash
# Builds the last commit twice, in two folders, and compares programs and archives.
#
# The names are equally long: where a closure is lent out (withoutActuallyEscaping, in ParallelParts.swift and in GRDB) Swift 6.2
# keeps the length of the source's path before -file-prefix-map shortened it, so that another length gives 25 other bytes.
set -euo pipefail
top=$(git rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in here-built also-built; do
    git clone -q "$top" "$work/$name"
    # The same versions of the dependencies in both: what is resolved here.
    [ ! -e "$top/Package.resolved" ] || cp "$top/Package.resolved" "$work/$name/"
    make --no-print-directory -C "$work/$name" tarball >"$work/$name.log" 2>&1 || { tail "$work/$name.log" >&2; exit 1; }
done
status=0
for file in dist/twoway $(cd "$work/here-built/.build-static" && ls -- *.tar.gz); do
    if cmp "$work/here-built/.build-static/$file" "$work/also-built/.build-static/$file"; then
        echo "the same bytes: $file $(sha256sum <"$work/here-built/.build-static/$file" | cut -c1-64)"
    else
        status=1
    fi
done
exit $status
