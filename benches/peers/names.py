"""Names: exact span and label, as CoNLL-2003 counts, after one normalisation of both sides."""

import re

import corpus
import runs
from counts import Counts

LISTS = corpus.ROOT / "models/compact-fr/lists"


def listed(kind):
    return set((LISTS / f"{kind}__own.txt").read_text(encoding="utf-8").splitlines())


DEMONYMS, TITLES = listed("demonym"), listed("person_title")
# What stands at the edge of a span by convention, and is taken off annotated and found spans alike:
# articles, quotation marks, punctuation, white space; of a person the title too.
BEFORE = re.compile(r"^(?:[\s\"«»“”„'’‘(\[,;:.\-–—]+|(?:l|d)['’]\s*|(?:le|la|les)\s+)", re.IGNORECASE)
AFTER = re.compile(r"[\s\"«»“”„'’‘)\],;:.!?…\-–—]+$")
# Spans that are names by some conventions and not by others, left out on both sides: people of a
# place (« Français »), functions without a name (« Premier ministre », « Monsieur le Président »,
# « ministre de l'Intérieur »), « État ».
FUNCTION = re.compile(r"^(?:(?:monsieur|madame|messieurs|mesdames|ministre|secrétaire d['’][ée]tat)\b.*"
                      r"|(?:premi(?:er|ère) ministre|présidente?)(?: \w+)?|président de la république"
                      r"|garde des sceaux|[ée]tats?)$", re.IGNORECASE)


def trimmed(text, start, end):
    """The span without what stands at its edges."""
    while first := BEFORE.match(text[start:end]):
        start += first.end()
    last = AFTER.search(text[start:end])
    return start, end - (len(last.group()) if last else 0)


def title(words):
    """Length of the titles that a person's name begins with, and what follows them."""
    at = 0
    while True:
        rest = words[at:].split(" ")
        size = next((n for n in (4, 3, 2, 1) if len(rest) > n and " ".join(rest[:n]) in TITLES), 0)
        if not size:
            return at
        at += len(" ".join(rest[:size])) + 1


def normalised(text, start, end, label):
    """The span by the common convention, or None where it is left out."""
    start, end = trimmed(text, start, end)
    if label == "PER":
        start += title(text[start:end])
    words = text[start:end]
    if not words or words in DEMONYMS or words in TITLES or FUNCTION.match(words):
        return None
    return start, end


def key(doc, spans, normal):
    """(start, end) → label."""
    out = {}
    for start, end, label in spans:
        at = normalised(doc.text, start, end, label) if normal else (start, end)
        if at:
            out[at] = label
    return out


def score(docs, found, normal=True):
    """F1 of each label, of all, and of spans whatever their label."""
    labels = {name: Counts() for name in corpus.NAMES}
    spans = Counts()
    for doc, mentions in zip(docs, found):
        gold = key(doc, [(s.start, s.end, s.tag) for s in doc.spans if s.tag in labels], normal)
        got = key(doc, [m for m in mentions if m[2] in labels], normal)
        for at, label in gold.items():
            right = got.get(at) == label
            labels[label].hit += right
            labels[label].missed += not right
            spans.hit += at in got
            spans.missed += at not in got
        for at, label in got.items():
            labels[label].extra += gold.get(at) != label
            spans.extra += at not in gold
    whole = Counts(*(sum(getattr(c, f) for c in labels.values()) for f in ("hit", "extra", "missed")))
    return {"all": whole.figures(), "span": spans.figures(), **{n: c.figures() for n, c in labels.items()}}


def found(system, docs):
    rows = [doc.row() for doc in docs]
    if system.ours:
        return [[(e["start"], e["end"], e["label"]) for e in r["entities"]]
                for r in runs.records(rows, system.command)]
    return [[(m["start"], m["end"], m["label"]) for m in ms] for ms in runs.mentions(system, rows)]


def measure(system):
    """Set → figures, with the spans normalised and as they are."""
    out = {}
    for name, docs in corpus.annotated("names"):
        mentions = found(system, docs)
        out[name] = {"normal": score(docs, mentions), "raw": score(docs, mentions, normal=False)}
    return out
