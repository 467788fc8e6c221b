#!/usr/bin/env bash
# Writes the reference of all modules from their doc comments and DocC catalogs, and fails on a link that leads nowhere.
# make-reference.sh BUILD_FOLDER TARGET: a release build with its checkouts, and a folder for the archives.
set -euo pipefail
build=$1 target=$2
modules=$(find "$build/" -path '*release/Modules' -type d | head -1)
checkouts="$build/checkouts"
status=0
mkdir -p "$target/graphs"
target_triple=$(swift -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)".*/\1/p')
# Module maps of the C parts: ours, those that the build wrote for targets without one, and those of two dependencies.
maps=()
for map in Sources/*/module.modulemap "${modules%/Modules}"/C*.build/module.modulemap \
    "$checkouts/swift-numerics/Sources/_NumericsShims/include/module.modulemap" \
    "$checkouts/GRDB.swift/Sources/GRDBSQLite/module.modulemap"; do
    maps+=(-Xcc "-fmodule-map-file=$map")
done
for catalog in Sources/*/*.docc; do
    module=$(basename "$catalog" .docc)
    rm -rf "$target/graphs/$module" "$target/$module.doccarchive"
    mkdir -p "$target/graphs/$module"
    swift symbolgraph-extract -module-name "$module" -I "$modules" -target "$target_triple" \
        "${maps[@]}" \
        -output-dir "$target/graphs/$module"
    docc convert "$catalog" --additional-symbol-graph-dir "$target/graphs/$module" \
        --output-path "$target/$module.doccarchive" --fallback-display-name "$module" \
        --fallback-bundle-identifier "twoway.$module" >"$target/$module.log" 2>&1 || status=1
    if grep -E -A4 '^(warning|error)' "$target/$module.log"; then status=1; fi
done
[ "$status" = 0 ] && echo "The reference is in $target: open it with \`docc preview\` or any DocC reader."
exit "$status"
