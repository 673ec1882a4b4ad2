"""Annotated articles: documents with `id`, `text`, `published` and `spans` in code points.

The same two forms that `glane eval` reads: marked-up articles (models/compact-fr/corpus/GUIDE.md) and
BIO with the text put together again from its tokens.
"""

import dataclasses
import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Public data that lies beside the repository, where it is there.
SHARED = pathlib.Path(os.environ.get("SHARED", ROOT.parent / "shared"))
NAMES = ("PER", "LOC", "ORG", "MISC")
# Where a BIO file marks no documents, so many sentences make one (as src/eval/bio.rs).
SENTENCES = 30


@dataclasses.dataclass
class Span:
    start: int
    end: int
    tag: str
    attrs: dict


@dataclasses.dataclass
class Doc:
    id: str
    text: str
    published: str | None
    spans: list

    def row(self):
        row = {"id": self.id, "text": self.text}
        if self.published:
            row["published"] = self.published
        return row


def marked_up(path, dev=False):
    """Articles of a marked-up file; with `dev` those whose index leaves 5 when divided by 6."""
    docs = []
    for i, chunk in enumerate(re.split(r"^### ", path.read_text(encoding="utf-8"), flags=re.M)[1:]):
        header, _, body = chunk.partition("\n")
        fields = dict(f.split(": ", 1) for f in header.split(" | ") if ": " in f)
        if fields.get("escaped") == "yes":
            raise SystemExit(f"{path}: escaped articles are not read here")
        text, spans, opened = "", [], None
        for part in re.split(r"(<[^>]*>)", body.rstrip("\n")):
            if not part.startswith("<"):
                text += part
            elif part.startswith("</"):
                opened.end = len(text)
                spans.append(opened)
            else:
                tag, _, attrs = part[1:-1].partition(" ")
                opened = Span(len(text), 0, tag, dict(re.findall(r'(\w+)="([^"]*)"', attrs)))
        if not dev or i % 6 == 5:
            docs.append(Doc(f"{path.stem}:{i}", text, fields.get("date", "").strip() or None, spans))
    return docs


def bio(path):
    """Documents of a BIO file, one sentence a line."""
    content = path.read_text(encoding="utf-8")
    docs, sentences, opened, fresh = [], 0, False, True
    marked = re.search(r"^# doc", content, flags=re.M)
    for line in content.splitlines():
        if line.startswith("# doc"):
            docs.append(Doc(f"{path.stem}:{len(docs)}", "", None, []))
            opened, fresh = False, True
            continue
        if line.startswith("#") and "\t" not in line:
            continue
        if not line:
            if docs and not fresh:
                docs[-1].text = docs[-1].text.rstrip() + "\n"
                sentences += 1
            opened, fresh = False, True
            continue
        if not docs or (not marked and fresh and sentences >= SENTENCES):
            docs.append(Doc(f"{path.stem}:{len(docs)}", "", None, []))
            sentences = 0
        doc, fresh = docs[-1], False
        token, label, *rest = line.split("\t")
        space = rest[1] if len(rest) > 1 else None
        if token in (",", ".", ")", "]", "...") and space != "1":
            doc.text = doc.text.rstrip(" ")
        start = len(doc.text)
        doc.text += token
        end = len(doc.text)
        if space != "0" and not (token.endswith(("'", "’")) and len(token) > 1):
            doc.text += " "
        position, _, tag = label.partition("-")
        if position == "I" and opened and doc.spans and doc.spans[-1].tag == tag:
            doc.spans[-1].end = end
        elif tag:
            doc.spans.append(Span(start, end, tag, {}))
        opened = bool(tag)
    for doc in docs:
        doc.text = doc.text.rstrip()
    return docs


def repository():
    """The dev part of the corpus of the repository."""
    files = sorted((ROOT / "models/compact-fr/corpus").glob("*.txt"))
    return [doc for file in files for doc in marked_up(file, dev=True)]


def annotated(layer):
    """(name, documents) of each set at hand for `names`, `dates` or `money`."""
    yield "corpus dev", repository()
    news = [SHARED / f"data/ner/real_news.{part}.txt" for part in ("dev", "train")]
    # The 40 dev articles hold nine amounts, so those to learn from count for money too.
    chosen = [file for file in news[: 2 if layer == "money" else 1] if file.exists()]
    if chosen:
        yield "real_news" if layer == "money" else "real_news.dev", [d for f in chosen for d in marked_up(f)]
    if layer == "names":
        for name in ("winer_split.dev", "sequoia.wiki", "sequoia.europarl", "sequoia.emea"):
            file = SHARED / f"data/ner/{name}.bio"
            if file.exists():
                yield name, bio(file)


def suites(layer):
    """(name, cases) of each public suite at hand for `dates` or `money`."""
    folder = {"dates": "temporal", "money": "money"}[layer]
    for file in sorted((SHARED / "data" / folder).glob("*.jsonl")):
        with open(file, encoding="utf-8") as lines:
            yield file.stem, [json.loads(line) for line in lines]


def articles(count):
    """Rows for the measure of speed and where they come from: the dump of news, else the corpus."""
    dump = SHARED / "data/dumps/orangesum.jsonl.zst"
    if dump.exists():
        # The reading end closes early, which zstd tells as a failure.
        zstd = subprocess.Popen(["zstdcat", dump], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        rows = []
        for line in zstd.stdout:
            row = json.loads(line)
            rows.append({"id": row["id"], "text": row["body"], "published": row["published"]})
            if len(rows) == count:
                break
        zstd.stdout.close()
        zstd.wait()
        return rows, "the first articles of a news dump (OrangeSum)"
    files = sorted((ROOT / "models/compact-fr/corpus").glob("*.txt"))
    rows = [doc.row() for file in files for doc in marked_up(file)]
    return rows[:count], "the articles of the corpus"
