"""Spark in `local[2]`: the records are those of `Extractor.pipe`, which are the command line's."""

import json
import pathlib
import subprocess
import sys

import glane
import pytest

pytest.importorskip("pyspark")

HERE = pathlib.Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    session = (
        # A task may fail twice, as on a cluster; alone, local mode gives up at once.
        SparkSession.builder.master("local[2,3]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
        .getOrCreate()
    )
    yield session
    session.stop()


def rows(count):
    return [
        {"nr": n, "body": f"La mairie de Nîmes a payé {n} euros.", "date": "2024-05-02"}
        for n in range(1, count + 1)
    ]


def test_the_records_are_those_of_pipe(spark):
    import glane.spark

    them = rows(300)
    frame = spark.createDataFrame(them).repartition(3)
    extract = glane.spark.extract(text="body", id="nr", source="dump")
    out = frame.mapInArrow(extract, glane.spark.SCHEMA).collect()
    assert len(out) == 300
    found = {row["id"]: row.asDict(recursive=True) for row in out}
    for record in glane.Extractor().pipe(them, text="body", id="nr", source="dump"):
        ours = found[record["id"]]
        for key in ["sha256", "published", "status", "lang", "chars", "warnings"]:
            assert ours[key] == record[key], key
        for layer in ["entities", "dates"]:
            for mine, theirs in zip(ours[layer], record[layer]):
                for key in ["start", "end", "text", "sentence"]:
                    assert mine[key] == theirs[key]
            assert len(ours[layer]) == len(record[layer])
        assert int(ours["money"][0]["amount_exact"]) == int(record["id"])


def test_keys_are_unique_over_partitions(spark):
    import glane.spark

    frame = spark.createDataFrame([{"body": "Un texte."}] * 100).repartition(4)
    out = frame.mapInArrow(glane.spark.extract(text="body"), glane.spark.SCHEMA).collect()
    assert len({row["uid"] for row in out}) == 100
    assert {row["source"] for row in out} == {f"partition-{n:05}" for n in range(4)}


def test_a_worker_that_is_killed(spark):
    import glane.spark

    extract = glane.spark.extract(text="body", id="nr")

    def killed(batches):
        import os
        import signal

        from pyspark import TaskContext

        task = TaskContext.get()
        for number, batch in enumerate(extract(batches)):
            # When a part of its records was given already.
            if (task.partitionId(), task.attemptNumber(), number) == (1, 0, 0):
                yield batch
                os.kill(os.getpid(), signal.SIGKILL)
            yield batch

    # Where a row is does not change from run to run, or its `uid` would.
    frame = spark.createDataFrame(rows(3600)).repartition(3, "nr")
    whole = frame.mapInArrow(extract, glane.spark.SCHEMA).collect()
    again = frame.mapInArrow(killed, glane.spark.SCHEMA).collect()
    assert len(again) == 3600
    assert sorted(again, key=lambda row: row["uid"]) == sorted(whole, key=lambda row: row["uid"])
    # It did die.
    for stage in spark.sparkContext.statusTracker().getJobIdsForGroup():
        info = spark.sparkContext.statusTracker().getJobInfo(stage)
        failed = [
            spark.sparkContext.statusTracker().getStageInfo(i).numFailedTasks for i in info.stageIds
        ]
        if any(failed):
            return
    pytest.fail("no task has failed")


def test_the_job(tmp_path):
    with open(tmp_path / "in.json", "w", encoding="utf-8") as out:
        for row in rows(20) + [{"nr": 21, "body": None}, {"nr": 22, "body": "Il a payé 22 euros."}]:
            out.write(json.dumps(row) + "\n")
    done = subprocess.run(
        [sys.executable, HERE / "job.py", (tmp_path / "in.json").as_uri(), (tmp_path / "out").as_uri()]
        + ["--format", "json", "--text", "body", "--id", "nr", "--partitions", "2"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(tmp_path / "out")
    assert sorted(table.column("id").to_pylist(), key=int) == [str(n) for n in range(1, 23)]
    assert table.column("status").to_pylist().count("error") == 1
    assert {p.name for p in (tmp_path / "out").glob("month=*")} == {"month=2024-05", "month=unknown"}
