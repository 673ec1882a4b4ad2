#!/usr/bin/env python3
"""Articles for silver data, drawn at random from a dump: `pick.py DUMP.jsonl N [ANNOTATED.txt...] > PICKED.jsonl`

Articles of 90 to 380 words, title and text as one, in an order that a seed fixes; what stands in an annotated file
(`### id: …`) is left out. `glane extract PICKED.jsonl --engine accurate --with-text` reads them, `glane train --silver`
learns from that.
"""
import json
import random
import re
import sys
from pathlib import Path

dump, n, annotated = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
left_out = {i for p in annotated for i in re.findall(r"(?m)^### id: (\S+)", Path(p).read_text(encoding="utf8"))}
rows = []
for line in open(dump, encoding="utf8"):
    d = json.loads(line)
    text = "\n".join(x for x in (d.get("title"), d.get("body") or d.get("text")) if x)
    if str(d["id"]) not in left_out and 90 <= len(text.split()) <= 380:
        rows.append(dict(id=str(d["id"]), text=text, published=d.get("published")))
random.Random(5).shuffle(rows)
for row in rows[:n]:
    print(json.dumps(row, ensure_ascii=False))
