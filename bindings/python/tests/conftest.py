import json
import pathlib
import subprocess
import sys

import glane
import pytest

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]

TOWNS = ["Nîmes", "Quimper", "Arras", "Bayonne", "Dole", "Laon", "Albi"]


def rows(count):
    """Rows of our own, each with an amount that tells which it is."""
    for n in range(1, count + 1):
        town = TOWNS[n % len(TOWNS)]
        yield {
            "id": f"a{n}",
            "titre": f"À {town}, la halle rouvre",
            "body": f"La mairie de {town} a payé {n} euros mardi à Jeanne Morel, soit 3,5 % de plus "
            "qu'en 2019. Elle rouvrira le 14 juillet.",
            "date": "2024-05-0" + str(1 + n % 9),
            "url": f"https://exemple.fr/{n}",
        }


def command(*args, cwd, code=0):
    """Standard output of the wheel's own command line."""
    done = subprocess.run(
        [sys.executable, "-m", "glane", *args], cwd=cwd, capture_output=True, timeout=300
    )
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode("utf-8")


def write_rows(path, them):
    with open(path, "w", encoding="utf-8") as out:
        for row in them:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def dumped(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


@pytest.fixture(scope="session")
def ex():
    return glane.Extractor()
