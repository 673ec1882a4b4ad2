import datetime
import decimal

import glane
import pytest

from conftest import command, rows, write_rows

pa = pytest.importorskip("pyarrow")


def read(reader):
    return pa.RecordBatchReader.from_stream(reader).read_all()


def test_a_table_gives_the_records_of_pipe(ex):
    them = list(rows(2500))
    them[3]["body"] = None
    table = pa.Table.from_pylist(them).combine_chunks()
    out = read(ex.arrow(table, keep=["url"], source="dump.jsonl"))
    assert out.num_rows == 2500
    # The text is null: the same record as that of the row in JSON.
    ours = list(ex.pipe(them, keep=["url"], source="dump.jsonl"))
    for column in ["id", "uid", "source", "row", "title", "published", "status", "sha256", "lang"]:
        assert out.column(column).to_pylist() == [r[column] for r in ours], column
    assert out.column("meta").to_pylist()[0] == '{"url":"https://exemple.fr/1"}'
    assert out.column("status").to_pylist().count("error") == 1
    for n, money in enumerate(out.column("money").to_pylist(), 1):
        if n != 4:
            assert money[0]["amount_exact"] == decimal.Decimal(n)
            assert money[0]["text"] == f"{n} euros"
    entities = [[e["text"] for e in them] for them in out.column("entities").to_pylist()]
    assert entities == [[e["text"] for e in r["entities"]] for r in ours]


def test_the_same_columns_as_the_command_line_writes_to_parquet(ex, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    them = list(rows(40))
    write_rows(tmp_path / "dump.jsonl", them)
    command("extract", "dump.jsonl", "-o", "out.parquet", "-q", cwd=tmp_path)
    theirs = parquet.read_table(tmp_path / "out.parquet")
    ours = read(ex.arrow(pa.Table.from_pylist(them), source="dump.jsonl"))
    shared = [name for name in theirs.column_names if name in ours.column_names]
    assert {"uid", "published", "sha256"} <= set(shared)
    for name in shared:
        assert ours.column(name).to_pylist() == theirs.column(name).to_pylist(), name


def test_a_reader_streams_and_is_read_once(ex):
    schema = pa.schema([("body", pa.string()), ("published", pa.timestamp("us", tz="Europe/Paris"))])
    when = datetime.datetime(2024, 3, 5, 23, 30, tzinfo=datetime.timezone.utc)

    def batches():
        for n in range(1, 21):
            texts = [f"Elle a payé {n * 100 + k} euros." for k in range(70)]
            yield pa.record_batch([pa.array(texts), pa.array([when] * 70, schema.field(1).type)], schema)

    reader = ex.arrow(pa.RecordBatchReader.from_batches(schema, batches()), text="body")
    out = pa.RecordBatchReader.from_stream(reader)
    assert out.schema == pa.schema(glane.schema())
    sizes, amounts = [], []
    for batch in out:
        sizes.append(batch.num_rows)
        amounts += [m[0]["amount_exact"] for m in batch.column("money").to_pylist()]
        assert set(batch.column("published").to_pylist()) == {"2024-03-06T00:30+01:00"}
    assert amounts == [decimal.Decimal(n * 100 + k) for n in range(1, 21) for k in range(70)]
    assert len(sizes) == 2 and sizes[0] >= 1024
    with pytest.raises(ValueError, match="read already"):
        pa.RecordBatchReader.from_stream(reader)


def test_a_batch_an_empty_table_and_what_is_none(ex):
    batch = pa.record_batch({"texte": ["Elle a payé 12 euros."], "id": [7]})
    out = read(ex.arrow(batch))
    assert out.column("id").to_pylist() == ["7"]
    empty = read(ex.arrow(batch.slice(0, 0)))
    assert (empty.num_rows, empty.schema) == (0, pa.schema(glane.schema()))
    with pytest.raises(ValueError) as told:
        ex.arrow(batch, text="text")
    assert "--text-field text: no field of this name in the table; did you mean `texte`?" in str(
        told.value
    )
    with pytest.raises(TypeError, match="no table"):
        ex.arrow([{"text": "Elle a payé 12 euros."}])


def test_what_the_input_raises_comes_behind_its_rows(ex):
    schema = pa.schema([("text", pa.string())])

    def batches():
        yield pa.record_batch([pa.array(["Elle a payé 12 euros."] * 5)], schema)
        raise OSError("torn")

    out = pa.RecordBatchReader.from_stream(
        ex.arrow(pa.RecordBatchReader.from_batches(schema, batches()))
    )
    assert out.read_next_batch().num_rows == 5
    with pytest.raises(Exception, match="torn"):
        out.read_next_batch()


def test_polars_in_and_out(ex):
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(
        {
            "corps": ["Elle a payé 12 euros.", None, "Il a payé 14 euros."],
            "date": [datetime.date(2024, 5, 2)] * 3,
            "rubrique": polars.Series(["Villes", "Villes", "Sport"], dtype=polars.Categorical),
        }
    )
    out = polars.DataFrame(ex.arrow(frame, text="corps", title="rubrique"))
    assert out["published"].to_list() == ["2024-05-02"] * 3
    assert out["title"].to_list() == ["Villes", "Villes", "Sport"]
    assert out["status"].to_list() == ["ok", "error", "ok"]
    assert [[str(m["amount_exact"].normalize()) for m in them] for them in out["money"].to_list()] == [
        ["12"],
        [],
        ["14"],
    ]
