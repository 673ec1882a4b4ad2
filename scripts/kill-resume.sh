#!/bin/bash
# kill-resume.sh GLANE [N] [ROWS]: ends runs of GLANE with SIGKILL at N random moments,
# resumes each, and compares the bytes of all files (the manifest has times in it: its
# parts, counts and inputs are compared) with those of a run that nobody disturbed.
# Prints « N of N kills resumed byte-identically », or what differs, and exits 1.
set -eu
glane=$(realpath "$1")
kills=${2:-100}
rows=${3:-400}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for ((i = 0; i < rows; i++)); do
  if ((i % 13 == 12)); then
    echo "{\"id\":\"n$i\",\"texte\":"
  else
    echo "{\"id\":\"n$i\",\"texte\":\"Le maire de Nîmes a payé $i euros lundi 4 mai 2020 pour la gare d'Arles.\"}"
  fi
done >d.jsonl
command=("$glane" extract d.jsonl -q --shard-bytes 2k --assume-lang fra -o)
run() { "${command[@]}" "$@" 2>said; }
# Exit 2: the rows that are torn on purpose.
ended() { [ "$1" = 2 ] || { echo "exit $1 instead of 2:"; cat said; exit 1; }; }
told() {
  python3 -c 'import json, sys
m = json.load(open(sys.argv[1]))
print(m["parts"], m["counts"], m["inputs"], m["errors"], m["complete"])' "$1/manifest.json"
}
began=$(date +%s%N)
code=0
run whole || code=$?
ended $code
took=$((($(date +%s%N) - began) / 1000000))
told whole >whole.told
rm whole/manifest.json
same=0 hit=0 inside=0
while ((hit < kills)); do
  rm -rf out
  # The program itself, not a shell around it.
  "${command[@]}" out 2>said &
  child=$!
  ms=$((RANDOM * RANDOM % (took + 1)))
  sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
  kill -9 $child 2>/dev/null || true
  code=0
  wait $child 2>/dev/null || code=$?
  # One that had ended by itself was not killed.
  [ $code = 137 ] || continue
  hit=$((hit + 1))
  if [ -s out/journal.jsonl ]; then inside=$((inside + 1)); fi
  # Killed behind the manifest, it is whole, and there is nothing to resume.
  whole_already=$([ -f out/manifest.json ] && echo 0 || true)
  code=0
  run out --resume || code=$?
  [ "$code" = "$whole_already" ] || ended $code
  told out >out.told
  rm out/manifest.json
  if diff -r whole out && cmp whole.told out.told; then
    same=$((same + 1))
  else
    echo "kill $hit after $ms ms: the files differ"
  fi
done
echo "$same of $kills kills resumed byte-identically ($inside of them while records were written; an undisturbed run takes $took ms)"
[ "$same" = "$kills" ]
