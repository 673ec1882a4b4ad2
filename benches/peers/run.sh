#!/usr/bin/env bash
# glane beside other libraries: benches/peers/run.sh [PART...]
#
#   install   each peer into an environment of its own, from the Python and npm indexes
#   names     accuracy of names          dates   of dates
#   money     of amounts                 speed   of everything, by turns on one core
#   glane     names, dates and money of glane alone, then speed of glane and the peers: after a
#             change of glane (ONLY="spacy-md" for the speed of that one alone)
#   check     whether the scorer counts as it says, and as glane eval does
#   page      docs/COMPARE.md from what was measured last (every other part ends with it too)
#   all       all of these (the default)
#
# GLANE=PATH    the glane to measure (default: target/release/glane, built when it is not there)
# SHARED=FOLDER public data, where there is such (default: ../shared beside the repository)
# PEERS=FOLDER  environments and results (default: target/peers, 8 GB)
# ONLY="A B"    only these systems (names as in systems.py); what was measured of others stays
# TURNS=N       rounds of the measure of speed (default 5)
# CORE=N        the core that speed is measured on (default 0)
# COMPARE=FILE  the page to write (default: docs/COMPARE.md)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export PEERS=${PEERS:-$root/target/peers}
export GLANE=${GLANE:-$root/target/release/glane}
export PYTHONDONTWRITEBYTECODE=1
mkdir -p "$PEERS"

# A failed install is written down, and leaves the others be.
install() {
    for tool in python3 npm; do
        command -v "$tool" >/dev/null || echo "run.sh: no $tool here: its peers are left out" >&2
    done
    grep -v '^#' "$here/environments.tsv" | while IFS=$'\t' read -r name kind packages; do
        folder=$PEERS/env/$name
        [ -e "$folder/installed" ] && [ "$(cat "$folder/installed")" = "$packages" ] && continue
        echo "== installing $name: $packages" >&2
        rm -rf "$folder" && mkdir -p "$folder"
        # shellcheck disable=SC2086 # one package a word
        if case $kind in
            pip) python3 -m venv --without-pip "$folder" &&
                python3 -m pip --python "$folder/bin/python" install -q --disable-pip-version-check $packages ;;
            npm) npm install --prefix "$folder" --no-audit --no-fund --silent $packages ;;
        esac </dev/null >"$folder/log" 2>&1; then
            echo "$packages" >"$folder/installed"
        else
            echo "run.sh: $name could not be installed: $(tail -n 1 "$folder/log")" >&2
        fi
    done
}

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
    exit 2
}

[ $# -gt 0 ] || set -- all
for part in "$@"; do
    case $part in
        install | names | dates | money | speed | glane | check | page | all) ;;
        *) usage ;;
    esac
done
if [ ! -x "$GLANE" ]; then
    (cd "$root" && cargo build --release)
fi
for part in "$@"; do
    case $part in
        install) install ;;
        check) python3 "$here/check.py" ;;
        glane | page) python3 "$here/measure.py" "$part" ;;
        names | dates | money | speed) install && python3 "$here/measure.py" "$part" ;;
        all) install && for one in names dates money speed; do python3 "$here/measure.py" "$one"; done ;;
    esac
done
