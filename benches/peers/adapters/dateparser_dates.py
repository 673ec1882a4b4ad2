"""Dates by dateparser: dateparser_dates.py IN OUT.

`search_dates` gives the words that it took, not where they stand: they are looked up in order.
"""

from dateparser.search import search_dates

import task


def work(documents):
    for document in documents:
        settings = {"RELATIVE_BASE": task.reference(document)}
        mentions = []
        for offset, piece in task.pieces(document["text"], task.LINES):
            at = 0
            for words, moment in search_dates(piece, languages=["fr"], settings=settings) or []:
                start = piece.find(words, at)
                if start < 0:
                    continue
                at = start + len(words)
                mentions.append({"start": offset + start, "end": offset + at,
                                 "values": [moment.isoformat()[:16]]})
        yield mentions


task.run(work)
