#!/usr/bin/env python3
"""How time and memory grow: with the size of a dump, and with the size of its articles.

    python3 benches/growth.py                        # 1, 10, 100 MB, 1 GB; 1 KB to 10 MB
    python3 benches/growth.py --alone-up-to 100      # one thread only up to 100 MB
    python3 benches/growth.py --five                 # and a dump of 5 GB
    python3 benches/growth.py --draw docs/growth.tsv # the picture again

The program is $GLANE (target/release/glane). Dumps are the annotated articles of
models/compact-fr/corpus without their marks, again and again, one JSON line each; for
the second series their text is one stream, cut at spaces into articles of one size.
Dumps and records lie one at a time in --scratch and are deleted: count on five times the
largest dump.

Each row is a run of `glane extract DUMP -o OUT -q -j THREADS`: the clock, processor seconds
(user and system) and peak resident memory are those of wait4(2), articles and bytes of
text those of the run's manifest. Runs of less than 20 MB are made --times times, and the one
whose processor time is the median counts. The picture shows megabytes of text a processor
second, which other work on the machine disturbs little.
"""

import argparse
import itertools
import json
import math
import multiprocessing
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARK = re.compile(r'</?[A-Z]+(?:\s+[a-z]+="[^"]*")*>')
# Runs of fewer megabytes than this are made --times times.
SMALL = 20
COLUMNS = [
    "series", "threads", "dump_mb", "article_bytes", "articles", "text_bytes",
    "wall_s", "cpu_s", "peak_mb", "articles_per_s", "mb_per_s", "mb_per_cpu_s",
]


def corpus():
    """(id, date, text) of each annotated article."""
    out = []
    for path in sorted((ROOT / "models/compact-fr/corpus").glob("*.txt")):
        for part in re.split(r"^### ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            head, _, body = part.partition("\n")
            if "escaped: yes" in head:
                continue
            found = re.match(r"id: (\S+) \| date: (\S+)", head)
            out.append((found[1], found[2], MARK.sub("", body).strip("\n")))
    return out


def row(name, date, text):
    return json.dumps({"id": name, "published": date, "body": text}, ensure_ascii=False) + "\n"


def dump(path, megabytes, articles):
    """Writes the articles again and again until there are so many megabytes."""
    written = 0
    with open(path, "w", encoding="utf-8") as out:
        for turn in itertools.count():
            for name, date, text in articles:
                line = row(f"{name}-{turn}", date, text)
                out.write(line)
                written += len(line.encode())
                if written >= megabytes * 1e6:
                    return


def pieces(path, size, total, articles):
    """Writes `total` bytes of text in articles of `size` bytes each, cut at spaces."""
    stream = "\n".join(text for _, _, text in articles).encode()
    with open(path, "w", encoding="utf-8") as out:
        at = 0
        for number in range(max(1, round(total / size))):
            piece = b""
            while len(piece) < size:
                part = stream[at:at + size - len(piece)]
                at = (at + len(part)) % len(stream)
                piece += part
            # Back to the last space, which ends no letter in the middle.
            cut = piece.rfind(b" ")
            at = (at - (len(piece) - cut)) % len(stream)
            text = piece[:cut].decode("utf-8", "ignore")
            out.write(row(f"{size}-{number}", "2024-03-14", text))


def apart(work, *args):
    """In a process of its own: a program that this one starts counts its memory as its own."""
    child = multiprocessing.get_context("fork").Process(target=work, args=args)
    child.start()
    child.join()
    if child.exitcode:
        sys.exit(f"growth: {work.__name__} ended with {child.exitcode}")


def run(glane, source, scratch, threads):
    """One run of `extract`: clock, processor seconds, peak bytes, articles, bytes of text."""
    out = scratch / "out"
    shutil.rmtree(out, ignore_errors=True)
    started = time.monotonic()
    command = [glane, "extract", source, "-o", out, "-q", "-j", str(threads)]
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"growth: {child.args} ended with {child.returncode}")
    manifest = json.loads((out / "manifest.json").read_text())
    shutil.rmtree(out)
    counts = manifest["counts"]["articles"]
    if counts["ok"] != sum(counts.values()):
        print(f"growth: not every article was read: {counts}", file=sys.stderr)
    # A child starts with the memory of the program that starts it.
    if used.ru_maxrss <= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
        print("growth: the peak memory may be that of this script", file=sys.stderr)
    return {
        "threads": threads,
        "wall_s": wall,
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss * 1024 / 1e6,
        "articles": sum(counts.values()),
        "text_bytes": sum(part["text_bytes"] for part in manifest["parts"]),
    }


def measured(glane, source, scratch, threads, series, times):
    """The run whose processor time is the median, with its rates."""
    megabytes = source.stat().st_size / 1e6
    runs = [run(glane, source, scratch, threads) for _ in range(times if megabytes < SMALL else 1)]
    middle = statistics.median_low(r["cpu_s"] for r in runs)
    one = next(r for r in runs if r["cpu_s"] == middle)
    text = one["text_bytes"] / 1e6
    return one | {
        "series": series,
        "dump_mb": megabytes,
        "article_bytes": one["text_bytes"] / one["articles"],
        "articles_per_s": one["articles"] / one["wall_s"],
        "mb_per_s": text / one["wall_s"],
        "mb_per_cpu_s": text / one["cpu_s"],
    }


def about(glane):
    """Which program on which machine, in words."""
    lines = subprocess.run([glane, "--version"], capture_output=True, text=True, check=True).stdout
    commit = re.search(r"^commit (\S+)", lines, re.M)
    try:
        cpu = re.search(r"^model name\s*: (.+)", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        cpu = None
    load = os.getloadavg()[0]
    return (f"glane {lines.split()[1]}, commit {commit[1][:7] if commit else 'unknown'}, "
            f"{time.strftime('%Y-%m-%d')}, {cpu[1] if cpu else 'processor unknown'}, "
            f"{os.cpu_count()} cores, load {load:.0f} at the start")


def written(value):
    return str(value) if isinstance(value, (str, int)) else f"{value:.4g}" if value < 1e4 else f"{value:.0f}"


def save(path, note, rows):
    lines = [f"# {note}", f"# python3 benches/growth.py {' '.join(sys.argv[1:])}".rstrip(), "\t".join(COLUMNS)]
    lines += ["\t".join(written(r[c]) for c in COLUMNS) for r in rows]
    path.write_text("\n".join(lines) + "\n")


def load(path):
    lines = path.read_text().splitlines()
    note = lines[0].removeprefix("# ")
    body = [line.split("\t") for line in lines if not line.startswith("#")]
    rows = [dict(zip(body[0], line)) for line in body[1:]]
    return note, [{k: v if k == "series" else float(v) for k, v in r.items()} for r in rows]


# The picture: a grid of two by two panels, 720 points wide.
WIDTH, PANEL, TALL, LEFT, TOP, GAP_X, GAP_Y = 720, 272, 170, 56, 92, 76, 92
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 16px; font-weight: 600 } .head { font-weight: 600 } .small { font-size: 12px; fill: #59636e }
.paper { fill: #ffffff } .grid { stroke: #d1d9e0 } .axis { stroke: #59636e }
.one { stroke: #0969da; fill: #0969da } .two { stroke: #bc4c00; fill: #bc4c00 } polyline { fill: none !important; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc } .small { fill: #9198a1 } .paper { fill: #0d1117 } .grid { stroke: #3d444d } .axis { stroke: #9198a1 }
  .one { stroke: #58a6ff; fill: #58a6ff } .two { stroke: #f0883e; fill: #f0883e }
}"""


def ceiling(value):
    """The least of 1, 2, 3, 4, 5, 6, 8 × 10ⁿ that is not below, and a step that divides it."""
    power = 10 ** math.floor(math.log10(value))
    for top, step in ((1, .25), (2, .5), (3, 1), (4, 1), (5, 1), (6, 2), (8, 2), (10, 2.5)):
        if value <= top * power:
            return top * power, step * power
    raise AssertionError(value)


def size(of_bytes):
    for unit, of in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if of_bytes >= of * 0.95:
            return f"{of_bytes / of:.0f} {unit}"
    return f"{of_bytes:.0f} B"


def marker(kind, x, y):
    """Round for one thread, square for two: colours are not all that tells them."""
    if kind == "one":
        return f'<circle class="one" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
    return f'<rect class="two" x="{x - 3.2:.1f}" y="{y - 3.2:.1f}" width="6.4" height="6.4"/>'


def panel(column, line, head, across, lines):
    """One diagram: `lines` is {"one": [(bytes, value)…], "two": …}."""
    left, top = LEFT + column * (PANEL + GAP_X), TOP + line * (TALL + GAP_Y)
    points = [p for line in lines.values() for p in line]
    low, high = (math.log10(f(p[0] for p in points)) for f in (min, max))
    most, step = ceiling(max(v for _, v in points) * 1.05)
    x = lambda of_bytes: left + 10 + (PANEL - 20) * (math.log10(of_bytes) - low) / max(high - low, 1e-9)
    y = lambda value: top + TALL - TALL * value / most
    out = [f'<text class="head" x="{left - 44}" y="{top - 14}">{head}</text>']
    for n in range(round(most / step) + 1):
        at = n * step
        kind = "axis" if n == 0 else "grid"
        out.append(f'<path class="{kind}" d="M{left} {y(at):.1f}h{PANEL}"/>')
        out.append(f'<text class="small" x="{left - 6}" y="{y(at) + 4:.1f}" text-anchor="end">{at:g}</text>')
    for of_bytes in sorted({10 ** round(math.log10(p[0]), 1): p[0] for p in points}.values()):
        out.append(f'<path class="axis" d="M{x(of_bytes):.1f} {top + TALL}v5"/>')
        out.append(f'<text class="small" x="{x(of_bytes):.1f}" y="{top + TALL + 19}" text-anchor="middle">{size(of_bytes)}</text>')
    out.append(f'<text class="small" x="{left + PANEL / 2}" y="{top + TALL + 38}" text-anchor="middle">{across}</text>')
    for kind, values in lines.items():
        path = " ".join(f"{x(b):.1f},{y(v):.1f}" for b, v in values)
        out.append(f'<polyline class="{kind}" points="{path}"/>')
        out += [marker(kind, x(b), y(v)) for b, v in values]
    return out


def draw(path, note, rows):
    def lines(series, across, value):
        kinds = {"one": 1, "two": 2}
        picked = {k: sorted((across(r), r[value]) for r in rows if r["series"] == series and r["threads"] == n)
                  for k, n in kinds.items()}
        return {k: v for k, v in picked.items() if v}

    dumps = lambda r: r["dump_mb"] * 1e6
    articles = lambda r: r["article_bytes"]
    speed, memory = "MB of text per processor second", "peak memory, MB"
    shown = [
        (0, 0, speed, "size of the dump", lines("dump", dumps, "mb_per_cpu_s")),
        (1, 0, memory, "size of the dump", lines("dump", dumps, "peak_mb")),
        (0, 1, speed, "size of an article", lines("article", articles, "mb_per_cpu_s")),
        (1, 1, memory, "size of an article", lines("article", articles, "peak_mb")),
    ]
    tall = TOP + 2 * TALL + GAP_Y + 56
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" role="img">',
        "<title>Speed and peak memory of glane by the size of the dump and of its articles</title>",
        f"<style>{STYLE}\n</style>",
        f'<rect class="paper" width="{WIDTH}" height="{tall}"/>',
        '<text class="title" x="12" y="24">Speed and memory by the size of the dump and of its articles</text>',
    ]
    words = note.replace("&", "and").replace("<", "")
    program, _, machine = words.partition(", 20")
    out.append(f'<text class="small" x="12" y="43">{program}, 20{machine}</text>' if machine
               else f'<text class="small" x="12" y="43">{words}</text>')
    for at, kind, label in ((WIDTH - 170, "one", "1 thread"), (WIDTH - 84, "two", "2 threads")):
        out += [marker(kind, at, 39), f'<text x="{at + 9}" y="43">{label}</text>']
    for one in shown:
        if one[-1]:
            out += panel(*one)
    path.write_text("\n".join(out) + "\n</svg>\n", encoding="utf-8")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sizes", default="1,10,100,1000", help="megabytes of the dumps")
    ask.add_argument("--five", action="store_true", help="a dump of 5 GB too")
    ask.add_argument("--articles", default="1000,10000,100000,1000000,10000000", help="bytes of the articles")
    ask.add_argument("--total", type=float, default=40, help="megabytes of text in articles of each size")
    ask.add_argument("--threads", default="1,2")
    ask.add_argument("--times", type=int, default=3, help="runs of each small dump")
    ask.add_argument("--alone-up-to", type=float, default=math.inf, help="megabytes of a dump for one thread")
    ask.add_argument("--scratch", type=pathlib.Path, help="folder for dumps and records [the system's own]")
    ask.add_argument("--tsv", type=pathlib.Path, default=ROOT / "docs/growth.tsv")
    ask.add_argument("--svg", type=pathlib.Path, default=ROOT / "docs/growth.svg")
    ask.add_argument("--draw", type=pathlib.Path, metavar="TSV", help="measure nothing")
    args = ask.parse_args()
    if args.draw:
        draw(args.svg, *load(args.draw))
        return
    glane = os.environ.get("GLANE", str(ROOT / "target/release/glane"))
    if not shutil.which(glane):
        sys.exit(f"growth: no {glane}: `cargo build --release`, or GLANE=PROGRAM")
    sizes = [float(s) for s in args.sizes.split(",")] + [5000.0] * args.five
    threads = [int(t) for t in args.threads.split(",")]
    note, articles, rows = about(glane), corpus(), []
    with tempfile.TemporaryDirectory(dir=args.scratch) as scratch:
        scratch = pathlib.Path(scratch)
        source = scratch / "dump.jsonl"

        def take(series, counts):
            for count in counts:
                one = measured(glane, source, scratch, count, series, args.times)
                rows.append(one)
                # What is measured stays, whatever ends the script.
                save(args.tsv, note, rows)
                print("\t".join(f"{c} {written(one[c])}" for c in COLUMNS), flush=True)
            source.unlink()

        for of_bytes in args.articles.split(","):
            apart(pieces, source, int(of_bytes), args.total * 1e6, articles)
            take("article", threads)
        for megabytes in sizes:
            apart(dump, source, megabytes, articles)
            take("dump", [t for t in threads if t > 1 or megabytes <= args.alone_up_to])
    draw(args.svg, *load(args.tsv))


if __name__ == "__main__":
    main()
