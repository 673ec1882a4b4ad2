#!/usr/bin/env python3
"""Does the scorer count as it says? Answers written by hand, then glane's own evaluation of the same sets."""

import os
import subprocess

import corpus
import dates
import money
import names
import systems
from corpus import Doc, Span

# How far from `glane eval` an F1 may be, in points: it rounds to hundredths.
MARGIN = 0.1


def doc(marked):
    """A document from text with [TAG words] or [TAG:value words]."""
    text, spans = "", []
    for part in marked.replace("]", "[").split("["):
        head, _, words = part.partition(" ")
        tag, _, value = head.partition(":")
        if tag in ("PER", "LOC", "ORG", "MISC", "DATE", "DUR", "MONEY"):
            attrs = {"v": value} if tag != "MONEY" else dict(zip("ac", value.split("/")))
            spans.append(Span(len(text), len(text) + len(words), tag, attrs))
            text += words
        else:
            text += part
    return Doc("x", text, None, spans)


def at(doc, words):
    start = doc.text.index(words)
    return start, start + len(words)


def spans_are_read_by_one_convention():
    d = doc("Le président [PER Bayrou] a lu « [ORG L'Équipe] », dit l'[ORG ONU].")
    found = [(*at(d, "président Bayrou"), "PER"), (*at(d, "« L'Équipe »"), "ORG"), (*at(d, "l'ONU"), "LOC"),
             (*at(d, "président"), "PER")]
    all_of = names.score([d], [found])
    # Two of three right, one of another label, a function that counts for nothing.
    assert (round(all_of["all"]["p"]), round(all_of["all"]["r"])) == (67, 67), all_of
    assert all_of["span"]["f1"] == 100, all_of
    assert names.score([d], [found], normal=False)["all"]["f1"] == 0


def dates_are_right_at_the_precision_of_the_text():
    d = doc("En [DATE:2017-06 juin dernier], puis [DATE:2017-09-19 mardi], pendant [DUR:P3M trois mois].")
    def mention(words, *values):
        start, end = at(d, words)
        return {"start": start, "end": end, "values": values}
    got = [mention("En juin", "2017-06-19T00:00"), mention("mardi", "2017-09-12", "2017-09-19"),
           mention("trois mois", "2017-12-19"), mention("puis", "2017-01-01")]
    figures = dates.score([d], [got])
    # Both right; of the mentions one is on nothing, one on a length, which does not count.
    assert (round(figures["value"]["p"]), figures["value"]["r"]) == (67, 100), figures
    assert (round(figures["found"]["p"]), figures["found"]["r"]) == (67, 100), figures
    wrong = dates.score([d], [[mention("mardi", "2017-09-12")]])
    assert (wrong["found"]["r"], wrong["value"]["r"]) == (50, 0), wrong


def amounts_need_number_and_currency():
    d = doc("Elle vaut [MONEY:12000000/EUR 12 millions d'euros], lui [MONEY:5/USD 5 dollars].")
    got = [(*at(d, "12 millions"), money.number(12), ["EUR"]), (*at(d, "5 dollars"), money.number("5.0"), ["CAD", "USD"])]
    figures = money.score([d], [got])
    assert (figures["f1"], figures["amount"], figures["both"]) == (100, 50, 50), figures


def agrees_with_glane_eval():
    glane = next(s for s in systems.ALL if s.ours)
    files = {"corpus dev": sorted(str(f) for f in (corpus.ROOT / "models/compact-fr/corpus").glob("*.txt")) + ["--part", "dev"]}
    for name, docs in corpus.annotated("names"):
        ending = "txt" if name.startswith("real_news") else "bio"
        chosen = files.get(name) or [str(corpus.SHARED / f"data/ner/{name}.{ending}")]
        out = subprocess.run([os.environ["GLANE"], "eval", "--layer", "entities", *chosen], stdout=subprocess.PIPE, text=True, check=True)
        theirs = float(next(line.split()[3] for line in out.stdout.splitlines() if line.startswith("all")))
        ours = names.score(docs, names.found(glane, docs), normal=False)["all"]["f1"]
        print(f"{name}: {ours:.2f} here, {theirs:.2f} by glane eval")
        assert abs(ours - theirs) < MARGIN, name


for test in (spans_are_read_by_one_convention, dates_are_right_at_the_precision_of_the_text,
             amounts_need_number_and_currency, agrees_with_glane_eval):
    test()
    print(f"ok: {test.__name__.replace('_', ' ')}")
