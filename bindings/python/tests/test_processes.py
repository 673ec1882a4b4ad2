"""Extractors in other processes, and Ctrl-C."""

import copy
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time

import glane
import pytest

TEXT = "Jeanne Morel a payé 12 euros à Nîmes."


def test_a_pickled_extractor_is_its_settings():
    ex = glane.Extractor(
        lang=["fr", "en"], min_score=0.3, with_text=True, context=True, timezone="Europe/Paris", threads=3
    )
    pickled = pickle.dumps(ex)
    assert len(pickled) < 1000
    other = pickle.loads(pickled)
    assert other(TEXT) == ex(TEXT) and other(TEXT)["text"] == TEXT
    assert repr(other) == repr(ex) == f"<glane.Extractor: {ex.model['name']}, 3 threads>"
    # Loaded once, however often it comes.
    assert pickle.loads(pickled) is other
    assert copy.deepcopy(ex) is other
    assert pickle.loads(pickle.dumps(glane.Extractor())) is not other


@pytest.mark.parametrize("start", ["spawn", "fork"])
def test_a_pool_of_processes(ex, start):
    if start not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {start} here")
    # Its threads have run here before: a fork does not have them.
    list(ex.pipe([TEXT] * 100))
    with multiprocessing.get_context(start).Pool(2) as pool:
        records = pool.map(ex, [TEXT] * 10)
        lists = pool.map(_piped, [ex] * 4)
    assert records == [ex(TEXT)] * 10
    assert lists == [["12"] * 50] * 4


def _piped(ex):
    return [r["money"][0]["amount_exact"] for r in ex.pipe([TEXT] * 50)]


ENDLESS = """
import glane, itertools, sys
ex = glane.Extractor()
{given}
print("begun", flush=True)
try:
    {work}
except {error}:
    print("interrupted", flush=True)
"""
BATCHES = """
import pyarrow
batch = pyarrow.record_batch({"text": ["Elle a payé 12 euros."] * 100})
reader = pyarrow.RecordBatchReader.from_batches(batch.schema, itertools.repeat(batch))
"""


@pytest.mark.parametrize(
    "given, work, error",
    [
        ("", "for record in ex.pipe(itertools.repeat('Elle a payé 12 euros.')): pass", "KeyboardInterrupt"),
        # A stream has errors of Arrow alone.
        (BATCHES, "pyarrow.table(ex.arrow(reader))", "pyarrow.ArrowInvalid"),
    ],
    ids=["pipe", "arrow"],
)
def test_ctrl_c(given, work, error):
    if "pyarrow" in given:
        pytest.importorskip("pyarrow")
    child = subprocess.Popen(
        [sys.executable, "-c", ENDLESS.format(given=given, work=work, error=error)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout.readline() == "begun\n"
        time.sleep(1)
        os.kill(child.pid, signal.SIGINT)
        out, _ = child.communicate(timeout=30)
    finally:
        child.kill()
    assert out == "interrupted\n" and child.returncode == 0
