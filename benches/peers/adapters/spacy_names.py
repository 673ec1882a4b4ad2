"""Names by spaCy: spacy_names.py MODEL needed|whole IN OUT."""

import sys

import spacy

import task

# What else the French models hold. `ner` has layers of its own there: it reads nothing of the
# shared tok2vec, and finds the same names without it.
OTHERS = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]
BATCH = 16  # texts; 64 and 256 were no faster on articles of 260 words

model, components = sys.argv[1:3]
nlp = spacy.load(model, exclude=OTHERS if components == "needed" else ["senter"])


def work(documents):
    for doc in nlp.pipe((d["text"] for d in documents), batch_size=BATCH):
        yield [{"start": e.start_char, "end": e.end_char, "label": e.label_} for e in doc.ents]


task.run(work)
