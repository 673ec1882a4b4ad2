#!/usr/bin/env python3
"""What Python and Spark cost beside the command line: prints the tables of docs/PYTHON.md and
docs/SPARK.md.

    rates.py DUMP [--command PROGRAM] [--text body] [--rows 20000] [--rounds 5] [--spark]

DUMP is JSON Lines, .zst or not. The wheel, pyarrow and for --spark pyspark are installed; PROGRAM is
the command line of the same commit (the wheel's own where none is named). All take turns, each in
a process of its own, and medians are printed: processor seconds (of all threads and of their
children) hold on a machine that others use too, wall seconds do not. The rows are in memory
before the clock of a library runs; the command line is counted whole, with its start and its
files, less what it takes for one row.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

# Of the 2 cores that the targets are for.
THREADS = 2
# Rows after which memory is looked at.
FEW, MANY = 100_000, 1_000_000


def lines(path, count):
    """The first lines of a dump, again from the first where it has fewer."""
    import pyarrow

    kind = "zstd" if str(path).endswith(".zst") else None
    with pyarrow.input_stream(str(path), compression=kind) as stream:
        found = stream.read().splitlines(keepends=True)
    return [found[n % len(found)] for n in range(count)]


def clock():
    """Wall seconds, and processor seconds of this process."""
    return time.perf_counter(), time.process_time()


def since(start):
    return [now - then for now, then in zip(clock(), start)]


# What runs in a process of its own: takes the dump and the arguments, gives its figures.


def pipe(dump, args, **settings):
    import glane

    rows = [json.loads(line) for line in dump.read_bytes().splitlines()]
    ex = glane.Extractor(threads=THREADS)
    mine = time.thread_time()
    start = clock()
    for record in ex.pipe(rows, text=args.text, **settings):
        pass
    wall, cpu = since(start)
    return {"wall": wall, "cpu": cpu, "lock": time.thread_time() - mine}


def pipe_json(dump, args):
    return pipe(dump, args, json=True)


def arrow(dump, args):
    import glane
    import pyarrow
    import pyarrow.json

    table = pyarrow.json.read_json(dump)
    ex = glane.Extractor(threads=THREADS)
    mine = time.thread_time()
    start = clock()
    for batch in pyarrow.RecordBatchReader.from_stream(ex.arrow(table, text=args.text)):
        pass
    wall, cpu = since(start)
    return {"wall": wall, "cpu": cpu, "lock": time.thread_time() - mine}


def tree(pid):
    """Processor seconds of a process and of those below it, the ended ones that were waited for
    included."""
    ticks, children = {}, {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        one = int(stat.parent.name)
        children.setdefault(int(fields[1]), []).append(one)
        ticks[one] = sum(map(int, fields[11:15]))
    total, left = 0, [pid]
    while left:
        one = left.pop()
        total += ticks.get(one, 0)
        left += children.get(one, [])
    return total / os.sysconf("SC_CLK_TCK")


def spark(dump, args):
    import glane.spark
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(f"local[{THREADS}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
        .getOrCreate()
    )
    extract = glane.spark.extract(text=args.text)
    folder = dump.with_suffix(".parquet")
    session.read.json(str(dump)).repartition(4 * THREADS).write.mode("overwrite").parquet(str(folder))
    frame = session.read.parquet(str(folder))

    def run(rows):
        out = rows.mapInArrow(extract, glane.spark.SCHEMA)
        out.write.format("noop").mode("overwrite").save()

    # Starts the workers, and loads an extractor in each.
    run(frame.limit(64).repartition(THREADS))
    before, start = tree(os.getpid()), time.perf_counter()
    run(frame)
    wall, cpu = time.perf_counter() - start, tree(os.getpid()) - before
    session.stop()
    return {"wall": wall, "cpu": cpu}


def memory(_, args):
    """The most memory there ever was, in MB, after few and after many short rows."""
    import glane
    import pyarrow

    ex = glane.Extractor(threads=THREADS)

    def rows(count):
        for n in range(count):
            yield {"id": n, "text": f"Elle a payé {n} euros mardi à Nîmes."}

    def batches(schema, count):
        for first in range(0, count, 1000):
            them = range(first, first + 1000)
            texts = [f"Elle a payé {n} euros mardi à Nîmes." for n in them]
            yield pyarrow.record_batch([pyarrow.array(texts)], schema)

    def by_pipe(count):
        return sum(1 for _ in ex.pipe(rows(count)))

    def by_arrow(count):
        schema = pyarrow.schema([("text", pyarrow.string())])
        reader = pyarrow.RecordBatchReader.from_batches(schema, batches(schema, count))
        out = pyarrow.RecordBatchReader.from_stream(ex.arrow(reader))
        return sum(batch.num_rows for batch in out)

    work = {"pipe": by_pipe, "arrow": by_arrow}[args.way]
    out = {}
    for name, count in [("few", FEW), ("many", MANY)]:
        assert work(count) == count
        out[name] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return out


WAYS = {way.__name__: way for way in [pipe, pipe_json, arrow, spark, memory]}


def child(run, dump, args, **more):
    """What `run` gives in a process of its own."""
    command = [sys.executable, __file__, str(dump), "--run", run, "--text", args.text]
    for name, value in more.items():
        command += [f"--{name}", value]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit(done.stderr.decode())
    return json.loads(done.stdout.splitlines()[-1])


def program(command):
    """Wall and processor seconds of a program."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu}


def by_turns(contestants, rounds):
    """The median of each figure of each contestant, and its lowest and highest quotient of
    processor seconds with the first, turn by turn."""
    runs = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            runs[name].append(run())
            print(f"  {name}: {runs[name][-1]}", file=sys.stderr)
    first = runs[next(iter(runs))]
    out = {}
    for name, them in runs.items():
        out[name] = {key: statistics.median(one[key] for one in them) for key in them[0]}
        for key in ["cpu", "wall"]:
            out[name][f"{key}_share"] = statistics.median(a[key] / b[key] for a, b in zip(first, them))
    return out


def rates(dump, count, args, ways):
    own = [sys.executable, "-m", "glane"]
    glane = ([args.command] if args.command else own) + ["extract", "-q", "--force"]
    glane += ["--threads", str(THREADS), "--text-field", args.text]
    out, one = dump.with_name("records"), dump.with_name("one.jsonl")
    one.write_bytes(dump.read_bytes().splitlines(keepends=True)[0])

    def line():
        whole = program(glane + [str(dump), "-o", str(out)])
        start = program(glane + [str(one), "-o", str(out)])
        return {key: whole[key] - start[key] for key in whole}

    contestants = {"command line": line}
    for way in ways:
        contestants[way] = lambda way=way: child(way, dump, args)
    found = by_turns(contestants, args.rounds)
    print(f"{'':14}{'articles/s':>12}{'of the command line':>21}", end="")
    print(f"{'processor, µs each':>20}{'of it':>8}{'with the lock':>15}")
    for name, of in found.items():
        each = of["cpu"] / count * 1e6
        print(f"{name:14}{count / of['wall']:12.0f}{of['wall_share']:21.0%}", end="")
        print(f"{each:20.0f}{of['cpu_share']:8.0%}", end="")
        print(f"{of['lock'] / count * 1e6:15.0f}" if "lock" in of else "")
    print()


def start(args):
    """What import and load take."""
    load = "import glane; glane.Extractor()"
    contestants = {
        "nothing": lambda: program([sys.executable, "-c", "pass"]),
        "load": lambda: program([sys.executable, "-c", load]),
    }
    # Of a few hundredths of a second more turns are needed.
    found = by_turns(contestants, 3 * args.rounds)
    for key, word in [("wall", "wall"), ("cpu", "processor")]:
        took = found["load"][key] - found["nothing"][key]
        print(f"import and load, {word}: {took * 1000:.0f} ms more than Python alone")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ask.add_argument("dump", type=pathlib.Path)
    ask.add_argument("--command", help="the command line")
    ask.add_argument("--text", default="body", help="field of the texts")
    ask.add_argument("--rows", type=int, default=20_000)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--only", default="rates,skipped,start,memory")
    ask.add_argument("--run", choices=WAYS, help=argparse.SUPPRESS)
    ask.add_argument("--way", help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.run:
        print(json.dumps(WAYS[args.run](args.dump, args)))
        return
    parts = args.only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        dump = folder / "dump.jsonl"
        dump.write_bytes(b"".join(lines(args.dump, args.rows)))
        if "rates" in parts:
            print(f"{args.rows} articles, {THREADS} threads")
            rates(dump, args.rows, args, ["pipe", "pipe_json", "arrow"])
        if "spark" in parts:
            print(f"{args.rows} articles, Spark in local[{THREADS}] after its start")
            rates(dump, args.rows, args, ["spark"])
        if "skipped" in parts:
            # Nothing but its language is looked at: what is left is what rows and records cost.
            with open(dump, "w", encoding="utf-8") as out:
                for n in range(args.rows):
                    text = f"The mayor said that he would not resign this year, number {n}. " * 25
                    out.write(json.dumps({"id": n, args.text: text}) + "\n")
            print(f"{args.rows} rows of another language, which are skipped")
            rates(dump, args.rows, args, ["pipe", "pipe_json", "arrow"])
        if "start" in parts:
            start(args)
        if "memory" in parts:
            for way in ["pipe", "arrow"]:
                of = child("memory", dump, args, way=way)
                print(f"memory, {way}: {of['few']:.0f} MB after {FEW:,} rows, ", end="")
                print(f"{of['many']:.0f} MB after {MANY:,}")


if __name__ == "__main__":
    main()
