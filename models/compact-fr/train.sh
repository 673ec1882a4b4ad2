#!/usr/bin/env bash
# Makes models/compact-fr/compact-fr.glane again, from the annotated corpus of
# this folder, its lists, and public data (../shared/data by default, see
# README.md for what it is and its licences). A quarter of an hour on two cores.
#
#   models/compact-fr/train.sh [DATA] [WORK]
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

gold=("$data/ner/winer_split.train.bio" "$data/ner/popcorn_named.train.bio" "$here"/corpus/*.txt)
dev=(--dev "$data/ner/winer_split.dev.bio")
for file in "$here"/corpus/*.txt; do dev+=(--dev "$file"); done
common=(--clusters "$work/clusters.tsv" --lists "$here/lists" --lists "$work/lists")

"$glane" train "${gold[@]}" "${dev[@]}" "${common[@]}" -o "$here/compact-fr.glane"
