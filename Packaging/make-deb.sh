#!/usr/bin/env bash
# Builds twoway_VERSION_ARCH.deb from the release; its dependencies are those that dpkg-shlibdeps finds in the program.
set -euo pipefail
dist=$1 version=$2 target=$3
command -v dpkg-shlibdeps >/dev/null || { echo "make deb needs dpkg-dev: apt-get install dpkg-dev" >&2; exit 69; }
ls "$dist"/man/*.1 >/dev/null 2>&1 || { echo "make deb needs the man pages, so Python 3" >&2; exit 69; }
packaging=$(cd "$(dirname "$0")" && pwd)
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
export DEB_BUILD_OPTIONS=

root="$work/debian/twoway"
"$packaging/install.sh" "$dist" "$root" /usr/bin /usr/share/man /usr/share/bash-completion/completions \
    /usr/share/zsh/vendor-completions /usr/share/fish/vendor_completions.d 2>/dev/null
gzip -n -9 "$root"/usr/share/man/man1/*.1
document="$root/usr/share/doc/twoway"
mkdir -p "$document" "$root/DEBIAN"
cp "$packaging/debian/copyright" "$document/copyright"
gzip -n -9 <CHANGELOG.md >"$document/changelog.gz"
# Debian's own changelog: one entry, at the time of the commit.
{
    echo "twoway ($version-1) stable; urgency=medium"
    echo
    echo "  * Package of version $version; changelog.gz says what is new."
    echo
    echo " -- The twoway authors <twoway@example.org>  $(date -u -R -d "@${SOURCE_DATE_EPOCH:-0}")"
} | gzip -n -9 >"$document/changelog.Debian.gz"
mkdir -p "$root/usr/share/lintian/overrides"
cp "$packaging/debian/lintian-overrides" "$root/usr/share/lintian/overrides/twoway"
find "$root/usr" -type f ! -path '*/bin/*' -exec chmod 644 {} +

# dpkg-shlibdeps wants to stand in a source package.
cp "$packaging/debian/control" "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O debian/twoway/usr/bin/twoway | sed -n 's/^shlibs:Depends=//p')
size=$(du -k -s --apparent-size "$root/usr" | cut -f1)
{
    echo "Package: twoway"
    echo "Version: $version-1"
    echo "Architecture: $architecture"
    echo "Installed-Size: $size"
    echo "Depends: $depends"
    sed -n '/^Package:/,$p' "$packaging/debian/control" | grep -v -E '^(Package|Architecture|Depends):'
} >"$root/DEBIAN/control"
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum >DEBIAN/md5sums)
chmod 644 "$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH:-0}" {} +

package="$target/twoway_$version-1_$architecture.deb"
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
if command -v lintian >/dev/null; then
    lintian --allow-root --fail-on error "$package"
else
    echo "lintian is not installed, so the package was not looked at" >&2
fi
echo "$package"
