#!/usr/bin/env python3
"""Inputs that the fuzzers begin with, and the words that they try.

    python3 fuzz/seeds.py            into fuzz/corpus/TARGET and fuzz/corpus/words.dict

Nothing beyond Python's library is needed; with pyarrow there is a whole file of Parquet. What
is there already is kept.
"""

import csv
import gzip
import hashlib
import io
import re
import struct
import tarfile
import zipfile
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
ROOT = FUZZ.parent
CORPUS = FUZZ / "corpus"

# As `containers` and `rows` in laws.rs number them.
CONTAINERS = ["warc", "tar", "zip", "xml", "europresse", "factiva", "nexis", "parquet"]
ROWS = ["jsonl", "csv", "tsv", "txt"]

TEXT = (
    "NÎMES, 15 mars 2024 (Le Petit Nîmois) - Le maire, Julien Valdon, a annoncé lundi que la gare "
    "fermerait du 3 au 29 juillet. La SNCF y consacrera 12,5 millions d'euros, soit 8 % de plus.\n\n"
    "« Il y a deux ans, c'était 3 M€ », dit Mme Faure.\n"
)
PAGE = (
    "<!doctype html><html lang=fr><head><title>Une gare</title>"
    "<meta property='article:published_time' content='2024-03-15T05:12:00+01:00'>"
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Une gare\"}</script></head>"
    f"<body><article><h1>Une gare</h1><p>{TEXT}</p></article><div class=comment><p>Bravo !</p></div></body></html>"
)
XML = {
    "rss": f"<rss><channel><title>Le Petit Nîmois</title><item><guid>1</guid><title>Une gare</title>"
    f"<pubDate>Fri, 15 Mar 2024 05:12:00 +0100</pubDate><description><![CDATA[<p>{TEXT}</p>]]></description></item>"
    "</channel></rss>",
    "atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>x</id><updated>2024-03-15T05:12:00Z</updated>"
    f"<title>Une gare</title><content type='html'>&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>",
    "tei": f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>Une gare</title>"
    "</titleStmt><publicationStmt><date when='2024-03-15'/></publicationStmt></fileDesc></teiHeader>"
    f"<text><body><p>{TEXT}</p></body></text></TEI>",
    "nitf": f"<nitf><head><title>Une gare</title><docdata><date.issue norm='20240315T051200'/></docdata></head>"
    f"<body><body.head><hedline><hl1>Une gare</hl1></hedline></body.head><body.content><p>{TEXT}</p>"
    "</body.content></body></nitf>",
}
EUROPRESSE = (
    "<html><body><article><header><span class='DocPublicationName'>Le Petit Nîmois</span>"
    "<span class='DocHeader'>Économie, vendredi 15 mars 2024 612 mots, p. 12</span>"
    "<p class='titreArticleVisu'>Une gare</p></header><div class='docOcurrContainer'>"
    f"<p>{TEXT}</p></div></article></body></html>"
)
FACTIVA = (
    "Une gare\nPar Inès Faure\n612 mots\n15 mars 2024\n05:12\nLe Petit Nîmois\nPTNIMO\n12\nFrançais\n"
    f"© 2024 Le Petit Nîmois\n{TEXT}\nDocument PTNIMO0020240315ek3f0000x\n"
)
NEXIS = (
    "1 of 2 DOCUMENTS\n\nLe Petit Nîmois\n\n15 mars 2024 vendredi\n\nUne gare\n\nBYLINE: Inès Faure\n\n"
    f"LENGTH: 523 words\n\n{TEXT}\nLOAD-DATE: March 15, 2024\n\nLANGUAGE: FRENCH\n\n2 of 2 DOCUMENTS\n\nUn pont\n"
)


def warc() -> bytes:
    out = b""
    for kind, mime, body in [
        ("warcinfo", "application/warc-fields", b"software: essai\r\n"),
        ("response", "application/http; msgtype=response",
         b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()),
        ("conversion", "text/plain", TEXT.encode()),
    ]:
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\nContent-Type: {mime}\r\n"
            f"WARC-Target-URI: https://exemple.fr/{kind}\r\nWARC-Date: 2024-03-15T05:12:00Z\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        out += head.encode() + body + b"\r\n\r\n"
    return out


MEMBERS = {
    "a/une.txt": TEXT.encode(),
    "page.html": PAGE.encode(),
    "lignes.jsonl": b'{"id":1,"text":"Elle part lundi."}\n{"id":2,"text":"Il reste."}\n',
}


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in MEMBERS.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in MEMBERS.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def parquet() -> bytes:
    """Two rows where pyarrow is there, else a footer of no length between its marks."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return b"PAR1" + bytes(4) + b"PAR1"
    out = io.BytesIO()
    columns = {"id": [1, 2], "text": ["Elle part lundi.", None], "meta": [{"date": "2024-03-15"}, {"date": None}]}
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def table(entries, size: int) -> bytes:
    """A hash table of a model file (src/entities/compact/table.rs) with records of zeros under chosen buckets."""
    bits = 1
    buckets = [sum(1 for e in entries if e == b) for b in range(1 << bits)]
    ends = [sum(buckets[:b]) for b in range(len(buckets) + 1)]
    out = struct.pack("<III", bits, size, len(entries)) + struct.pack(f"<{len(ends)}I", *ends)
    out += bytes(2 * (len(entries) + 8))
    return out + b"".join(struct.pack("<h", 7 * i + 1) * (size // 2) for i in range(len(entries)))


def weights(count: int) -> bytes:
    """Lines of weights (src/entities/compact/weights.rs): three records each, under addresses by chance."""
    out = b""
    for line in range(count):
        records = b"".join(bytes([7 + slot] * 16) for slot in range(3))
        addresses = struct.pack("<3I", *[(line << 32) // count + 977 * slot for slot in range(3)])
        # All three are there, the second line is full, bytes are shifted by two.
        flags = 0b111 | (line == 1) << 3 | 0x222222 << 8
        out += records + addresses + struct.pack("<I", flags)
    return out


def model(skims: bool) -> bytes:
    """A small model; its checksum is made right by the law."""
    body = struct.pack("<I", 3) + bytes(40) + weights(3)
    body += struct.pack("<I", 5) + b"essai" + struct.pack("<2f", 0.0005, 0.0002)
    body += struct.pack("<162f", *[0.01 * (i % 9) for i in range(162)])
    body += struct.pack("<21f", *[i / 20 for i in range(21)])
    body += table([0, 1], 8) + table([0, 1], 4)
    if skims:
        body += struct.pack("<i", 311) + table([0, 1, 1], 10)
    return b"GLANENER" + struct.pack("<I", 3) + bytes(8) + body


def seeds():
    yield "pages", PAGE.encode()
    for path in sorted((ROOT / "tests/pages").glob("*.html")):
        yield "pages", path.read_bytes()
    data = {
        "warc": [warc()],
        "tar": [tar()],
        "zip": [zipped()],
        "xml": [x.encode() for x in XML.values()],
        "europresse": [EUROPRESSE.encode()],
        "factiva": [FACTIVA.encode()],
        "nexis": [NEXIS.encode()],
        "parquet": [parquet()],
    }
    for name, files in data.items():
        for file in files:
            yield "containers", bytes([CONTAINERS.index(name)]) + file
    rows = {
        "jsonl": MEMBERS["lignes.jsonl"] + b'{"a":{"b":[1e400,null]},"date":"15 mars 2024","body":"\\ud83d"}\n',
        "csv": "sep=;\nid;texte;date\n1;\"Elle \"\"part\"\"\nlundi\";15/03/2024\n".encode(),
        "tsv": "id\ttexte\n1\tElle part\n".encode("utf-16"),
        "txt": TEXT.encode("latin-1", "replace"),
    }
    for name, file in rows.items():
        for choice in (0, 4):
            yield "rows", bytes([ROWS.index(name) | choice]) + file
        yield "rows", bytes([ROWS.index(name)]) + gzip.compress(file, mtime=0)
    examples = [TEXT.encode()]
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        examples.append(path.read_bytes())
    for path in sorted((ROOT / "src/french/tables/sets").glob("*.tsv")):
        for row in table_rows(path):
            if row.get("example"):
                examples.append(row["example"].encode())
    for target in ("article", "times", "amounts", "decode_and_split"):
        for text in examples:
            yield target, text
    yield "model", model(False)
    yield "model", model(True)


def table_rows(path):
    lines = [x for x in path.read_text().splitlines() if x and not x.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def words():
    """What stands in the first columns of the tables, and in the parts that `tests/fuzz_smoke.rs` tries."""
    found = set()
    for path in sorted((ROOT / "src/french/tables").rglob("*.tsv")):
        for row in table_rows(path):
            for column in ("word", "phrase", "form", "name"):
                if row.get(column):
                    found.add(row[column])
    smoke = (ROOT / "tests/fuzz_smoke.rs").read_text()
    found.update(re.findall(r'^    "((?:[^"\\]|\\["\\])+)",$', smoke, re.M))
    return sorted(w for w in found if len(w.encode()) <= 60)


def main():
    for target, data in seeds():
        at = CORPUS / target
        at.mkdir(parents=True, exist_ok=True)
        (at / hashlib.sha1(data).hexdigest()).write_bytes(data)
    quoted = ("".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in w.encode()) for w in words())
    (CORPUS / "words.dict").write_text("".join(f'"{w}"\n' for w in quoted))
    for at in sorted(p for p in CORPUS.iterdir() if p.is_dir()):
        print(f"{at.name}: {sum(1 for _ in at.iterdir())} inputs")


if __name__ == "__main__":
    main()
