"""Records for displaCy."""

from typing import Any, Optional

from .records import Record

# Entities have labels of their own.
_LAYERS = (("entities", None), ("money", "MONEY"), ("dates", "DATE"), ("percents", "PERCENT"))


def displacy(
    record: Record, text: Optional[str] = None, *, field: str = "text"
) -> "dict[str, Any]":
    """A record as `spacy.displacy.render(…, style="ent", manual=True)` takes it.

    `text` is the article (or the title, with `field="title"`); a record made with
    `with_text=True` has its own. Of mentions that overlap, which displaCy cannot show, the
    first and longest is shown.
    """
    if text is None:
        text = record["title"] if field == "title" else record.get("text")
    if text is None:
        raise ValueError("the record has no text: give it, or make records with_text=True")
    found = []
    for layer, label in _LAYERS:
        mentions: Any = record[layer]  # type: ignore[literal-required]
        for mention in mentions:
            if mention["field"] == field:
                said = label or mention["label"]
                found.append((mention["start"], -mention["end"], said))
    ents = []
    last = 0
    for start, end, label in sorted(found):
        if start >= last:
            ents.append({"start": start, "end": -end, "label": label})
            last = -end
    title = record["title"] if field == "text" else None
    return {"text": text, "ents": ents, "title": title}
