import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, Optional, Protocol, TypedDict, Union, overload

from .records import Record

__version__: str

_Date = Union[str, datetime.date]
_Row = Union[Mapping[str, Any], str, Any]

class _Stream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

class _Array(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...

class _Schema(Protocol):
    def __arrow_c_schema__(self) -> Any: ...

class Model(TypedDict):
    name: str
    sha256: str

class Pipe(Iterator[Record]):
    def __iter__(self) -> Pipe: ...
    def __next__(self) -> Record: ...

class RecordBatchReader:
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self) -> Any: ...

class Extractor:
    def __init__(
        self,
        *,
        lang: Union[str, Sequence[str]] = "fra",
        assume_lang: Optional[str] = None,
        min_score: float = 0.0,
        crypto: bool = False,
        timezone: Optional[str] = None,
        context: bool = False,
        with_text: bool = False,
        engine: str = "compact",
        model: Union[str, os.PathLike[str], None] = None,
        encoder: Union[str, os.PathLike[str], None] = None,
        cascade: float = ...,
        threads: Optional[int] = None,
    ) -> None: ...
    def __call__(
        self,
        text: str,
        *,
        id: str = "",
        title: Optional[str] = None,
        published: Optional[_Date] = None,
    ) -> Record: ...
    @overload
    def pipe(
        self,
        rows: Iterable[_Row],
        *,
        text: Optional[str] = None,
        id: Optional[str] = None,
        title: Optional[str] = None,
        date: Optional[str] = None,
        keep: Union[str, Sequence[str]] = (),
        source: Optional[str] = None,
        published: Optional[_Date] = None,
        max_article_bytes: int = ...,
        json: Literal[False] = False,
        threads: Optional[int] = None,
    ) -> Pipe: ...
    @overload
    def pipe(
        self,
        rows: Iterable[_Row],
        *,
        json: Literal[True],
        text: Optional[str] = None,
        id: Optional[str] = None,
        title: Optional[str] = None,
        date: Optional[str] = None,
        keep: Union[str, Sequence[str]] = (),
        source: Optional[str] = None,
        published: Optional[_Date] = None,
        max_article_bytes: int = ...,
        threads: Optional[int] = None,
    ) -> Iterator[str]: ...
    def arrow(
        self,
        data: Union[_Stream, _Array],
        *,
        text: Optional[str] = None,
        id: Optional[str] = None,
        title: Optional[str] = None,
        date: Optional[str] = None,
        keep: Union[str, Sequence[str]] = (),
        source: Optional[str] = None,
        published: Optional[_Date] = None,
        max_article_bytes: int = ...,
        threads: Optional[int] = None,
    ) -> RecordBatchReader: ...
    @property
    def model(self) -> Model: ...

def run(args: Sequence[str]) -> int: ...
def schema() -> _Schema: ...
