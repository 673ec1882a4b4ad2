import importlib.util
import os
import pathlib
import subprocess
import sys
import typing

import glane
import pytest

from conftest import REPOSITORY

HERE = pathlib.Path(__file__).resolve().parent.parent


def test_the_types_are_those_of_the_schema():
    if not (REPOSITORY / "schema" / "record.schema.json").is_file():
        pytest.skip("the schema is not here")
    spec = importlib.util.spec_from_file_location("make_records", HERE / "make_records.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    there = (HERE / "glane" / "records.py").read_text(encoding="utf-8")
    assert there == make.made(), "help: run bindings/python/make_records.py"


def test_a_record_has_the_keys_of_its_type(ex):
    record = ex("La mairie de Nîmes a payé 12 euros mardi, soit 3,5 % de plus.")
    assert set(record) == glane.Record.__required_keys__
    for layer, kind in [
        ("entities", glane.Entity),
        ("money", glane.Money),
        ("dates", glane.Date),
        ("percents", glane.Percent),
    ]:
        assert set(record[layer][0]) == kind.__required_keys__, layer
    assert typing.get_type_hints(glane.Record)["text"] is str


def test_mypy(tmp_path):
    pytest.importorskip("mypy")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml"],
        cwd=HERE,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    # A key that is none is a mistake, or the types say nothing.
    wrong = "import glane\nglane.Extractor()('')['entites']\n"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "-c", wrong],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(HERE)},
        capture_output=True,
        text=True,
    )
    assert 'no key "entites"' in done.stdout, done.stdout
