#!/usr/bin/env bash
# Makes what people install: a stripped program in an archive with completions, manual
# pages and licences, and its SHA-256.
#
#   scripts/dist.sh [FOLDER]            into target/dist, for this machine's processor
#   TARGET=TRIPLE scripts/dist.sh       for another target that rustup has
#
# On Linux the program is linked statically against musl where rustup has the target and
# musl-gcc is there (Debian: musl-tools); otherwise against the C library of this machine,
# and that is said. The same commit and toolchain give the same archive.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*"; }

host=$(rustc -vV | sed -n 's/^host: //p')
target=${TARGET:-}
if [ -z "$target" ]; then
    target=$host
    musl=${host/-linux-gnu/-linux-musl}
    if [ "$musl" != "$host" ]; then
        # zstd is C, and is compiled on the way.
        if command -v musl-gcc >/dev/null &&
            { rustup target list --installed | grep -qx "$musl" || timeout 300 rustup target add "$musl"; }; then
            target=$musl
        else
            say "no musl-gcc, or no target $musl: not static, needs the C library of this machine or a later one"
        fi
    fi
fi
case $target in
*-linux-musl) export "CC_${target//-/_}=${CC_MUSL:-musl-gcc}" ;;
esac

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
name=glane-$version-$target
dist=${1:-target/dist}
mkdir -p "$dist"
dist=$(cd "$dist" && pwd)

say "build for $target"
cargo build --release --locked --target "$target"
built=${CARGO_TARGET_DIR:-target}/$target/release/glane

say "put together $name"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
top=$stage/$name
mkdir -p "$top/completions" "$top/man" "$top/docs" "$top/licences"
install -m 755 "$built" "$top/glane"
cp README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$top"
cp docs/*.md docs/view.png "$top/docs"
# What the models were made from, and under which terms.
for model in compact-fr encoder-fr; do
    cp "models/$model/README.md" "$top/licences/model-$model.md"
done

# What is compiled in, each with the text of its licence.
crates() {
    cargo tree --locked --target "$target" --edges normal,build --prefix none --format '{p}|{l}' |
        sed 's/ (\*)$//; s/ (proc-macro)//' | grep -v '^glane ' | sort -u
}
sources=${CARGO_HOME:-$HOME/.cargo}/registry/src
lacking=0
while IFS='|' read -r package licence; do
    read -r crate number _ <<<"$package"
    printf '\n======== %s %s: %s\n' "$crate" "${number#v}" "$licence"
    found=0
    for text in "$sources"/*/"$crate-${number#v}"/{LICEN[CS]E,COPYING,NOTICE,UNLICENSE}*; do
        if [ -f "$text" ]; then
            printf -- '\n-------- %s\n' "$(basename "$text")"
            cat "$text"
            found=1
        fi
    done
    if [ "$found" = 0 ]; then
        echo "$crate ${number#v} has no licence text in its package: $licence" >&2
        lacking=$((lacking + 1))
    fi
done < <(crates) >"$top/licences/THIRD-PARTY.txt"
[ "$lacking" = 0 ] || say "$lacking packages name a licence without its text, see above"

# A program for another processor cannot say what its shells want to know.
if [ "${target%%-*}" = "${host%%-*}" ] && "$top/glane" --version >/dev/null 2>&1; then
    program=$top/glane
else
    say "completions and manual pages are those of a build for this machine"
    cargo build --release --locked
    program=${CARGO_TARGET_DIR:-target}/release/glane
fi
"$program" completions bash >"$top/completions/glane.bash"
"$program" completions zsh >"$top/completions/_glane"
"$program" completions fish >"$top/completions/glane.fish"
"$program" completions powershell >"$top/completions/glane.ps1"
"$program" completions elvish >"$top/completions/glane.elv"
"$program" man --output "$top/man"

say "try it"
"$program" --version
case $target in
*-linux-musl)
    # A static program has no interpreter and asks for no library.
    if readelf -lW "$top/glane" | grep -q INTERP || readelf -dW "$top/glane" | grep -q NEEDED; then
        echo "the program is not static" >&2
        exit 1
    fi
    ;;
esac
if readelf -SW "$top/glane" 2>/dev/null | grep -q '\.symtab'; then
    echo "the program is not stripped" >&2
    exit 1
fi
# From nowhere else than the archive, with nothing in the environment.
cp -r seeds "$stage/seeds"
(
    cd "$stage"
    env -i "$program" extract seeds -o out --quiet
    env -i "$program" verify out
    env -i "$program" explain seeds/breves.jsonl >/dev/null
    env -i "$program" view seeds -o view.html --quiet
)

say "pack"
when=$(git log -1 --format=%ct 2>/dev/null || date +%s)
archive=$name.tar.gz
tar --sort=name --mtime="@$when" --owner=0 --group=0 --numeric-owner --mode='u+rw,go=rX' \
    -C "$stage" -cf - "$name" | gzip -9n >"$dist/$archive"
(cd "$dist" && sha256sum "$archive" >"$archive.sha256" && sha256sum -c --quiet "$archive.sha256")
tar -tzf "$dist/$archive" >/dev/null
ls -l "$top/glane" "$dist/$archive"
cat "$dist/$archive.sha256"
