"""Dates by edsnlp (eds.dates): edsnlp_dates.py IN OUT."""

import edsnlp
import edsnlp.pipes as eds

import task

nlp = edsnlp.blank("eds")
nlp.add_pipe(eds.dates())


def value(span, base):
    moment = span._.date.to_datetime(note_datetime=base, infer_from_context=True)
    return [moment.isoformat()[:16]] if moment else []


def work(documents):
    for document, doc in zip(documents, nlp.pipe(d["text"] for d in documents)):
        base = task.reference(document)
        yield [{"start": s.start_char, "end": s.end_char, "values": value(s, base)}
               for s in doc.spans["dates"]]


task.run(work)
