"""The types of a record. Made by make_records.py of the JSON Schema."""

from typing import Any, Dict, List, Literal, Optional, TypedDict

Anchor = Literal["published", "mention"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Field = Literal["title", "text"]
Grain = Literal["century", "decade", "year", "half", "season", "quarter", "month", "week", "day", "part", "hour", "minute", "second"]
Label = Literal["PER", "LOC", "ORG", "MISC"]
Meta = Dict[str, Any]
Modifier = Literal["APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "START", "MID", "END"]
PercentUnit = Literal["percent", "point"]
PublishedFrom = Literal["metadata", "dateline", "filename", "option"]
Status = Literal["ok", "skipped_language", "skipped_empty", "error"]
Zone = Literal["comment", "boilerplate", "keywords", "byline", "caption"]


_Date = TypedDict(
    "_Date",
    {
        "anchor": Optional[Anchor],
        "byte_end": int,
        "byte_start": int,
        "end": int,
        "field": Field,
        "from": Optional[str],
        "grain": Optional[Grain],
        "mod": Optional[Modifier],
        "sentence": int,
        "start": int,
        "text": str,
        "to": Optional[str],
        "type": DateType,
        "value": Optional[str],
        "zone": Optional[Zone],
    },
)


class Date(_Date, total=False):
    """A time expression."""

    context: str


_Entity = TypedDict(
    "_Entity",
    {
        "byte_end": int,
        "byte_start": int,
        "end": int,
        "field": Field,
        "key": str,
        "label": Label,
        "name": str,
        "score": float,
        "sentence": int,
        "start": int,
        "text": str,
        "zone": Optional[Zone],
    },
)


class Entity(_Entity, total=False):
    """A named entity."""

    context: str


_Failure = TypedDict(
    "_Failure",
    {
        "message": str,
        "stage": str,
    },
)


class Failure(_Failure, total=False):
    """Why an article has status `error`."""


_Money = TypedDict(
    "_Money",
    {
        "amount": Optional[float],
        "amount_exact": Optional[str],
        "amount_max": Optional[str],
        "amount_min": Optional[str],
        "byte_end": int,
        "byte_start": int,
        "currency": Optional[str],
        "end": int,
        "field": Field,
        "mod": Optional[Modifier],
        "per": Optional[str],
        "sentence": int,
        "start": int,
        "text": str,
        "zone": Optional[Zone],
    },
)


class Money(_Money, total=False):
    """An amount of money."""

    context: str


_Percent = TypedDict(
    "_Percent",
    {
        "byte_end": int,
        "byte_start": int,
        "end": int,
        "field": Field,
        "mod": Optional[Modifier],
        "sentence": int,
        "start": int,
        "text": str,
        "unit": PercentUnit,
        "value": Optional[float],
        "value_exact": Optional[str],
        "value_max": Optional[str],
        "value_min": Optional[str],
        "zone": Optional[Zone],
    },
)


class Percent(_Percent, total=False):
    """A percentage or a number of percentage points."""

    context: str


_Record = TypedDict(
    "_Record",
    {
        "chars": int,
        "dates": List[Date],
        "entities": List[Entity],
        "error": Optional[Failure],
        "id": str,
        "lang": Optional[str],
        "lang_confidence": Optional[float],
        "meta": Meta,
        "money": List[Money],
        "percents": List[Percent],
        "published": Optional[str],
        "published_from": Optional[PublishedFrom],
        "row": Optional[int],
        "schema": str,
        "sha256": str,
        "source": Optional[str],
        "status": Status,
        "title": Optional[str],
        "uid": str,
        "warnings": List[str],
    },
)


class Record(_Record, total=False):
    """What one article became."""

    duplicate_of: str
    text: str
