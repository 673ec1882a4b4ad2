#!/usr/bin/env bash
# accurate.sh GLANE TEXTS.jsonl GOLD...: the table of docs/ENTITIES.md, F1 of entities against tokens a processor
# second for several values of --cascade. Marked-up files (.txt) are scored by their dev part.
set -euo pipefail
glane=$1 texts=$2
shift 2
tokens=$("$glane" bench "$texts" --limit 0 --passes 2 -j 1 --json | grep -o '"tokens":[0-9]*' | cut -d: -f2)

seconds() { # of a processor, for one run over the texts
    local TIMEFORMAT=%U
    { time "$glane" extract "$texts" -j 1 -q -o - "$@" >/dev/null; } 2>&1
}

f1() {
    local file part out=()
    for file in "${gold[@]}"; do
        part=()
        if [[ $file == *.txt && $file != *.dev.txt ]]; then part=(--part dev); fi
        out+=("$("$glane" eval --layer entities "$file" "${part[@]}" "$@" | awk '$1 == "all" { print $4 }')")
    done
    printf '%s | ' "${out[@]}"
}

gold=("$@")
nothing=$(mktemp --suffix=.jsonl)
trap 'rm -f "$nothing"' EXIT
echo '{"text": "Rien."}' >"$nothing"
load() { local TIMEFORMAT=%U; { time "$glane" extract "$nothing" -j 1 -q -o - "$@" >/dev/null; } 2>&1; }

for cascade in none 0.02 0.015 0.01 0.006 0.003 0; do
    flags=(--engine accurate --cascade "$cascade")
    [ "$cascade" = none ] && flags=(--engine compact)
    spent=$(seconds "${flags[@]}")
    idle=$(load "${flags[@]}")
    rate=$(awk -v t="$tokens" -v s="$spent" -v i="$idle" 'BEGIN { printf "%d", t / (s - i > 0.001 ? s - i : 0.001) }')
    echo "| $cascade | $(f1 "${flags[@]}")$rate |"
done
