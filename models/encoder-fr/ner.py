"""What training and evaluation share: articles, words, windows, labels, the reading of mentions."""
import bisect
import json
import random
import re

import torch

LABELS = ["O"] + [f"{p}-{t}" for t in ("PER", "LOC", "ORG", "MISC") for p in "BI"]
NUMBER = {l: i for i, l in enumerate(LABELS)}
TYPES = {"PER", "LOC", "ORG", "MISC"}
IGNORED = -100

WORD = re.compile(
    r"(?i:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\s?\w))"
    r"|(?i:anti|pro|ex|non|post)-(?=[A-ZÀ-Ý])"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W_]+(?:[-‑'’&][^\W_]+)*"
    r"|\S"
)
STOP = re.compile(r"[.!?…][\"»”)’]*\s+|\n+")


def read_bio(path, seed=None, space=0.0):
    """Articles of a BIO file: (name, text, [(start, end, type)]).

    Sentences stand on lines of their own; with `space`, that share of the articles has them side by side instead.
    """
    chance = random.Random(seed)
    name, sentences, rows, number = None, [], [], 0

    def article():
        text, entities, newline = "", [], chance.random() >= space
        for index, sentence in enumerate(sentences):
            text += "" if not text else "\n" if newline or index == 1 else " "
            current = None
            for i, (word, tag, after) in enumerate(sentence):
                start = len(text)
                text += word
                kind = tag[2:]
                if tag.startswith("B-") or (tag.startswith("I-") and (current is None or current[2] != kind)):
                    current = [start, len(text), kind]
                    entities.append(current)
                elif tag.startswith("I-"):
                    current[1] = len(text)
                else:
                    current = None
                if i + 1 < len(sentence):
                    following = sentence[i + 1][0]
                    glued = (word.endswith(("'", "’")) and len(word) < 8) or following[:1] in ",.)]…" or word in "(["
                    if after == "1" or (after == "_" and not glued):
                        text += " "
        return name or f"b{number}", text, [tuple(e) for e in entities if e[2] in TYPES]

    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# doc"):
            if rows:
                sentences.append(rows)
            if sentences:
                yield article()
            number += 1
            name, sentences, rows = line.split("=", 1)[1].strip(), [], []
        elif line.startswith("#") and "\t" not in line:
            continue
        elif not line.strip():
            if rows:
                sentences.append(rows)
                rows = []
        else:
            cells = line.split("\t")
            rows.append((cells[0], cells[1], cells[3] if len(cells) > 3 else "_"))
    if rows:
        sentences.append(rows)
    if sentences:
        yield article()


def vary(text, entities, chance, quotes=0.3, capitals=0.06, lower=0.02):
    """The same article as others would type it: straight quotes, a headline in capitals, all in lower case."""
    marks = []
    if "«" in text and chance.random() < quotes:
        marks = [(m.start(), m.end(), '"') for m in re.finditer(r"«\s?|(?<=\S)\s?»", text)]
    out, at, cuts = [], 0, []
    for s, e, new in marks:
        out += [text[at:s], new]
        cuts.append((s, e, len(new)))
        at = e
    text2 = "".join(out) + text[at:]

    def move(p):
        shift = 0
        for s, e, n in cuts:
            if p <= s:
                break
            shift += n - (min(e, p) - s) if p < e else n - (e - s)
        return p + shift

    entities = [(move(s), move(e), k) for s, e, k in entities]
    head = text2.find("\n")
    if chance.random() < capitals and 0 < head < 200:
        up = text2[:head].upper()
        if len(up) == head:
            text2 = up + text2[head:]
    elif chance.random() < lower:
        low = text2.lower()
        if len(low) == len(text2):
            text2 = low
    return text2, entities


MARK = re.compile(r'<(/?)([A-Z]+)((?:\s+[a-z]+="[^"]*")*)>')


def read_marked(path, part):
    """Articles of a marked-up file; `part` is "train" or "dev" (index % 6 == 5)."""
    articles = [a for a in re.split(r"(?m)^(?=### )", open(path, encoding="utf8").read()) if a.startswith("### ")]
    for index, article in enumerate(articles):
        if part != "all" and (index % 6 == 5) != (part == "dev"):
            continue
        head, body = article.split("\n", 1)
        body = body.rstrip("\n")
        text, at, start, entities = "", 0, 0, []
        for mark in MARK.finditer(body):
            text += body[at : mark.start()]
            at = mark.end()
            if not mark[1]:
                start = len(text)
            elif mark[2] in TYPES:
                entities.append((start, len(text), mark[2]))
        yield re.match(r"### id: (\S+)", head)[1], text + body[at:], entities


def read_gold(path):
    for line in open(path, encoding="utf8"):
        d = json.loads(line)
        yield d["id"], d["text"], [(e["start"], e["end"], e["label"]) for e in d.get("entities") or []]


def words_of(text, entities=()):
    """Spans of words; an entity that begins or ends inside a word cuts it (training only)."""
    cuts = sorted({b for s, e, _ in entities for b in (s, e)})
    spans, c = [], 0
    for m in WORD.finditer(text):
        start, end = m.span()
        while c < len(cuts) and cuts[c] <= start:
            c += 1
        while c < len(cuts) and cuts[c] < end:
            spans.append((start, cuts[c]))
            start = cuts[c]
            c += 1
        spans.append((start, end))
    return spans


class Article:
    """A text in pieces: ids, and for each word its span and its first piece."""

    def __init__(self, tok, name, text, entities=(), no_misc=False):
        self.name, self.text, self.no_misc = name, text, no_misc
        e = tok.encode(text, add_special_tokens=False)
        self.ids, spans = e.ids, e.offsets
        self.words, self.first = [], []
        at = 0
        for start, end in words_of(text, entities):
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            i = at
            while i < len(spans) and spans[i][0] < end and spans[i][0] == spans[i][1]:
                i += 1
            if i < len(spans) and spans[i][0] < end:
                self.words.append((start, end))
                self.first.append(i)
        self.labels = [0] * len(self.words)
        for start, end, kind in entities:
            for n, i in enumerate(self.inside(start, end)):
                self.labels[i] = NUMBER[("I-" if n else "B-") + kind]
        stops = {m.end() for m in STOP.finditer(text)}
        self.breaks = [f for (s, _), f in zip(self.words, self.first) if s in stops]

    def inside(self, start, end):
        i = max(bisect.bisect_right(self.words, (start, len(self.text))) - 1, 0)
        while i < len(self.words) and self.words[i][0] < end:
            if self.words[i][1] > start:
                yield i
            i += 1

    def piece_labels(self):
        out = [IGNORED] * len(self.ids)
        for f, l in zip(self.first, self.labels):
            if out[f] == IGNORED or l:
                out[f] = l
        return out

    def training_windows(self, size, chance=None):
        """Whole sentences up to `size` pieces; the first window is of random length, so that cuts move every epoch."""
        at, total = 0, len(self.ids)
        room = chance.randint(size // 4, size) if chance and total > size else size
        while at < total:
            end = min(at + room, total)
            if end < total:
                good = [b for b in self.breaks if at + room // 2 < b <= end]
                end = good[-1] if good else end
            yield at, end
            at, room = end, size

    def reading_windows(self, size, overlap):
        """Windows that overlap, and of each the pieces that it is read for."""
        total = len(self.ids)
        if total <= size:
            return [(0, total, 0, total)] if total else []
        count = -(-(total - overlap) // (size - overlap))
        starts = [round(i * (total - size) / (count - 1)) for i in range(count)] if count > 1 else [0]
        out = []
        for i, s in enumerate(starts):
            low = 0 if i == 0 else (starts[i - 1] + size + s) // 2
            high = total if i + 1 == len(starts) else (s + size + starts[i + 1]) // 2
            out.append((s, min(s + size, total), low, high))
        return out


def pad(rows, value, multiple=1):
    longest = -(-max(map(len, rows)) // multiple) * multiple
    return torch.tensor([r + [value] * (longest - len(r)) for r in rows])


@torch.inference_mode()
def probabilities(model, articles, size=190, overlap=60, batch=16):
    """For each article a tensor words × labels of probabilities."""
    jobs = [(a, *w) for a, art in enumerate(articles) for w in art.reading_windows(size, overlap)]
    jobs.sort(key=lambda j: j[2] - j[1])
    rows = [[None] * len(a.ids) for a in articles]
    model.eval()
    for i in range(0, len(jobs), batch):
        group = jobs[i : i + batch]
        ids = [[0] + articles[a].ids[s:e] + [2] for a, s, e, _, _ in group]
        mask = pad([[1] * len(r) for r in ids], 0)
        logits = model(input_ids=pad(ids, 1), attention_mask=mask).logits
        p = logits.float().softmax(-1)
        for k, (a, s, e, low, high) in enumerate(group):
            for piece in range(low, high):
                rows[a][piece] = p[k, piece - s + 1]
    return [torch.stack([r[f] for f in a.first]) if a.first else torch.zeros(0, len(LABELS)) for a, r in zip(articles, rows)]


def allowed():
    """Which label may follow which: I only after B or I of its type."""
    out = torch.zeros(len(LABELS), len(LABELS))
    for i, before in enumerate(LABELS):
        for j, after in enumerate(LABELS):
            if after[0] == "I" and before[2:] != after[2:]:
                out[i, j] = -1e4
    return out.numpy()


FOLLOWS = allowed()


def best_labels(article, p):
    """Labels of words on the best path of the probabilities' product; a line break ends every mention."""
    scores = p.clamp_min(1e-6).log().numpy()
    fresh = FOLLOWS[0]  # as after O
    total, back = None, []
    for i, row in enumerate(scores):
        if i == 0:
            total = row + fresh
            back.append(None)
            continue
        if "\n" in article.text[article.words[i - 1][1] : article.words[i][0]]:
            came = total.argmax()
            back.append([came] * len(LABELS))
            total = total[came] + fresh + row
        else:
            ways = total[:, None] + FOLLOWS
            back.append(ways.argmax(0))
            total = ways.max(0) + row
    if total is None:
        return []
    out = [int(total.argmax())]
    for step in reversed(back[1:]):
        out.append(int(step[out[-1]]))
    return out[::-1]


def mentions(article, p, path=True):
    """Mentions (start, end, type, score) off the labels of words; none goes over a line break."""
    labels = best_labels(article, p) if path else p.argmax(-1).tolist()
    found, before = [], None
    for i, ((start, end), label) in enumerate(zip(article.words, labels)):
        name = LABELS[label]
        if name == "O":
            before = None
            continue
        kind = name[2:]
        if name[0] == "I" and before and before[2] == kind and "\n" not in article.text[before[1] : start]:
            before[1] = end
            before[3].append(float(p[i, label]))
        else:
            before = [start, end, kind, [float(p[i, label])]]
            found.append(before)
    out = []
    for s, e, k, scores in found:
        if any(c.isalnum() for c in article.text[s:e]):
            out.append((s, e, k, float(torch.tensor(scores).clamp_min(1e-6).log().mean().exp())))
    return out


def f1(gold, found):
    """Micro F1 of two lists of sets."""
    tp = sum(len(g & f) for g, f in zip(gold, found))
    n = sum(map(len, gold)) + sum(map(len, found))
    return 200 * tp / max(1, n)
