import collections
import datetime
import json
import resource
import sqlite3
import threading

import glane
import pytest

from conftest import REPOSITORY, command, dumped, rows, write_rows


def test_records_are_those_of_the_command_line_byte_for_byte(ex, tmp_path):
    them = list(rows(120))
    # What no program should have written.
    them[7] = {"id": "sans texte"}
    them[8] = {"body": 12, "id": 3}
    them[9]["date"] = "hier"
    them[10]["date"] = "03/04/2024"
    them[11]["body"] = ""
    them[12]["body"] = "The mayor said that he would not resign this year, whatever happens."
    them[13]["score"] = float("nan")
    them[14] = {"body": "Un texte sans nom."}
    write_rows(tmp_path / "dump.jsonl", them)
    theirs = command(
        "extract", "dump.jsonl", "-o", "-", "-q", "--keep", "url", cwd=tmp_path, code=2
    ).splitlines()
    assert len(theirs) == 120
    ours = list(ex.pipe(iter(them), source="dump.jsonl", keep=["url"]))
    assert [dumped(record) for record in ours] == theirs
    assert list(ex.pipe(them, source="dump.jsonl", keep=["url"], json=True)) == theirs
    assert [r["status"] for r in ours[7:9]] == ["error", "error"]
    assert ours[14]["id"] == "dump.jsonl#15"
    # Every amount is that of its row.
    for n, record in enumerate(ours, 1):
        if n not in range(8, 16):
            assert record["money"][0]["amount_exact"] == str(n)


def test_the_samples_of_the_repository(ex, tmp_path):
    if not (REPOSITORY / "seeds" / "breves.jsonl").is_file():
        pytest.skip("the samples are not here")
    with open(REPOSITORY / "seeds" / "breves.jsonl", encoding="utf-8") as lines:
        them = [json.loads(line) for line in lines if line.strip()]
    theirs = command("extract", "seeds/breves.jsonl", "-o", "-", "-q", cwd=REPOSITORY)
    ours = ex.pipe(them, source="seeds/breves.jsonl")
    assert "".join(dumped(record) + "\n" for record in ours) == theirs


def test_fields_that_are_named(ex):
    row = {"doc": {"corps": "Elle a payé 12 euros."}, "nr": 7, "body": "non", "a": {"b": [1, 2]}}
    (record,) = ex.pipe([row], text="doc.corps", id="nr", keep=["a.b"], published="2024-05")
    assert record["money"][0]["amount_exact"] == "12"
    assert (record["id"], record["row"], record["source"]) == ("7", 1, None)
    assert record["meta"] == {"a.b": [1, 2]}
    assert (record["published"], record["published_from"]) == ("2024-05", "option")
    (error,) = ex.pipe([row], text="corps")
    assert error["status"] == "error"
    assert error["error"]["message"].startswith("row 1: no field `corps`, which --text-field names")


def test_rows_of_all_kinds(ex):
    Article = collections.namedtuple("Article", "body date")
    when = datetime.datetime(2024, 3, 5, 18, 12)
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    row = database.execute("select 'Elle a payé 13 euros.' as text, 7 as id").fetchone()
    them = ["Elle a payé 11 euros.", Article("Elle a payé 12 euros.", when), row]
    records = list(ex.pipe(them))
    assert [r["money"][0]["amount_exact"] for r in records] == ["11", "12", "13"]
    assert [r["published"] for r in records] == [None, "2024-03-05T18:12", None]
    assert [r["id"] for r in records] == ["#1", "#2", "7"]


def test_a_bad_row_is_a_record(ex):
    around = {}
    around["self"] = around
    them = [3, None, around, {"text": "Elle a payé 12 \ud83d euros."}, "Elle a payé 13 euros."]
    records = list(ex.pipe(them, max_article_bytes=100_000))
    assert [r["status"] for r in records] == ["error"] * 3 + ["ok"] * 2
    assert records[0]["error"] == {
        "stage": "parse",
        "message": "row 1: no row: a dict or a text is one, int is none",
    }
    assert records[1]["error"]["message"].endswith("NoneType is none")
    assert records[3]["warnings"] == ["lone_surrogate"]
    (long,) = ex.pipe(["x" * 200], max_article_bytes=100)
    assert (long["status"], long["error"]["stage"]) == ("error", "read")


def test_what_the_rows_raise_comes_behind_their_records(ex):
    def failing():
        yield from rows(50)
        raise KeyError("no more")

    records = []
    with pytest.raises(KeyError, match="no more"):
        for record in ex.pipe(failing()):
            records.append(record)
    assert [r["id"] for r in records] == [f"a{n}" for n in range(1, 51)]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_order_whatever_the_threads(ex, threads):
    records = list(ex.pipe(rows(300), threads=threads))
    assert [r["id"] for r in records] == [f"a{n}" for n in range(1, 301)]
    assert [r["row"] for r in records] == list(range(1, 301))


def test_it_reads_ahead_but_not_far(ex):
    given = 0

    def counted():
        nonlocal given
        for row in rows(5000):
            given += 1
            yield row

    pipe = ex.pipe(counted(), threads=2)
    next(pipe)
    # 2 threads: 8 pieces of 32 rows.
    assert given <= 9 * 32


def test_memory_is_flat(ex):
    def over(count):
        for record in ex.pipe(rows(count), threads=2):
            assert record["status"] == "ok"
        # In KB: the most there ever was.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = over(600)
    after = over(3000)
    # All 3,000 records as dicts would be 40 MB.
    assert after - before < 15_000, f"{before} KB, then {after} KB"


def test_others_run_while_it_works(ex):
    ticks = 0
    ended = threading.Event()

    def tick():
        nonlocal ticks
        while not ended.wait(0.001):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    list(ex.pipe(rows(400), threads=2))
    ended.set()
    thread.join()
    assert ticks > 5


def test_a_text_field_for_rows_that_are_a_text(ex):
    (record,) = ex.pipe(["Elle a payé 12 euros."], text="corps")
    assert record["money"][0]["amount_exact"] == "12"


def test_a_wrong_date_for_all_is_said_at_once(ex):
    with pytest.raises(ValueError, match="`hier` is not a date"):
        ex.pipe([], published="hier")
    with pytest.raises(TypeError):
        ex.pipe(3)
    assert list(glane.Extractor().pipe([])) == []
