"""A component for spaCy: `nlp.add_pipe("glane")`.

Sets `doc.ents` to the entities, and `doc._.glane` to the whole record, `doc._.money`,
`doc._.dates` and `doc._.percents` to its lists, whose `start` and `end` are characters of
`doc.text`. `doc._.published`, where it is set before, is the publication date.
"""

from typing import Any, Optional

from . import Extractor

try:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.util import filter_spans
except ImportError as error:
    raise ImportError("glane.spacy needs spaCy: pip install spacy") from error

_LAYERS = ("money", "dates", "percents")


@Language.factory(
    "glane",
    assigns=["doc.ents"],
    default_config={"min_score": 0.0, "assume_lang": "fra", "timezone": None, "model": None},
)
def create(
    nlp: Any,
    name: str,
    min_score: float,
    assume_lang: Optional[str],
    timezone: Optional[str],
    model: Optional[str],
) -> "Component":
    """Makes the component; its settings are those of `glane.Extractor`."""
    extractor = Extractor(
        min_score=min_score, assume_lang=assume_lang, timezone=timezone, model=model
    )
    return Component(extractor)


class Component:
    """Reads a document of spaCy."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        for name in ("glane", "published", *_LAYERS):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)

    def __call__(self, doc: Any) -> Any:
        # The title that a text begins with stays in the text.
        record = self._extractor(doc.text, published=doc._.published)
        spans = []
        for mention in record["entities"]:
            if mention["field"] == "text":
                # A mention that ends inside a token of spaCy has the whole token.
                span = doc.char_span(
                    mention["start"], mention["end"], mention["label"], alignment_mode="expand"
                )
                spans += [span] if span is not None else []
        doc.ents = filter_spans(spans)
        doc._.glane = record
        for layer in _LAYERS:
            setattr(doc._, layer, record[layer])  # type: ignore[literal-required]
        return doc
