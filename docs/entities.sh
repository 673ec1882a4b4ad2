#!/usr/bin/env bash
# Prints the tables of docs/ENTITIES.md. The public sets lie beside the
# repository (../shared/data/ner); the corpus is in it.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
glane=target/release/glane
corpus=models/compact-fr/corpus
first=$(for f in biz cul eco fra int pol tech web; do echo "$corpus/$f.txt"; done)
later=$(for f in ai blog crypto droit firmes hist local longs monde presse produits sport terrain; do echo "$corpus/$f.txt"; done)
for set in winer_split.dev sequoia.europarl sequoia.wiki; do
    file=../shared/data/ner/$set.bio
    if [ -e "$file" ]; then
        echo "== $set"
        $glane eval --layer entities "$file"
    else
        echo "== $set: skipped, $file is not there"
    fi
done
echo "== corpus, dev part of the first eight files"
$glane eval --layer entities --part dev $first
echo "== corpus, dev part of the later files"
$glane eval --layer entities --part dev $later
