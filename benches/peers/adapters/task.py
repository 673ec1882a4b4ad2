"""What every adapter does: read documents, hand each to its library, write mentions.

    ADAPTER OPTIONS IN.jsonl OUT.jsonl

A line of IN has `id`, `text` and perhaps `published` (ISO); a line of OUT has `id` and `mentions`,
each with `start` and `end` in code points and what the library says of it. The last line of standard
error is a JSON object with the processor seconds of loading and of the work itself (of loading null where
other processes do the work).
"""

import datetime
import json
import re
import sys
import time


def documents():
    with open(sys.argv[-2], encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def reference(document, default=datetime.datetime(2020, 1, 1)):
    """The moment that the text was published at, without its time zone."""
    published = document.get("published")
    if not published:
        return default
    parts = [int(n) for n in re.findall(r"\d+", published.split("+")[0])[:6]]
    return datetime.datetime(*(parts + [1] * (3 - len(parts))))


def pieces(text, pattern):
    """The parts of a text between the matches of a pattern, each with its offset."""
    at = 0
    for match in re.finditer(pattern, text):
        if text[at:match.start()].strip():
            yield at, text[at:match.start()]
        at = match.end()
    if text[at:].strip():
        yield at, text[at:]


LINES = r"\n+"
SENTENCES = r"\n+|(?<=[.!?…]) +(?=[A-ZÀÂÉÈÊÎÔÇ«\"“])"


def run(work, alone=True):
    """`work(documents)` yields the mentions of each document in turn; not alone: by other processes."""
    todo = documents()
    before = time.process_time()
    with open(sys.argv[-1], "w", encoding="utf-8") as out:
        for document, mentions in zip(todo, work(todo)):
            row = {"id": document["id"], "mentions": mentions}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    spent = time.process_time() - before
    print(json.dumps({"load": before if alone else None, "work": spent}), file=sys.stderr)
