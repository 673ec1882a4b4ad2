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

# The annotated news again, without its case.
news=../shared/data/ner/real_news.dev.txt
if [ -e "$news" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    for case in upper lower; do
        python3 -c '
import re, sys
for line in sys.stdin:
    parts = re.split("(<[^>]*>)", line)
    kept = line.startswith("###")
    print("".join(p if kept or i % 2 else getattr(p, sys.argv[1])() for i, p in enumerate(parts)), end="")
' "$case" <"$news" >"$folder/$case.dev.txt"
        echo "== real_news.dev.txt, all in $case case"
        $glane eval --layer entities "$folder/$case.dev.txt"
    done
fi
