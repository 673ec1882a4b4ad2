#!/usr/bin/env python3
"""Makes the reference checkpoints of the accurate engine and what transformers
says of them, which tests/bert_golden.rs holds the engine against.

    pip install torch==2.4.0 transformers==4.44.2 sentencepiece "numpy<2" protobuf
    python models/reference/make.py ../shared/corpus

Writes, beside this file:

    camembert-tiny/      a CamemBERT-architecture classifier (2 layers, 64 wide, its
                         own 4,000 pieces), trained on the train part of the corpus
    architectures/NAME/  one small network an architecture, random weights, with the
                         tokenizer files that this family is published with
    */golden.jsonl       predictions of transformers on CPU in f32

Each golden line holds a text, its words (spans in code points, cut here by a
rule of its own: the engine must take words as they come), its sentences
(ranges of words), the piece numbers, and for each word the number of its label
and its probability. Words take the label of the first piece that shares a
character with them. Texts longer than a window are cut as src/entities/bert/
windows.rs describes; `windows` below is that description in Python.
"""

import json
import math
import random
import re
import shutil
import sys
from pathlib import Path

import sentencepiece
import torch
import transformers as tf
from tokenizers import ByteLevelBPETokenizer, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, processors, trainers
from tokenizers.implementations import BertWordPieceTokenizer

HERE = Path(__file__).parent
TYPES = ["PER", "LOC", "ORG", "MISC", "DATE", "MONEY"]
LABELS = ["O"] + [f"{p}-{t}" for t in TYPES for p in "BI"]
WORD = re.compile(r"(?:\b(?:[cdjlmnst]|qu|lorsqu|jusqu)['’])|\w+(?:[-.]\w+)*|[^\w\s]", re.I)
OVERLAP = 64


# ---- texts ------------------------------------------------------------------

def words_of(text):
    return [m.span() for m in WORD.finditer(text)]


def sentences_of(text, words):
    """Ranges of words; a sentence ends with a line or with . ! ? before a capital."""
    starts = [0]
    for i in range(1, len(words)):
        gap = text[words[i - 1][1]:words[i][0]]
        end = text[words[i - 1][0]:words[i - 1][1]] in ".!?…" and text[words[i][0]].isupper()
        if "\n" in gap or (gap and end):
            starts.append(i)
    return [[a, b] for a, b in zip(starts, starts[1:] + [len(words)]) if a < b]


def read_corpus(folder):
    """(text, [(start, end, type)]) a line of a document, and whether it is dev."""
    for path in sorted(Path(folder).glob("*.txt")):
        if path.name == "README.txt":
            continue
        for index, doc in enumerate(path.read_text().split("### id: ")[1:]):
            for line in doc.split("\n")[1:]:
                text, spans, at = "", [], 0
                for m in re.finditer(r"<(\w+)[^>]*>(.*?)</\1>", line):
                    text += line[at:m.start()]
                    if m[1] in TYPES:
                        spans.append((len(text), len(text) + len(m[2]), m[1]))
                    text += m[2]
                    at = m.end()
                text += line[at:]
                if text.strip():
                    yield text, spans, index % 6 == 5


NAMES = ("Élodie Cœurdacier|Œuvrard|Noël Ézéchiel|Anaïs L’Hôtellier|Þórdís Björk|Łukasz Żółć|"
         "Nguyễn Văn Hải|José Ibáñez|Maëlle d'Ornano|N'Golo Mbappé").split("|")
PLACES = "Évian-les-Bains|L'Haÿ-les-Roses|Bâle|Île-de-France|Saint-Étienne|Nîmes|Curaçao|Açores".split("|")
FIRMS = "Crédit Agricole|L'Oréal|Électricité de France|Danone|Société générale|BNP Paribas|SNCF".split("|")
PATTERNS = [
    "{n} a quitté {p} pour {f} 🙂.",
    "« {n} », a répondu la direction de {f} : « rien n’est décidé » !",
    "À {p}, {f} investit 3,5 M€ — du jamais-vu selon {n}…",
    "{f}\u00a0: {n} nommé·e à la tête du site de {p}\u202f?",
    "D'après l'AFP, c'est à {p} qu'{n} s'est installée 👩‍🔬🇫🇷.",
    "  {n}   et\t{f} :   double   espace  à  {p}  ",
    "😀😀 {p} 😀 {n}",
    "Le 14 juillet 2024, {n} (48\u00a0ans) déjeunait à {p} avec l’état-major de {f}.",
    "e\u0301te\u0301 a\u0300 {p} : {n} signe chez {f}",
    "{n} l'a dit : « L'usine d'{p}, c'est fini ; {f} s'en va. » Qui l'eût cru ? Personne.",
    "Titre sans point\n{n} arrive à {p}.\n\nFin chez {f}",
    "漢字 et кириллица : {n}, {p}, {f}, \u200b\u00adfin.",
]


def own_texts(rng):
    for i in range(84):
        pick = lambda names: names[rng.randrange(len(names))]
        yield PATTERNS[i % len(PATTERNS)].format(n=pick(NAMES), p=pick(PLACES), f=pick(FIRMS))


def long_texts(rng):
    """One sentence without an end, and sentences that fill more than a window."""
    for joint in [", puis ", "; ", " et "]:
        yield joint.join(f"{rng.choice(NAMES)} vers {rng.choice(PLACES)}" for _ in range(75))
    for _ in range(3):
        yield " ".join(rng.choice(PATTERNS[:5]).format(
            n=rng.choice(NAMES), p=rng.choice(PLACES), f=rng.choice(FIRMS)) for _ in range(36))
    # A long sentence between short ones.
    middle = ", ".join(f"{rng.choice(NAMES)} de {rng.choice(FIRMS)}" for _ in range(80))
    yield f"Voici la liste. Sont venus {middle}. Nul autre à {PLACES[0]}.\nFin."


# ---- the reference ----------------------------------------------------------

def windows(offsets, starts, limit, overlap):
    """(first piece, last, first owned, last owned), ends exclusive."""
    overlap = min(overlap, (limit - 1) // 2)
    cuts = [0]
    for s in starts[1:]:
        i = cuts[-1]
        while i < len(offsets) and offsets[i][1] <= s:
            i += 1
        cuts.append(i)
    cuts.append(len(offsets))
    out, open_ = [], None
    for a, b in zip(cuts, cuts[1:]):
        if a == b:
            continue
        if b - a > limit:
            if open_:
                out.append((*open_, *open_))
            open_, start, owned = None, a, a
            while True:
                end = min(b, start + limit)
                kept = end if end == b else end - overlap // 2
                out.append((start, end, owned, kept))
                if end == b:
                    break
                start, owned = end - overlap, kept
        elif open_ and b - open_[0] <= limit:
            open_ = (open_[0], b)
        else:
            if open_:
                out.append((*open_, *open_))
            open_ = (a, b)
    if open_:
        out.append((*open_, *open_))
    return out


def golden(model, tokenizer, text, limit):
    words = words_of(text)
    sentences = sentences_of(text, words)
    pieces = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
    ids, offsets = pieces["input_ids"], pieces["offset_mapping"]
    pairs = tokenizer.build_inputs_with_special_tokens([7])
    before, after = pairs[:pairs.index(7)], pairs[pairs.index(7) + 1:]
    found = [None] * len(ids)
    cut = windows(offsets, [words[a][0] for a, _ in sentences], limit - len(before) - len(after), OVERLAP)
    for a, b, own_a, own_b in cut:
        row = torch.tensor([before + ids[a:b] + after])
        with torch.no_grad():
            probabilities = model(row, attention_mask=torch.ones_like(row)).logits[0].softmax(-1)
        for i in range(own_a, own_b):
            score, label = probabilities[i - a + len(before)].max(-1)
            found[i] = [int(label), round(float(score), 6)]
    labels = []
    for start, end in words:
        first = next((i for i, (s, e) in enumerate(offsets) if s < end and e > start and e > s), None)
        labels.append(found[first] if first is not None else None)
    return {"text": text, "words": words, "sentences": sentences, "ids": ids,
            "windows": len(cut), "labels": labels}


def write_golden(folder, model, tokenizer, texts, limit):
    with open(folder / "golden.jsonl", "w") as f:
        for text in texts:
            line = golden(model, tokenizer, text, limit)
            f.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


# ---- tokenizers -------------------------------------------------------------

def train_spm(folder, lines, pieces, rules="nmt_nfkc"):
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_prefix=str(folder / "spm"), vocab_size=pieces,
        model_type="unigram", normalization_rule_name=rules, character_coverage=0.9995, minloglevel=2, num_threads=1)
    (folder / "spm.vocab").unlink()
    (folder / "spm.model").rename(folder / "sentencepiece.bpe.model")


def camembert_tokenizer(folder):
    slow = tf.CamembertTokenizer(str(folder / "sentencepiece.bpe.model"), additional_special_tokens=[])
    fast = tf.CamembertTokenizerFast.from_pretrained(folder, additional_special_tokens=[])
    return slow, fast


# ---- the trained checkpoint ---------------------------------------------------

def train(model, tokenizer, corpus, epochs, rng):
    data = []
    for text, spans, dev in corpus:
        if dev:
            continue
        pieces = tokenizer(text, return_offsets_mapping=True, truncation=True, max_length=256)
        words = words_of(text)
        labels = [-100] * len(pieces["input_ids"])
        for start, end in words:
            first = next((i for i, (s, e) in enumerate(pieces["offset_mapping"])
                          if s < end and e > start and e > s), None)
            if first is None or labels[first] != -100:
                continue
            labels[first] = 0
            for s, e, t in spans:
                if s <= start < e:
                    labels[first] = LABELS.index(("B-" if start == s else "I-") + t)
        data.append((pieces["input_ids"], labels))
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01)
    steps = epochs * math.ceil(len(data) / 16)
    schedule = tf.get_cosine_schedule_with_warmup(optimizer, steps // 20, steps)
    model.train()
    for epoch in range(epochs):
        rng.shuffle(data)
        total = 0.0
        for i in range(0, len(data), 16):
            rows = data[i:i + 16]
            longest = max(len(r[0]) for r in rows)
            ids = torch.tensor([r[0] + [1] * (longest - len(r[0])) for r in rows])
            gold = torch.tensor([r[1] + [-100] * (longest - len(r[1])) for r in rows])
            loss = model(ids, attention_mask=(ids != 1).long(), labels=gold).loss
            loss.backward()
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += float(loss.detach()) * len(rows)
        print(f"epoch {epoch + 1}: {total / len(data):.3f}", file=sys.stderr)
    model.eval()


def make_camembert(corpus, epochs):
    rng = random.Random(6)
    folder = HERE / "camembert-tiny"
    folder.mkdir(exist_ok=True)
    train_spm(folder, [text for text, _, dev in corpus if not dev], 4000)
    slow, fast = camembert_tokenizer(folder)
    config = tf.CamembertConfig(
        vocab_size=len(fast), hidden_size=64, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=256, max_position_embeddings=514, type_vocab_size=1,
        layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=fast.bos_token_id,
        eos_token_id=fast.eos_token_id, id2label=dict(enumerate(LABELS)),
        label2id={l: i for i, l in enumerate(LABELS)})
    torch.manual_seed(6)
    model = tf.CamembertForTokenClassification(config)
    train(model, fast, corpus, epochs, rng)
    model.save_pretrained(folder)
    # As many published folders have it: with the truncation of the training.
    fast.model_max_length = 512
    fast.save_pretrained(folder)
    tokenizer = json.loads((folder / "tokenizer.json").read_text())
    tokenizer["truncation"] = {"direction": "Right", "max_length": 256,
                               "strategy": "LongestFirst", "stride": 0}
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False))
    for name in ("special_tokens_map.json", "added_tokens.json"):
        (folder / name).unlink(missing_ok=True)
    held = [text for text, spans, dev in corpus if dev and spans]
    texts = list(own_texts(rng)) + list(long_texts(rng))
    texts += rng.sample(held, 200 - len(texts))
    write_golden(folder, model, fast, texts, 512)
    # What the slow tokenizer, which reads only the SentencePiece file, says.
    with open(folder / "slow_ids.jsonl", "w") as f:
        for text in texts[:60]:
            f.write(json.dumps(slow.encode(text, add_special_tokens=False)) + "\n")


# ---- every architecture, random weights -----------------------------------------

SMALL = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=24,
             initializer_range=0.4)


def random_model(cls, config):
    torch.manual_seed(7)
    config.id2label = dict(enumerate(LABELS[:9]))
    config.label2id = {l: i for i, l in enumerate(LABELS[:9])}
    model = cls(config).eval()
    with torch.no_grad():  # biases and norms are not left at 0 and 1
        for name, p in model.named_parameters():
            if p.dim() == 1:
                p.add_(torch.randn_like(p) * 0.2)
    return model


def make_architectures(corpus):
    root = HERE / "architectures"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    lines = [text for text, _, dev in corpus if not dev][:1500]
    lines_file = root / "lines.tmp"
    lines_file.write_text("\n".join(lines))
    texts = list(own_texts(random.Random(8)))[:12] + list(long_texts(random.Random(9)))[2:4]

    def finish(folder, model, tokenizer, limit, safetensors=True):
        model.save_pretrained(folder, safe_serialization=safetensors)
        # Whole, as older and most published ones are.
        (folder / "config.json").write_text(model.config.to_json_string(use_diff=False))
        write_golden(folder, model, tokenizer, texts, limit)
        (folder / "generation_config.json").unlink(missing_ok=True)

    def folder_of(name):
        folder = root / name
        folder.mkdir()
        return folder

    # BERT: vocab.txt alone, case kept.
    folder = folder_of("bert")
    wp = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    wp.train([str(lines_file)], vocab_size=400, min_frequency=2, show_progress=False)
    wp.save_model(str(folder))
    (folder / "tokenizer_config.json").write_text('{"do_lower_case": false}')
    tokenizer = tf.BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=False)
    config = tf.BertConfig(vocab_size=400, max_position_embeddings=128, **SMALL)
    finish(folder, random_model(tf.BertForTokenClassification, config), tokenizer, 128)

    # ELECTRA: vocab.txt alone, lower-cased and without accents; narrow embeddings, another
    # activation, another ε; weights as a pickle, pytorch_model.bin.
    folder = folder_of("electra")
    wp = BertWordPieceTokenizer(lowercase=True)
    wp.train([str(lines_file)], vocab_size=400, min_frequency=2, show_progress=False)
    wp.save_model(str(folder))
    tokenizer = tf.ElectraTokenizerFast(str(folder / "vocab.txt"))
    config = tf.ElectraConfig(vocab_size=400, max_position_embeddings=128, embedding_size=8,
                              hidden_act="gelu_new", layer_norm_eps=1e-3, **SMALL)
    finish(folder, random_model(tf.ElectraForTokenClassification, config), tokenizer, 128,
           safetensors=False)

    # DistilBERT: tokenizer.json alone.
    folder = folder_of("distilbert")
    tokenizer = tf.DistilBertTokenizerFast(str(root / "bert/vocab.txt"), do_lower_case=False)
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    config = tf.DistilBertConfig(vocab_size=400, max_position_embeddings=128, dim=16, n_layers=2,
                                 n_heads=4, hidden_dim=24, initializer_range=0.4)
    finish(folder, random_model(tf.DistilBertForTokenClassification, config), tokenizer, 128)

    # RoBERTa: vocab.json and merges.txt.
    folder = folder_of("roberta")
    bpe = ByteLevelBPETokenizer()
    bpe.train([str(lines_file)], vocab_size=400, show_progress=False,
              special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    bpe.save_model(str(folder))
    tokenizer = tf.RobertaTokenizerFast(str(folder / "vocab.json"), str(folder / "merges.txt"))
    config = tf.RobertaConfig(vocab_size=400, max_position_embeddings=130, type_vocab_size=1,
                              layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0, eos_token_id=2, **SMALL)
    finish(folder, random_model(tf.RobertaForTokenClassification, config), tokenizer, 128)

    # XLM-R: tokenizer.json as the hub has it.
    folder = folder_of("xlm-roberta")
    train_spm(folder, lines, 400, rules="identity")
    tokenizer = tf.XLMRobertaTokenizerFast(str(folder / "sentencepiece.bpe.model"))
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "sentencepiece.bpe.model").unlink()
    config = tf.XLMRobertaConfig(vocab_size=len(tokenizer), max_position_embeddings=130, type_vocab_size=1,
                                 layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0, eos_token_id=2, **SMALL)
    finish(folder, random_model(tf.XLMRobertaForTokenClassification, config), tokenizer, 128)

    lines_file.unlink()


def main():
    torch.set_num_threads(1)
    corpus = list(read_corpus(sys.argv[1]))
    if "--architectures" not in sys.argv:
        make_camembert(corpus, epochs=20)
    make_architectures(corpus)


if __name__ == "__main__":
    main()
