"""Rows and values of Python as JSON, which the library reads as it reads files."""

import json
from collections.abc import Mapping
from typing import Any


def _other(value: Any) -> Any:
    """What JSON has no word for: dates, exact numbers, values of NumPy."""
    try:
        if value != value:  # pandas.NaT, and what else is no value
            return None
    except TypeError:  # pandas.NA, which is neither
        return None
    except ValueError:  # an array, which is many
        pass
    for name in ("isoformat", "tolist"):
        method = getattr(value, name, None)
        if method is not None:
            return method()
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


_encode = json.JSONEncoder(ensure_ascii=False, default=_other).encode
# A lone surrogate is no UTF-8, but JSON can write it, and the library mends it.
_escape = json.JSONEncoder(ensure_ascii=True, default=_other).encode


def value(value: Any) -> bytes:
    """A value as JSON."""
    try:
        return _encode(value).encode("utf-8")
    except UnicodeEncodeError:
        return _escape(value).encode("ascii")


def row(row: Any) -> "dict[Any, Any]":
    """The fields of a row that is no dict."""
    for name in ("_asdict", "asDict"):
        method = getattr(row, name, None)
        if method is not None:
            return dict(method())
    if isinstance(row, Mapping) or hasattr(row, "keys"):
        return {key: row[key] for key in row.keys()}
    raise TypeError(f"no row: a dict or a text is one, {type(row).__name__} is none")
