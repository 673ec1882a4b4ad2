"""Dates or amounts by Recognizers-Text in Python: recognizers.py dates|money IN OUT.

Sentence by sentence: of a whole paragraph it gives nothing as soon as one sentence defeats it.
"""

import sys

from recognizers_date_time import DateTimeRecognizer
from recognizers_number_with_unit import NumberWithUnitRecognizer
from recognizers_text import Culture

import recognizers_values
import task

WHAT = sys.argv[1]
if WHAT == "dates":
    model = DateTimeRecognizer(Culture.French).get_datetime_model()
else:
    model = NumberWithUnitRecognizer(Culture.French).get_currency_model()


def found(piece, document):
    if WHAT == "dates":
        return model.parse(piece, task.reference(document))
    return model.parse(piece)


def work(documents):
    for document in documents:
        mentions = []
        for offset, piece in task.pieces(document["text"], task.SENTENCES):
            for m in found(piece, document):
                value = recognizers_values.of(WHAT, m.resolution)
                mentions.append({"start": offset + m.start, "end": offset + m.end + 1, **value})
        yield mentions


task.run(work)
