"""The recipes of integrations/slurm and integrations/kubernetes, without a scheduler: what it would
run on each machine runs here one after the other. GLANE names the program (the wheel's own where
it is not set)."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
SLICES = 3


def rows(count):
    """Every tenth has no text, which is exit code 2 of the program."""
    for n in range(1, count + 1):
        text = None if n % 10 == 0 else f"La mairie de Nîmes a payé {n} euros mardi à Jeanne Morel."
        yield {"id": f"a{n}", "text": text, "date": "2024-05-02"}


@pytest.fixture
def place(tmp_path):
    """A folder with a dump, the records of one machine, and `glane` on the PATH."""
    (tmp_path / "bin").mkdir()
    named = os.environ.get("GLANE")
    program = [shutil.which(named)] if named else [sys.executable, "-m", "glane"]
    shim = tmp_path / "bin" / "glane"
    shim.write_text("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in program) + ' "$@"\n')
    shim.chmod(0o755)
    with open(tmp_path / "dump.jsonl", "w", encoding="utf-8") as out:
        for row in rows(100):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    code = run(tmp_path, "glane", "extract", tmp_path / "dump.jsonl", "-o", tmp_path / "alone")
    assert code == 2
    return tmp_path


def run(place, *command, **variables):
    path = f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=place,
        env={**os.environ, "PATH": path, **variables},
        capture_output=True,
        text=True,
        timeout=300,
    )
    print(done.stdout, done.stderr)
    return done.returncode


def records(folder):
    """What stands in a run, in its order."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    parts = sorted(folder.glob("*.jsonl"))
    assert manifest["counts"]["articles"]["error"] == 10
    lines = [line for part in parts if part.name != "errors.jsonl" for line in open(part, "rb")]
    return lines


def test_slurm(place):
    slurm = HERE.parent / "slurm"

    def task(number):
        return run(
            place,
            "sh",
            slurm / "extract.sbatch",
            str(SLICES),
            place / "dump.jsonl",
            place / "slices",
            "--shard-bytes",
            "1k",
            SLURM_ARRAY_TASK_ID=str(number),
            SLURM_CPUS_PER_TASK="1",
        )

    assert [task(n) for n in range(1, SLICES + 1)] == [0] * SLICES
    # A task that is run once more changes nothing.
    assert task(2) == 0
    assert run(place, "sh", slurm / "merge.sbatch", place / "slices", place / "whole") == 0
    assert records(place / "whole") == records(place / "alone")
    # What can do nothing is a failed task.
    assert run(place, "sh", slurm / "extract.sbatch", "3", "nowhere", "x", SLURM_ARRAY_TASK_ID="1") == 1


def test_kubernetes(place):
    yaml = pytest.importorskip("yaml")
    job = yaml.safe_load((HERE.parent / "kubernetes" / "job.yaml").read_text(encoding="utf-8"))
    container = job["spec"]["template"]["spec"]["containers"][0]
    told = {entry["name"]: entry["value"] for entry in container["env"]}
    assert told["SLICES"] == str(job["spec"]["completions"])
    (place / "dump").mkdir()
    (place / "dump.jsonl").rename(place / "dump" / "dump.jsonl")
    told.update(SLICES=str(SLICES), DATA=str(place))
    for index in range(SLICES):
        command = container["command"] + container["args"]
        assert run(place, *command, JOB_COMPLETION_INDEX=str(index), **told) == 0
    slices = sorted((place / "slices").iterdir())
    assert len(slices) == SLICES
    assert run(place, "glane", "merge", *slices, "-o", place / "whole") == 0
    assert run(place, "glane", "verify", place / "whole") == 0
    ids = [json.loads(line)["id"] for line in records(place / "whole")]
    assert ids == [f"a{n}" for n in range(1, 101)]
