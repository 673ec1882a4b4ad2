"""Spark: `df.mapInArrow(glane.spark.extract(text="body"), glane.spark.SCHEMA)`."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Callable, Optional

from . import schema
from ._shared import extractor

try:
    import pyarrow
    from pyspark import TaskContext
    from pyspark.sql.pandas.types import from_arrow_schema
except ImportError as error:
    raise ImportError("glane.spark needs pyspark and pyarrow: pip install pyspark pyarrow") from error

SCHEMA = from_arrow_schema(pyarrow.schema(schema()), prefer_timestamp_ntz=True)
"""The columns of the records, for `mapInArrow`."""


def extract(
    *,
    text: Optional[str] = None,
    id: Optional[str] = None,
    title: Optional[str] = None,
    date: Optional[str] = None,
    keep: Sequence[str] = (),
    source: Optional[str] = None,
    published: Optional[str] = None,
    threads: int = 1,
    **settings: Any,
) -> "Callable[[Iterator[Any]], Iterator[Any]]":
    """What `mapInArrow` takes; names columns as `Extractor.arrow` does, and `settings` are those of
    `Extractor`.

    Without a `source`, that of a record is `partition-<number>` and its `row` counts from 1 in the
    partition, so that no two have one `uid`. Spark runs a worker for each core: hence one
    thread in each.
    """
    named: "dict[str, Any]" = {"text": text, "id": id, "title": title, "date": date, "published": published}
    wanted = tuple(sorted({**settings, "threads": threads}.items()))

    def work(batches: "Iterator[Any]") -> "Iterator[Any]":
        first = next(batches, None)
        if first is None:
            return
        task = TaskContext.get()
        part = source or f"partition-{task.partitionId() if task else 0:05}"
        rows = pyarrow.RecordBatchReader.from_batches(
            first.schema, itertools.chain([first], batches)
        )
        records = extractor(wanted).arrow(rows, keep=list(keep), source=part, **named)
        yield from pyarrow.RecordBatchReader.from_stream(records)

    return work
