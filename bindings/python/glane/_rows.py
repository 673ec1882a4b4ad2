"""Rows of Python as JSON, which the library reads as it reads files."""

import json
from collections.abc import Mapping
from typing import Any, Callable, Optional


def _value(value: Any) -> Any:
    """What JSON has no word for: dates, exact numbers, values of NumPy."""
    if value != value:  # pandas.NaT, and what else is no value
        return None
    for name in ("isoformat", "item", "tolist"):
        method = getattr(value, name, None)
        if method is not None:
            return method()
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


_encode = json.JSONEncoder(ensure_ascii=False, default=_value).encode
# A lone surrogate is no UTF-8, but JSON can write it, and the library mends it.
_escape = json.JSONEncoder(ensure_ascii=True, default=_value).encode


def _fields(row: Any) -> "dict[Any, Any]":
    for name in ("_asdict", "asDict"):
        method = getattr(row, name, None)
        if method is not None:
            return dict(method())
    if isinstance(row, Mapping) or hasattr(row, "keys"):
        return {key: row[key] for key in row.keys()}
    raise TypeError(f"no row: a dict or a text is one, {type(row).__name__} is none")


def encoder(text: Optional[str]) -> Callable[[Any], bytes]:
    """What makes JSON of a row; `text` is the field of rows that are a text alone."""
    key = text or "text"

    def encode(row: Any) -> bytes:
        if isinstance(row, str):
            row = {key: row}
        elif not isinstance(row, dict):
            row = _fields(row)
        try:
            return _encode(row).encode("utf-8")
        except UnicodeEncodeError:
            return _escape(row).encode("ascii")

    return encode
