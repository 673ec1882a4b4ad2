#!/usr/bin/env bash
# Prints the table of docs/ENTITIES.md. The corpus is in the repository; the
# public sets are read where they lie beside it (../shared/data/ner).
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
glane=target/release/glane
echo "== corpus, dev part"
$glane eval --layer entities --part dev models/compact-fr/corpus/*.txt
for set in real_news.dev.txt winer_split.dev.bio sequoia.europarl.bio sequoia.wiki.bio; do
    file=../shared/data/ner/$set
    if [ -e "$file" ]; then
        echo "== $set"
        $glane eval --layer entities "$file"
    else
        echo "== $set: skipped, $file is not there"
    fi
done
