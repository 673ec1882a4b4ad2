"""One extractor in a process for each set of settings: what an extractor that was pickled becomes."""

import functools
from typing import Any

from ._glane import Extractor


@functools.lru_cache(maxsize=8)
def extractor(settings: "tuple[tuple[str, Any], ...]") -> Extractor:
    """Loads the model the first time that these settings are asked for."""
    return Extractor(**dict(settings))
