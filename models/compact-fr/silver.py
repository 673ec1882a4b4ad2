#!/usr/bin/env python3
"""Silver data for `glane train --silver`, from the encoder.

    silver.py label ENCODER DUMP.jsonl.zst RAW.jsonl [--leave-out ANNOTATED.txt...] [--articles N] [--minutes M]
    glane extract RAW.jsonl --with-text -o GLANE.jsonl
    silver.py join RAW.jsonl GLANE.jsonl SILVER.jsonl

`label` reads articles of 90 to 380 words of the dump, in an order drawn at random, and writes what the encoder finds on
its best path, with its probabilities; articles whose id stands in an annotated file are left out. `join` puts these
names into glane's records. `glane train` skips a sentence with a name below 0.8; a name that glane itself is sure of and
the encoder does not see at all is written with 0.3, so that its sentence is skipped too.
"""
import argparse
import io
import json
import random
import re
import sys
import time
from pathlib import Path

DOUBT = 0.3  # the score of a name that only glane sees
SURE = 0.7  # what glane must give such a name


def label(a):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "encoder-fr"))
    import ner
    import torch
    import zstandard
    from tokenizers import Tokenizer
    from transformers import BertForTokenClassification

    torch.set_num_threads(a.threads)
    tok = Tokenizer.from_file(f"{a.encoder}/tokenizer.json")
    model = BertForTokenClassification.from_pretrained(a.encoder, torch_dtype=torch.float32).eval()
    annotated = {m for p in a.leave_out for m in re.findall(r"(?m)^### id: (\S+)", Path(p).read_text(encoding="utf8"))}
    rows = []
    for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(open(a.dump, "rb")), encoding="utf8"):
        d = json.loads(line)
        text = "\n".join(x for x in (d.get("title"), d.get("body") or d.get("text")) if x)
        if str(d["id"]) not in annotated and 90 <= len(text.split()) <= 380:
            rows.append((str(d["id"]), text))
    random.Random(5).shuffle(rows)
    start = time.time()
    with open(a.raw, "w", encoding="utf8") as out:
        for i in range(0, min(a.articles, len(rows)), 24):
            if time.time() - start > 60 * a.minutes:
                break
            group = [ner.Article(tok, name, text) for name, text in rows[i : i + 24]]
            for article, p in zip(group, ner.probabilities(model, group, 180, 30, 16)):
                found = [dict(start=s, end=e, text=article.text[s:e], label=k, score=round(c, 4)) for s, e, k, c in ner.mentions(article, p)]
                print(json.dumps(dict(id=article.name, text=article.text, entities=found), ensure_ascii=False), file=out)


def join(a):
    labelled = {d["id"]: d for d in map(json.loads, open(a.raw, encoding="utf8"))}
    with open(a.silver, "w", encoding="utf8") as out:
        for record in map(json.loads, open(a.glane, encoding="utf8")):
            d = labelled.get(record["id"])
            if d is None or record["status"] != "ok" or record["text"] != d["text"]:
                continue
            at = [0]
            for c in d["text"]:
                at.append(at[-1] + len(c.encode()))
            names = list(d["entities"])
            for g in record["entities"]:
                if g["score"] >= SURE and not any(e["start"] < g["end"] and g["start"] < e["end"] for e in d["entities"]):
                    names.append(dict(g, score=DOUBT))
            names.sort(key=lambda e: e["start"])
            record["entities"] = [dict(e, byte_start=at[e["start"]], byte_end=at[e["end"]], name=e["text"]) for e in names]
            print(json.dumps(record, ensure_ascii=False), file=out)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = a.add_subparsers(required=True)
    c = commands.add_parser("label")
    for name in ("encoder", "dump", "raw"):
        c.add_argument(name)
    c.add_argument("--leave-out", nargs="*", default=[])
    c.add_argument("--articles", type=int, default=1000)
    c.add_argument("--minutes", type=float, default=60)
    c.add_argument("--threads", type=int, default=2)
    c.set_defaults(run=label)
    c = commands.add_parser("join")
    for name in ("raw", "glane", "silver"):
        c.add_argument(name)
    c.set_defaults(run=join)
    a = a.parse_args()
    a.run(a)


if __name__ == "__main__":
    main()
