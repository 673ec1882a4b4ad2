"""The recipes of docs/PYTHON.md for other engines, each where its package is installed."""

import decimal

import glane
import pytest

from conftest import rows

pa = pytest.importorskip("pyarrow")

ROWS = list(rows(300))


def check(ids, money):
    """Every article has its own amount, whatever the order."""
    found = {i: m[0]["amount_exact"] for i, m in zip(ids, money)}
    assert found == {f"a{n}": decimal.Decimal(n) for n in range(1, len(ROWS) + 1)}


def test_duckdb_a_table_in_and_a_table_out(ex, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "articles.parquet"
    parquet.write_table(pa.Table.from_pylist(ROWS), path)

    base = duckdb.connect()
    # A connection reads while another one writes.
    articles = base.cursor().sql(f"select id, body from '{path}'")
    records = pa.RecordBatchReader.from_stream(ex.arrow(articles, text="body"))
    base.register("records", records)
    base.sql("create table found as select id, status, money from records")

    assert base.sql("select status, count(*) from found group by 1").fetchall() == [("ok", 300)]
    most = base.sql("select max(money[1].amount_exact) from found")
    assert most.fetchall() == [(300,)]
    found = base.sql("select id, money from found").fetchall()
    check([i for i, _ in found], [m for _, m in found])


def test_duckdb_a_function_of_a_text(ex):
    duckdb = pytest.importorskip("duckdb")

    base = duckdb.connect()

    def record(texts):
        return pa.array(ex.pipe(texts.to_pylist(), json=True), pa.string())

    base.create_function("glane", record, ["VARCHAR"], "VARCHAR", type="arrow")
    base.register("articles", pa.Table.from_pylist(ROWS))
    them = base.sql(
        "select id, (glane(body)::json->>'$.money[0].amount_exact')::int from articles"
    ).fetchall()

    assert dict(them) == {f"a{n}": n for n in range(1, 301)}


def test_ray_data(ex):
    ray = pytest.importorskip("ray")
    import ray.data

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        one = glane.Extractor(threads=1)

        def extract(table):
            return pa.table(one.arrow(table, text="body"))

        articles = ray.data.from_arrow(pa.Table.from_pylist(ROWS))
        records = articles.map_batches(extract, batch_format="pyarrow", batch_size=100)
        them = records.take_all()
    finally:
        ray.shutdown()
    check([r["id"] for r in them], [r["money"] for r in them])


def test_a_frame_of_dask(ex):
    pytest.importorskip("dask")
    pandas = pytest.importorskip("pandas", minversion="2.2")
    frames = pytest.importorskip("dask.dataframe")

    def extract(part):
        records = pa.table(ex.arrow(part, text="body"))
        return records.to_pandas(types_mapper=pandas.ArrowDtype)

    articles = frames.from_pandas(pandas.DataFrame(ROWS), npartitions=4)
    records = articles.map_partitions(extract, meta=extract(articles.head(0)))
    found = records.compute(scheduler="processes", num_workers=2)
    check(found["id"], found["money"])


def test_a_bag_of_dask(ex):
    bag = pytest.importorskip("dask.bag")

    articles = bag.from_sequence(ROWS, npartitions=4)
    records = articles.map_partitions(lambda part: list(ex.pipe(part)))
    found = records.compute(scheduler="processes", num_workers=2)
    assert [r["id"] for r in found] == [row["id"] for row in ROWS]
    assert [r["money"][0]["amount_exact"] for r in found] == [str(n) for n in range(1, 301)]


def test_joblib(ex):
    joblib = pytest.importorskip("joblib")

    found = joblib.Parallel(n_jobs=2)(joblib.delayed(ex)(row["body"]) for row in ROWS[:20])
    assert [r["money"][0]["amount_exact"] for r in found] == [str(n) for n in range(1, 21)]


def test_a_dataset_in_s3(ex):
    server = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    dataset = pytest.importorskip("pyarrow.dataset")
    fs = pytest.importorskip("pyarrow.fs")
    parquet = pytest.importorskip("pyarrow.parquet")

    local = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    local.start()
    try:
        host, port = local.get_host_and_port()
        keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": "us-east-1"}
        boto3.client("s3", endpoint_url=f"http://{host}:{port}", **keys).create_bucket(Bucket="news")
        s3 = fs.S3FileSystem(
            access_key="x",
            secret_key="x",
            region="us-east-1",
            scheme="http",
            endpoint_override=f"{host}:{port}",
        )
        for month in (1, 2, 3):
            part = pa.Table.from_pylist(ROWS[(month - 1) * 100 : month * 100])
            parquet.write_table(part, f"news/articles/{month}.parquet", filesystem=s3)

        articles = dataset.dataset("news/articles", filesystem=s3)
        reader = articles.scanner(columns=["id", "body"], batch_size=64).to_reader()
        records = pa.RecordBatchReader.from_stream(ex.arrow(reader, text="body"))
        dataset.write_dataset(records, "news/records", filesystem=s3, format="parquet")

        found = dataset.dataset("news/records", filesystem=s3).to_table(["id", "money"])
    finally:
        local.stop()
    check(found.column("id").to_pylist(), found.column("money").to_pylist())
