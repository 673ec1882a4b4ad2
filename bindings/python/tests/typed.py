"""Read by mypy, never run."""

from typing import List, Optional

import glane


def amounts(ex: glane.Extractor, rows: "List[dict[str, str]]") -> List[Optional[str]]:
    record: glane.Record = ex("Un texte.", published="2024-05-02")
    found = [money["amount_exact"] for money in record["money"]]
    for one in ex.pipe(rows, text="body", keep=["url"]):
        found += [money["amount_exact"] for money in one["money"]]
    lines: List[str] = list(ex.pipe(rows, json=True))
    return found + [str(len(lines))]
