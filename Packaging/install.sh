#!/usr/bin/env bash
# Puts program, man pages and completions where they belong.
# install.sh DIST DESTDIR BINDIR MANDIR BASH_COMPLETIONS ZSH_COMPLETIONS FISH_COMPLETIONS
set -euo pipefail
dist=$1 root=$2 bin=$3 man=$4 bash=$5 zsh=$6 fish=$7

put() {  # MODE FILE FOLDER NAME
    mkdir -p "$root$3"
    install -m "$1" "$2" "$root$3/$4"
}
put 755 "$dist/twoway" "$bin" twoway
for page in "$dist"/man/*.1; do
    [ -e "$page" ] || break
    put 644 "$page" "$man/man1" "$(basename "$page")"
done
put 644 "$dist/completions/twoway.bash" "$bash" twoway
put 644 "$dist/completions/twoway.zsh" "$zsh" _twoway
put 644 "$dist/completions/twoway.fish" "$fish" twoway.fish
echo "Installed $root$bin/twoway; twoway doctor says whether everything is there." >&2
