"""Runs a system over documents and gives its mentions back."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
# Settings of numpy's library that a machine may carry and that slow a current one.
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
              "TOKENIZERS_PARALLELISM": "false", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def environment():
    kept = {k: v for k, v in os.environ.items() if k not in UNSET}
    return {**kept, **ONE_THREAD}


def glane(flags=()):
    return [os.environ["GLANE"], "extract", "-q", "-j", "1", "-o", "-", *flags]


def write(rows, path):
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def records(rows, flags=()):
    """The records of glane, in the order of the rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "articles.jsonl"
        write(rows, file)
        out = subprocess.run([*glane(flags), str(file)], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def remembered(system, rows):
    """Where the answer of a peer to these rows lies: packages, adapters and texts decide."""
    key = hashlib.sha256((system.folder() / "installed").read_bytes())
    for file in sorted((HERE / "adapters").iterdir()):
        if file.is_file() and file.name in (system.command[0], "recognizers_values.py", "HeidelTime.java"):
            key.update(file.read_bytes())
    key.update(json.dumps([system.command, rows]).encode())
    return pathlib.Path(os.environ["PEERS"]) / "answers" / f"{system.name}-{key.hexdigest()[:16]}.jsonl"


def mentions(system, rows):
    """For each row what a peer found, as its adapter writes it; asked once."""
    answer = remembered(system, rows)
    if not answer.exists():
        answer.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            there, back = pathlib.Path(folder) / "in.jsonl", pathlib.Path(folder) / "out.jsonl"
            write(rows, there)
            # In a folder of its own: some libraries leave files where they run.
            subprocess.run([*system.argv(), str(there), str(back)], env=environment(), cwd=folder,
                           stderr=subprocess.PIPE, check=True)
            shutil.copy(back, answer)
    with open(answer, encoding="utf-8") as lines:
        return [json.loads(line)["mentions"] for line in lines if line.strip()]
