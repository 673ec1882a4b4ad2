"""Names by a token classifier of PyTorch: transformers_names.py CHECKPOINT IN OUT.

The tokenizer and the network of the checkpoint, in windows; of each word the scores of its first piece where
it stands deepest in a window, and of the article the best path of labels. The pipeline of the library cuts words
at white space alone for such a vocabulary: « l'Élysée » is one word of no name (COMPARE.md says what that cost).
"""

import re
import sys

import torch
import transformers

import task

BATCH = 8  # windows
PIECES = 190  # of a window
SHARED = 60  # pieces that two windows of a long text share
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*['’]?|[^\w\s]|_")

torch.set_num_threads(1)
transformers.logging.set_verbosity_error()
folder = sys.argv[1]
tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
model = transformers.AutoModelForTokenClassification.from_pretrained(folder, torch_dtype=torch.float32).eval()
LABELS = [model.config.id2label[i] for i in range(model.config.num_labels)]
FORBIDDEN = -1e4
# I only behind B or I of its type.
STEPS = torch.tensor([[0.0 if after[0] != "I" or before[1:] == after[1:] else FORBIDDEN for after in LABELS]
                      for before in LABELS])
FIRST = torch.tensor([FORBIDDEN if label[0] == "I" else 0.0 for label in LABELS])


def windows(text):
    """Of each window: its pieces, and those in which a word begins, each with the word and how far it is from an end."""
    cut = tokenizer(text, max_length=PIECES, truncation=True, stride=SHARED, return_overflowing_tokens=True,
                    return_offsets_mapping=True)
    begins = {m.start(): n for n, m in enumerate(WORD.finditer(text))}
    for ids, offsets in zip(cut["input_ids"], cut["offset_mapping"]):
        found = []
        for i, (start, end) in enumerate(offsets):
            word = begins.get(start + len(text[start:end]) - len(text[start:end].lstrip()))
            if end > start and word is not None:
                found.append((i, word, min(i, len(ids) - 1 - i)))
        yield ids, found


def scores(batch):
    """Logarithms of probabilities, a row a piece, of each of some windows."""
    padded = tokenizer.pad({"input_ids": batch}, return_tensors="pt")
    return torch.log_softmax(model(**padded).logits, -1)


def path(rows):
    """The best sequence of labels (Viterbi)."""
    best, back = rows[0] + FIRST, []
    for row in rows[1:]:
        best, before = (best[:, None] + STEPS).max(0)
        best = best + row
        back.append(before)
    labels = [int(best.argmax())]
    for before in reversed(back):
        labels.append(int(before[labels[-1]]))
    return [LABELS[i] for i in reversed(labels)]


def names(text, rows):
    """`rows` has a row for each word that was read."""
    words = list(WORD.finditer(text))
    found = []
    for n, label in zip(rows, path(list(rows.values())) if rows else []):
        if label[0] == "I" and found:
            found[-1]["end"] = words[n].end()
        elif label != "O":
            found.append({"start": words[n].start(), "end": words[n].end(), "label": label[2:]})
    return found


def read(documents):
    cut = [list(windows(d["text"])) for d in documents]
    flat = [(d, ids, found) for d, parts in enumerate(cut) for ids, found in parts]
    flat.sort(key=lambda x: len(x[1]))
    best = [{} for _ in documents]
    for at in range(0, len(flat), BATCH):
        batch = flat[at:at + BATCH]
        for (d, _, found), rows in zip(batch, scores([ids for _, ids, _ in batch])):
            for i, word, depth in found:
                if depth > best[d].get(word, (-1,))[0]:
                    best[d][word] = (depth, rows[i])
    for document, rows in zip(documents, best):
        yield names(document["text"], {n: rows[n][1] for n in sorted(rows)})


def work(documents):
    with torch.inference_mode():
        for at in range(0, len(documents), BATCH):
            yield from read(documents[at:at + BATCH])


task.run(work)
