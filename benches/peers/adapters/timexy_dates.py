"""Dates by timexy, a component of spaCy: timexy_dates.py IN OUT. It knows no date of reference."""

import re

import spacy
from timexy import Timexy  # noqa: F401 - registers the component

import task

nlp = spacy.blank("fr")
nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})


def work(documents):
    for doc in nlp.pipe(d["text"] for d in documents):
        mentions = []
        for e in doc.ents:
            kind, value = re.search(r'type="(\w+)" value="([^"]*)"', e.kb_id_).groups()
            if kind == "DATE":
                mentions.append({"start": e.start_char, "end": e.end_char, "values": [value[:16]]})
        yield mentions


task.run(work)
