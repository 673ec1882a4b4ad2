"""Dates: whether an annotated day, month or year is found, and its value right.

Libraries differ in what a mention is (with or without « le », the hour inside or beside it), so a
mention is found where the two share a character. Values are compared at the precision of the annotation:
a library that gives a day where the text says « juin dernier » is right when its month is. Of several
readings (Recognizers-Text has the last and the next « mardi »), or of the two ends of a stretch, one
right is enough.
"""

import re

import corpus
import runs
from counts import Counts, share

# A day, a month, a year: what every one of these libraries can say.
PLAIN = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")
# Function words that some libraries take into a mention and others leave out.
EDGE = re.compile(r"^(?:(?:l|d)['’]|(?:le|la|les|au|aux|en|du|de|des|dans|dès|depuis|à)\s+|[\s,(]+)", re.IGNORECASE)


def values(date):
    """What glane says, as an adapter does: both ends of a stretch."""
    return (date["value"] or "").split("/")


def found(system, rows, flags=()):
    if not system.ours:
        return runs.mentions(system, rows)
    return [[{"start": d["start"], "end": d["end"], "values": values(d)}
             for d in r["dates"] if d["type"] in ("DATE", "TIME")] for r in runs.records(rows, flags)]


def overlap(a, start, end):
    return a["start"] < end and a["end"] > start


def right(mention, value):
    return any(v[: len(value)] == value for v in mention["values"])


def edges(text, start, end):
    while match := EDGE.match(text[start:end]):
        start += match.end()
    return start, len(text[:end].rstrip(" ,.)"))


def score(docs, all_found):
    spans, valued, exact = Counts(), Counts(), 0
    for doc, mentions in zip(docs, all_found):
        gold = [s for s in doc.spans if s.tag in ("DATE", "TIME") and "_REF" not in s.attrs.get("v", "")]
        # Lengths, repetitions, ages, « actuellement »: neither asked for nor counted against anyone.
        aside = [s for s in doc.spans if s.tag in ("DATE", "TIME", "DUR", "SET") and s not in gold]
        for s in gold:
            hits = [m for m in mentions if overlap(m, s.start, s.end)]
            spans.hit += bool(hits)
            spans.missed += not hits
            exact += any(edges(doc.text, m["start"], m["end"]) == edges(doc.text, s.start, s.end) for m in hits)
            if PLAIN.match(s.attrs.get("v", "")):
                good = any(right(m, s.attrs["v"]) for m in hits)
                valued.hit += good
                valued.missed += not good
        for m in mentions:
            touched = [s for s in gold if overlap(m, s.start, s.end)]
            if not touched:
                if not any(overlap(m, s.start, s.end) for s in aside):
                    spans.extra += 1
                    valued.extra += 1
                continue
            plain = [s.attrs["v"] for s in touched if PLAIN.match(s.attrs.get("v", ""))]
            if plain and not any(right(m, v) for v in plain):
                valued.extra += 1
    return {"found": spans.figures(), "value": valued.figures(), "exact": share(exact, spans.hit)}


LENGTH = {"year": 4, "month": 7, "day": 10}
# Cases of one point in time, which every library can answer.
POINTS = ("date", "datetime")


def wanted(case):
    """The value that a case asks for: a day, month or year at its precision, or a minute."""
    start = ((case.get("bounds") or {}).get("start") or "")
    if case["kind"] == "datetime":
        return start[:16] if len(start) >= 16 else None
    length = LENGTH.get(case.get("grain"))
    return start[:length] if length and len(start) >= length else None


def suite(system):
    """Suite → register → share of cases of which some mention has the value."""
    out = {}
    for name, cases in corpus.suites("dates"):
        asked = [c for c in cases if c["kind"] in POINTS and wanted(c) and c["register"] == "news"]
        if not asked:
            continue
        rows = [{"id": str(i), "text": c["text"], "published": (c["reference_time"] or "2020-01-01").split(".")[0]}
                for i, c in enumerate(asked)]
        got = found(system, rows, ("--assume-lang", "fra"))
        hits = sum(any(right(m, wanted(c)) for m in ms) for c, ms in zip(asked, got))
        out[name] = {"cases": len(asked), "right": share(hits, len(asked))}
    return out


def measure(system):
    out = {}
    for name, docs in corpus.annotated("dates"):
        out[name] = score(docs, found(system, [doc.row() for doc in docs]))
    out["suites"] = suite(system)
    return out
