#!/usr/bin/env python3
"""train.py BASE_DIR OUT_DIR --gold FILE... --dev FILE... : fine-tunes an encoder for names (PER, LOC, ORG, MISC).

Files: .bio, marked-up .txt (their dev part, every sixth article, is only measured on), .jsonl of uniform gold.
A file after --no-misc has no MISC annotated: there the loss leaves MISC out of account.
"""
import argparse
import json
import math
import os
import random
import time

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertForTokenClassification

import ner


def articles(tok, paths, part, seed=None, space=0.0, no_misc=False):
    for path in paths:
        if path.endswith(".bio"):
            source = ner.read_bio(path, seed, space)
        elif path.endswith(".jsonl"):
            source = ner.read_gold(path)
        else:
            source = ner.read_marked(path, "all" if "real_news" in path else part)
        chance = random.Random(f"{seed} {path}")
        for name, text, entities in source:
            if part == "train":
                text, entities = ner.vary(text, entities, chance)
            yield ner.Article(tok, name, text, entities, no_misc)


def batches(rows, budget, chance):
    """Rows (ids, labels, no_misc) of like length, `budget` padded pieces a batch, in random order."""
    rows = sorted(rows, key=lambda r: (len(r[0]) // 8, chance.random()))
    out, group, longest = [], [], 0
    for r in rows:
        longest = max(longest, len(r[0]))
        if group and longest * (len(group) + 1) > budget:
            out.append(group)
            group, longest = [], len(r[0])
        group.append(r)
    out.append(group)
    chance.shuffle(out)
    return out


def load(base, layers=None, dropout=0.1):
    config = BertConfig.from_pretrained(base)
    config.id2label = dict(enumerate(ner.LABELS))
    config.label2id = {l: i for i, l in enumerate(ner.LABELS)}
    config.hidden_dropout_prob = dropout
    config.attention_probs_dropout_prob = 0.0
    model = BertForTokenClassification.from_pretrained(base, config=config, torch_dtype=torch.float32, attn_implementation="sdpa")
    if layers:
        model.bert.encoder.layer = torch.nn.ModuleList(model.bert.encoder.layer[i] for i in layers)
        model.config.num_hidden_layers = len(layers)
    return model


def groups(master, count, a):
    out = {}
    for name, p in master.items():
        if name.startswith("classifier"):
            rate = a.head_lr
        else:
            layer = int(name.split(".layer.")[1].split(".")[0]) if ".layer." in name else -1
            rate = a.lr * a.layer_decay ** (count - 1 - layer)
        out.setdefault((rate, 0.0 if p.ndim == 1 or "embeddings" in name else a.decay), []).append(p)
    return [dict(params=p, lr=r, weight_decay=w) for (r, w), p in out.items()]


def measure(model, sets):
    said = []
    for name, arts, gold in sets:
        found = [{m[:3] for m in ner.mentions(a, p)} for a, p in zip(arts, ner.probabilities(model, arts))]
        spans = ner.f1([{g[:2] for g in s} for s in gold], [{g[:2] for g in s} for s in found])
        said.append(f"{name} F1 {ner.f1(gold, found):.2f} span {spans:.2f}")
    return "; ".join(said)


def save(model, master, base, out):
    os.makedirs(out, exist_ok=True)
    half = {k: master.get(k, v).detach().half() for k, v in model.state_dict().items()}
    save_file(half, f"{out}/model.safetensors", metadata={"format": "pt"})
    config = model.config.to_dict()
    config.update(architectures=["BertForTokenClassification"], torch_dtype="float16", attention_probs_dropout_prob=0.1, hidden_dropout_prob=0.1)
    json.dump({k: v for k, v in config.items() if not k.startswith("_")}, open(f"{out}/config.json", "w"), indent=1)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        open(f"{out}/{name}", "wb").write(open(f"{base}/{name}", "rb").read())


def main():
    a = argparse.ArgumentParser()
    a.add_argument("base")
    a.add_argument("out")
    a.add_argument("--gold", nargs="+", default=[])
    a.add_argument("--no-misc", nargs="*", default=[])
    a.add_argument("--dev", nargs="+", default=[])
    a.add_argument("--soft", help="what label.py wrote: windows with the teacher's probabilities")
    a.add_argument("--soft-share", type=float, default=1.0, help="pieces of soft windows an epoch for one gold piece")
    a.add_argument("--epochs", type=float, default=4)
    a.add_argument("--lr", type=float, default=1e-4)
    a.add_argument("--head-lr", type=float, default=1e-3)
    a.add_argument("--layer-decay", type=float, default=1.0)
    a.add_argument("--decay", type=float, default=0.01)
    a.add_argument("--dropout", type=float, default=0.0)
    a.add_argument("--window", type=int, default=254)
    a.add_argument("--budget", type=int, default=4096)
    a.add_argument("--layers", help="numbers of the layers to keep: 0,2,4")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--share", type=float, default=1.0, help="share of the other articles that an epoch reads beside those of real_news")
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--minutes", type=float, default=1e9, help="stop (with the schedule bent to end there)")
    a.add_argument("--dev-share", type=int, default=1, help="measure on one dev article in so many while training")
    a = a.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    chance = random.Random(a.seed)
    tok = Tokenizer.from_file(f"{a.base}/tokenizer.json")
    layers = [int(i) for i in a.layers.split(",")] if a.layers else None
    model = load(a.base, layers, a.dropout)
    sets = []
    real = [p for p in a.dev if "real_news" in p]
    for name, paths in (("real", real), ("bio", [p for p in a.dev if p.endswith(".bio")]), ("marked", [p for p in a.dev if p not in real and not p.endswith(".bio")])):
        arts, gold = [], []
        for path in paths:
            source = ner.read_bio(path) if path.endswith(".bio") else ner.read_marked(path, "all" if "real_news" in path else "dev")
            for n, text, entities in source:
                arts.append(ner.Article(tok, n, text))
                gold.append(set(entities))
        if arts:
            share = 1 if name == "real" else a.dev_share
            sets.append((name, arts[::share], gold[::share]))
    soft = torch.load(a.soft) if a.soft else []
    target = [x for r in range(2) for x in articles(tok, [p for p in a.gold if "real_news" in p], "train", a.seed + r, 0.5)]
    other = list(articles(tok, [p for p in a.gold if "real_news" not in p], "train", a.seed, 0.5)) + list(articles(tok, a.no_misc, "train", a.seed, 0.5, True))
    target, other = ([(g, g.piece_labels()) for g in part] for part in (target, other))
    at_hand = chance.sample(range(len(soft)), len(soft))

    def epoch(number):
        rows = []
        for art, labels in target + chance.sample(other, int(a.share * len(other))):
            for s, e in art.training_windows(a.window, chance if number else None):
                rows.append(([0] + art.ids[s:e] + [2], [ner.IGNORED] + labels[s:e] + [ner.IGNORED], art.no_misc))
        want = a.soft_share * sum(len(r[0]) for r in rows) if soft else 0
        while want > 0:
            if not at_hand:
                at_hand.extend(chance.sample(range(len(soft)), len(soft)))
            rows.append(soft[at_hand.pop()])
            want -= len(rows[-1][0])
        return batches(rows, a.budget, chance)

    first = epoch(0)
    steps = math.ceil(len(first) * a.epochs)
    pieces = sum(len(r[0]) for b in first for r in b)
    print(f"{len(first)} batches, {pieces} pieces an epoch, {steps} steps, {sum(p.numel() for p in model.parameters())} parameters", flush=True)
    # The network computes in bfloat16; AdamW keeps and changes a copy of its weights in 32 bits. Embeddings of words stay.
    model.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    master = dict(named)
    optimizer = torch.optim.AdamW(groups(master, model.config.num_hidden_layers, a), betas=(0.9, 0.98), eps=1e-6, fused=True)
    peak = [g["lr"] for g in optimizer.param_groups]
    misc = torch.tensor([l.endswith("MISC") for l in ner.LABELS])
    start, step, number, lost, seen, done = time.time(), 0, 0, 0.0, 0, 0.0
    while done < 1:
        for group in first if number == 0 else epoch(number):
            done = max(step / steps, (time.time() - start) / (60 * a.minutes))
            if done >= 1:
                break
            rate = min(1.0, done / 0.08 + 0.02) * max(0.02, 1 - done)
            for g, p in zip(optimizer.param_groups, peak):
                g["lr"] = p * rate
            model.train()
            ids = ner.pad([r[0] for r in group], 1)
            mask = ner.pad([[1] * len(r[0]) for r in group], 0)
            logits = model(input_ids=ids, attention_mask=mask).logits.float()
            labels = torch.full(ids.shape, ner.IGNORED)
            hide = torch.zeros(len(group), 1, len(misc), dtype=torch.bool)
            loss, kept = 0.0, 0
            for i, (_, aim, rest) in enumerate(group):
                if torch.is_tensor(aim):  # the teacher's: probabilities, and the pieces that they are of
                    loss = loss - (aim.float() * logits[i, rest.long()].log_softmax(-1)).sum()
                    kept += len(rest)
                else:
                    labels[i, : len(aim)] = torch.tensor(aim)
                    hide[i, 0] = misc & rest
            shown = logits.masked_fill(hide, -1e4).flatten(0, 1)
            loss = loss + torch.nn.functional.cross_entropy(shown, labels.flatten(), ignore_index=ner.IGNORED, reduction="sum")
            loss = loss / max(1, kept + int((labels != ner.IGNORED).sum()))
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            lost, seen, step = lost + loss.item(), seen + 1, step + 1
            if step % 25 == 0:
                print(f"step {step}/{steps} loss {lost / seen:.4f} {time.time() - start:.0f} s wall {time.process_time():.0f} s cpu", flush=True)
                lost, seen = 0.0, 0
            if step % 250 == 0:
                save(model, master, a.base, a.out)
        number += 1
        save(model, master, a.base, a.out)
        if sets:
            print(f"epoch {number} at {time.time() - start:.0f} s: {measure(model, sets)}", flush=True)
    print("saved", a.out, f"{time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
