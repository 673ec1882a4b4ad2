"""Amounts: whether an annotated amount is found, and its number and currency right."""

import decimal
import pathlib
import re

import corpus
import runs
from counts import Counts, share

HERE = pathlib.Path(__file__).resolve().parent


def units():
    """Name → (codes, factor)."""
    out = {}
    for line in (HERE / "units.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, codes, *rest = line.split("\t")
            out[name] = (codes.split(), decimal.Decimal("0.01" if rest else 1))
    return out


UNITS = units()


def package_codes(system):
    """Recognizers-Text names currencies in words; its own table has their codes beside them."""
    table = next(system.folder().glob("**/french_numeric_with_unit.py"), None)
    pairs = re.findall(r'\("([^"]+)", "([^"]*)"\)', table.read_text(encoding="utf-8")) if table else []
    return {name: codes for name, all_words in pairs
            if len(codes := [w.upper() for w in all_words.split("|") if re.fullmatch("[a-z]{3}", w)]) > 0}


def number(text):
    try:
        return decimal.Decimal(str(text)).normalize()
    except decimal.InvalidOperation:
        return None


def adapted(system, rows, names):
    """start, end, number, codes of what a peer found."""
    out = []
    for mentions in runs.mentions(system, rows):
        found = []
        for m in mentions:
            unit = m["unit"] or ""
            codes, factor = UNITS.get(unit) or (names.get(unit, [unit]), decimal.Decimal(1))
            amount = number(m["amount"])
            found.append((m["start"], m["end"], amount and (amount * factor).normalize(), codes))
        out.append(found)
    return out


def found(system, rows, names, flags=()):
    if not system.ours:
        return adapted(system, rows, names)
    return [[(m["start"], m["end"], number(m["amount_exact"]), [m["currency"]]) for m in r["money"]]
            for r in runs.records(rows, flags)]


def right(mention, amount, codes):
    return mention[2] == amount and any(c in codes for c in mention[3])


def score(docs, all_found):
    spans, both, amounts, single = Counts(), 0, 0, 0
    for doc, mentions in zip(docs, all_found):
        gold = [s for s in doc.spans if s.tag == "MONEY"]
        for s in gold:
            hits = [m for m in mentions if m[0] < s.end and m[1] > s.start]
            spans.hit += bool(hits)
            spans.missed += not hits
            if "a" in s.attrs:  # the others are ranges
                single += 1
                want = number(s.attrs["a"])
                amounts += any(m[2] == want for m in hits)
                both += any(right(m, want, [s.attrs.get("c")]) for m in hits)
        spans.extra += sum(not any(m[0] < s.end and m[1] > s.start for s in gold) for m in mentions)
    return {**spans.figures(), "amount": share(amounts, single), "both": share(both, single), "single": single}


def alone(system, docs, names):
    """The annotated mentions themselves as texts: what can be read, where finding is done."""
    spans = [(doc, s) for doc in docs for s in doc.spans if s.tag == "MONEY" and "a" in s.attrs]
    rows = [{"id": str(i), "text": doc.text[s.start:s.end], "published": doc.published or "2020-01-01"}
            for i, (doc, s) in enumerate(spans)]
    got = found(system, rows, names, ("--assume-lang", "fra"))
    amounts = sum(any(m[2] == number(s.attrs["a"]) for m in ms) for (_, s), ms in zip(spans, got))
    both = sum(any(right(m, number(s.attrs["a"]), [s.attrs.get("c")]) for m in ms)
               for (_, s), ms in zip(spans, got))
    return {"n": len(spans), "amount": share(amounts, len(spans)), "both": share(both, len(spans))}


def suite(system, names):
    out = {}
    for _, cases in corpus.suites("money"):
        by = {}
        for case in cases:
            value = case.get("value")
            if case["kind"] == "money" and isinstance(value, dict) and value.get("amount") is not None:
                by.setdefault(case["suite"], []).append(case)
        for name, asked in by.items():
            rows = [{"id": str(i), "text": c["text"]} for i, c in enumerate(asked)]
            got = found(system, rows, names, ("--assume-lang", "fra", "--crypto"))
            hits = sum(any(right(m, number(c["value"]["amount"]), c.get("candidates") or [c["value"]["currency"]])
                           for m in ms) for c, ms in zip(asked, got))
            out[name] = {"cases": len(asked), "right": share(hits, len(asked))}
    return out


def measure(system):
    names = {} if system.ours else package_codes(system)
    out = {"alone": {}}
    for name, docs in corpus.annotated("money"):
        if system.articles:  # price-parser finds nothing in running text
            out[name] = score(docs, found(system, [doc.row() for doc in docs], names))
        if any("a" in s.attrs for doc in docs for s in doc.spans if s.tag == "MONEY"):
            out["alone"][name] = alone(system, docs, names)
    out["suites"] = suite(system, names)
    return out
