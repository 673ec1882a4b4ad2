#!/usr/bin/env python3
"""harmonise.py IN.bio >OUT.bio: a corpus of other conventions, by ours (corpus/GUIDE.md), where the words alone decide.

A minister's portfolio loses its mark (« ministre de l'Intérieur »); an institution and its place become one mention
(« parquet de Bobigny »). Prints to standard error how often.
"""
import collections
import sys

MEMBERS = {"ministre", "ministres", "secrétaire", "secrétaires"}
# Between the title and the portfolio: « ministre français délégué auprès de la ».
LINKS = {"de", "du", "des", "d'", "d’", "la", "l'", "l’", "à", "au", "aux", "chargé", "chargée", "délégué", "déléguée", "d'État", "d’État", "État", "et"}
DEMONYMS = ("ais", "aise", "ain", "aine", "ien", "ienne", "and", "ande", "que", "ol", "ole", "ois", "oise", "sse", "en", "enne")
INSTITUTIONS = {
    "parquet": "ORG",
    "pompiers": "ORG",
    "sapeurs-pompiers": "ORG",
    "préfecture": "ORG",
    "sous-préfecture": "ORG",
    "brigade": "ORG",
    "gendarmerie": "ORG",
    "mairie": "ORG",
    "hôpital": "ORG",
    "tribunal": "ORG",
    "université": "ORG",
    "prison": "ORG",
    "commissariat": "ORG",
    "aéroport": "LOC",
}
OF = {"de", "du", "d'", "d’", "des"}
ARTICLES = {"la", "l'", "l’"}


def end_of(tags, i):
    j = i + 1
    while j < len(tags) and tags[j].startswith("I-"):
        j += 1
    return j


def harmonise(words, tags, seen):
    low = [w.lower() for w in words]
    for i, tag in enumerate(tags):
        if tag == "B-ORG":
            j, linked = i, False
            while j > 0 and (low[j - 1] in LINKS or (linked and low[j - 1].endswith(DEMONYMS) and low[j - 1] not in MEMBERS)):
                j, linked = j - 1, True
            if linked and j > 0 and low[j - 1] in MEMBERS and low[i - 1] != "et":
                # A party has secretaries too: « la secrétaire nationale du PS ».
                if low[j - 1].startswith("secrétaire") and "état" not in "".join(low[j:i]):
                    continue
                for k in range(i, end_of(tags, i)):
                    tags[k] = "O"
                seen["portfolio"] += 1
        elif tag == "B-LOC":
            j = i
            if j > 1 and low[j - 1] in ARTICLES and low[j - 2] in {"de", "à"}:
                j -= 1
            if j < 2 or low[j - 1] not in OF:
                continue
            head = j - 2
            # « préfecture de police de », « tribunal correctionnel de ».
            for back in range(3):
                if head - back < 0:
                    break
                kind = INSTITUTIONS.get(low[head - back])
                if kind and tags[head - back] == "O" and all(w.isalpha() and w.islower() for w in words[head - back + 1 : head + 1]):
                    before = low[head - back - 1] if head - back else ""
                    if before in {"un", "une"}:
                        break
                    until = end_of(tags, i)
                    for k in range(head - back, until):
                        tags[k] = ("B-" if k == head - back else "I-") + kind
                    seen[low[head - back]] += 1
                    break
    return tags


def main():
    seen = collections.Counter()
    rows = []

    def flush():
        tags = harmonise([r[0] for r in rows], [r[1] for r in rows], seen)
        for r, tag in zip(rows, tags):
            print("\t".join([r[0], tag] + r[2:]))
        rows.clear()

    for line in open(sys.argv[1], encoding="utf8"):
        line = line.rstrip("\n")
        if "\t" in line:
            rows.append(line.split("\t"))
        else:
            flush()
            print(line)
    flush()
    print(", ".join(f"{k} {n}" for k, n in seen.most_common()), file=sys.stderr)


if __name__ == "__main__":
    main()
