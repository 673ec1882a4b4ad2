"""French articles into structured data: names, money, dates, percentages.

>>> import glane
>>> ex = glane.Extractor()
>>> record = ex("La mairie a payé 12 euros.")
>>> record["money"][0]["amount_exact"]
'12'
"""

from ._displacy import displacy
from ._glane import Extractor, Pipe, RecordBatchReader, __version__, schema
from .records import Date, Entity, Failure, Money, Percent, Record

__all__ = [
    "Date",
    "Entity",
    "Extractor",
    "Failure",
    "Money",
    "Percent",
    "Pipe",
    "Record",
    "RecordBatchReader",
    "__version__",
    "displacy",
    "schema",
]
