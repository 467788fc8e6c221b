#!/usr/bin/env bash
# Installs the package, the archive and `make install` each into a fresh Debian and analyses a fixture there.
# check-install.sh BUILD_FOLDER VERSION ARCHIVE_NAME; needs root and debootstrap. TWOWAY_DEBIAN names a folder with a
# fresh Debian that is there already; MIRROR and SUITE say where another one comes from.
set -euo pipefail
build=$1 version=$2 archive=$3
suite=${SUITE:-bookworm} mirror=${MIRROR:-http://deb.debian.org/debian}
[ "$(id -u)" = 0 ] || { echo "make check-install works in a chroot, so it has to be run as root" >&2; exit 77; }
work=$(mktemp -d)
root=
# A fresh Debian without /proc is none: Swift reads the arguments of a program there.
leave() {
    if [ -n "$root" ] && mountpoint -q "$root/proc"; then umount "$root/proc"; fi
    if [ -n "$root" ]; then rm -rf --one-file-system "$root"; fi
    root=
}
trap 'leave; rm -rf --one-file-system "$work"' EXIT

base=${TWOWAY_DEBIAN:-}
if [ -z "$base" ]; then
    command -v debootstrap >/dev/null || { echo "make check-install needs debootstrap" >&2; exit 69; }
    base="$work/base"
    echo "Making a fresh Debian $suite ..." >&2
    debootstrap --variant=minbase "$suite" "$base" "$mirror" >"$work/debootstrap.log" ||
        { tail -5 "$work/debootstrap.log" >&2; exit 1; }
fi
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive "$@"; }

fresh() {
    root="$work/$1"
    cp -a "$base" "$root"
    mount -t proc proc "$root/proc"
    cp Fixtures/late-pitch.wav "$root/root/"
    [ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    inside apt-get update -qq
    for tool in swift swiftc pkg-config; do
        ! inside sh -c "command -v $tool" >/dev/null || { echo "$tool is in the fresh Debian" >&2; exit 1; }
    done
}

libraries() { inside apt-get install -y -qq --no-install-recommends libsndfile1 libfftw3-single3 libsqlite3-0 libxml2 \
    >"$work/apt.log" 2>&1; }

# What every way of installing has to give.
try() {
    local name=$1 program=$2
    inside "$program" doctor >"$work/doctor.txt" || { cat "$work/doctor.txt" >&2; exit 1; }
    inside "$program" analyze /root/late-pitch.wav >"$work/$name.txt"
    grep -q "^  Late pitch: " "$work/$name.txt" || { cat "$work/$name.txt" >&2; exit 1; }
    if [ -z "${first:-}" ]; then first="$work/$name.txt"; else cmp "$first" "$work/$name.txt"; fi
    echo "$name: $program analyze late-pitch.wav says \"$(grep -m1 '^  Late pitch' "$work/$name.txt" | sed 's/^ *//')\""
}

architecture=$(dpkg --print-architecture)
fresh deb
cp "$build/twoway_$version-1_$architecture.deb" "$root/root/"
inside apt-get install -y -qq --no-install-recommends "/root/twoway_$version-1_$architecture.deb" >"$work/apt.log" 2>&1 ||
    { tail -20 "$work/apt.log" >&2; exit 1; }
try deb twoway
inside apt-get remove -y -qq twoway >"$work/apt.log" 2>&1
! inside sh -c 'command -v twoway' >/dev/null || { echo "apt-get remove leaves twoway behind" >&2; exit 1; }
leave

fresh tarball
libraries
tar -xzf "$build/$archive.tar.gz" -C "$root/opt"
try tarball "/opt/$archive/twoway"
leave

fresh make-install
libraries
make --no-print-directory install PREFIX=/usr/local DESTDIR="$root" 2>/dev/null
try make-install /usr/local/bin/twoway
inside test -s /usr/local/share/man/man1/twoway-analyze.1
inside bash -n /usr/local/share/bash-completion/completions/twoway
make --no-print-directory uninstall PREFIX=/usr/local DESTDIR="$root"
left=$(find "$root/usr/local" -type f | head)
[ -z "$left" ] || { echo "make uninstall leaves $left" >&2; exit 1; }
echo "all three gave the same report, and the package and make uninstall left nothing behind"
