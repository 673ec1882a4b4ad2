"""What people write when they begin, and what they are told."""

import glane
import pytest

TEXT = "Elle a payé 12 euros."


def table(**columns):
    return pytest.importorskip("pyarrow").table(columns)


def polars_frame(ex):
    return pytest.importorskip("polars").LazyFrame({"text": [TEXT]})


@pytest.mark.parametrize(
    "wrong, kind, says",
    [
        (lambda ex: ex(None), TypeError, "str"),
        (lambda ex: ex(TEXT.encode()), TypeError, "bytes"),
        (lambda ex: ex(TEXT, published=2024), TypeError, "a text, a date or a datetime, not int"),
        (lambda ex: ex.pipe(TEXT), TypeError, "call the extractor with one text"),
        (lambda ex: ex.pipe({"text": TEXT}), TypeError, "one dict is none"),
        (lambda ex: ex.pipe(table(text=[TEXT])), TypeError, "Table is a table, which `arrow` reads"),
        (lambda ex: ex.pipe([TEXT], text=5), TypeError, "int"),
        (lambda ex: ex.arrow(polars_frame(ex)), TypeError, "LazyFrame is none: call its `collect` first"),
        (lambda ex: ex.arrow("dump.parquet"), TypeError, "str is none"),
        (lambda ex: ex.arrow(table(text=[TEXT]).column(0)), TypeError, "ChunkedArray is none"),
        (lambda ex: ex.arrow(table(corps=[TEXT]), text="body"), ValueError, "There are: corps"),
        (lambda ex: ex.arrow(table(text=[TEXT]), keep="url"), ValueError, "--keep url"),
        (lambda ex: glane.Extractor(threads=0), ValueError, "zero"),
        (lambda ex: glane.displacy(ex(TEXT)), ValueError, "with_text=True"),
    ],
)
def test_a_mistake_is_told(ex, wrong, kind, says):
    with pytest.raises(kind) as told:
        wrong(ex)
    assert says in str(told.value)


@pytest.mark.parametrize(
    "row, says",
    [
        (5, "int is none"),
        (TEXT.encode(), "bytes is none"),
        ({"text": None}, "holds no string"),
        ({"text": float("nan")}, "no text field"),
        ({"text": 5}, "holds no string"),
        ({"texte1": TEXT}, "there are texte1"),
    ],
)
def test_a_bad_row_says_why(ex, row, says):
    bad, good = ex.pipe([row, TEXT])
    assert (bad["status"], good["status"]) == ("error", "ok")
    assert says in bad["error"]["message"]


def test_what_is_no_value_of_pandas(ex):
    pandas = pytest.importorskip("pandas")
    numpy = pytest.importorskip("numpy")
    rows = [
        {"text": TEXT, "date": pandas.NaT, "n": pandas.NA, "x": numpy.array([1.5, 2.0])},
        {"text": pandas.NA},
        {"text": TEXT, "date": pandas.Timestamp("2024-05-02 10:00")},
    ]
    first, second, third = ex.pipe(rows, keep=["n", "x"])
    assert first["meta"] == {"n": None, "x": [1.5, 2.0]}
    assert [first["published"], third["published"]] == [None, "2024-05-02T10:00"]
    assert "holds no string" in second["error"]["message"]
    frame = pandas.DataFrame({"text": [TEXT, None]})
    if hasattr(frame, "__arrow_c_stream__"):
        pyarrow = pytest.importorskip("pyarrow")
        records = pyarrow.table(ex.arrow(frame))
        assert records.column("status").to_pylist() == ["ok", "error"]


def test_help_names_the_defaults():
    import inspect

    assert "lang='fra'" in str(inspect.signature(glane.Extractor))
    assert "keep=()" in str(inspect.signature(glane.Extractor.pipe))
    assert "ex(text, id=" in glane.Extractor.__doc__
