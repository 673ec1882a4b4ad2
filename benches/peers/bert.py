#!/usr/bin/env python3
"""The accurate engine beside PyTorch and the Hugging Face pipeline, in one run.

    pip install torch==2.4.0 transformers "numpy<2"
    . DIR/env.sh                                    # scripts/libtorch.sh DIR
    python benches/peers/bert.py WORK TEXTS [--articles 200] [--precision f32 bf16]
                                 [--threads 1] [--rounds 3] [--pipeline-articles 40]

WORK is a scratch folder: a CamemBERT of the size of camembert-base with random
weights is made there, with the tokenizer of models/reference/camembert-tiny.
TEXTS is JSON Lines with a `text` (or `body`) each.

Measured, each alone on the machine and in turn, the best of ROUNDS:
  glane          the whole engine: tokenizer, windows, network, words
  PyTorch        the network alone on the same rows in the same batches, with the
                 fastest attention that this transformers has for the model
  HF pipeline    pipeline("ner", aggregation_strategy="first", stride=64), batch 8
A speed is pieces of text a second of processor time, which other programs on
the machine disturb little (special pieces, overlaps and padding are work, not
pieces). With random weights the speed is that of any such model.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def make_model(folder):
    import torch
    import transformers as tf
    tiny = ROOT / "models/reference/camembert-tiny"
    if (folder / "model.safetensors").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    config = tf.CamembertConfig.from_pretrained(tiny)
    config.update(dict(hidden_size=768, num_hidden_layers=12, num_attention_heads=12,
                       intermediate_size=3072, vocab_size=32005))
    tf.CamembertForTokenClassification(config).save_pretrained(folder)
    shutil.copy(tiny / "tokenizer_config.json", folder)
    tokenizer = json.loads((tiny / "tokenizer.json").read_text())
    tokenizer["truncation"] = None
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))


def glane(model, texts, threads, precision, rows):
    command = ["cargo", "bench", "-q", "--features", "bert", "--bench", "bert_throughput", "--",
               model, texts, f"threads={threads}", f"precision={precision}", f"rows={rows}"]
    if os.environ.get("GLANE_BENCH"):  # an already built bench program
        command = [os.environ["GLANE_BENCH"]] + command[8:]
    out = subprocess.run([str(c) for c in command], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return json.loads(out.stdout.splitlines()[-1])


def pytorch(model, rows, pieces, precision):
    import torch
    batches = []
    for line in open(rows):
        batch = json.loads(line)
        longest = max(map(len, batch))
        ids = torch.tensor([r + [1] * (longest - len(r)) for r in batch])
        batches.append((ids, (ids != 1).long()))
    def run(part):
        for ids, mask in part:
            model(ids, attention_mask=mask).logits.float().log_softmax(-1).max(-1)
    with torch.inference_mode():
        run(batches[:3])
        start = time.process_time()
        run(batches)
        return pieces / (time.process_time() - start)


def pipeline(folder, model, texts, count):
    import torch
    import transformers as tf
    tokenizer = tf.AutoTokenizer.from_pretrained(folder)
    ner = tf.pipeline("ner", model=model, tokenizer=tokenizer, aggregation_strategy="first",
                      stride=64, batch_size=8)
    part = texts[:count]
    pieces = sum(len(tokenizer(t, add_special_tokens=False, verbose=False)["input_ids"]) for t in part)
    with torch.inference_mode():
        ner(part[:2])
        start = time.process_time()
        ner(part)
        return pieces / (time.process_time() - start)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("work", type=pathlib.Path)
    p.add_argument("texts", type=pathlib.Path)
    p.add_argument("--articles", type=int, default=200)
    p.add_argument("--pipeline-articles", type=int, default=40)
    p.add_argument("--precision", nargs="+", default=["f32", "bf16"])
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--rounds", type=int, default=3)
    args = p.parse_args()

    import torch
    import transformers as tf
    tf.logging.set_verbosity_error()
    torch.set_num_threads(args.threads)
    folder = (args.work / "camembert-base-random").resolve()
    make_model(folder)
    texts = []
    for line in open(args.texts):
        article = json.loads(line)
        text = article.get("text") or article.get("body") or ""
        if len(text) > 800:
            texts.append(text)
        if len(texts) == args.articles:
            break
    few = args.work / "texts.jsonl"
    few.write_text("".join(json.dumps({"text": t}) + "\n" for t in texts))
    print(f"{len(texts)} articles, {sum(map(len, texts)) // len(texts)} characters each on average; "
          f"{args.threads} thread(s); torch {torch.__version__}, transformers {tf.__version__}; "
          f"load {os.getloadavg()[0]:.1f} at the start")

    for precision in args.precision:
        kind = torch.bfloat16 if precision == "bf16" else torch.float32
        model = tf.CamembertForTokenClassification.from_pretrained(folder, torch_dtype=kind).eval()
        rows = args.work / f"rows-{precision}.jsonl"
        best = dict.fromkeys(["glane", "PyTorch", "HF pipeline"], 0.0)
        for _ in range(args.rounds):
            ours = glane(folder, few.resolve(), args.threads, precision, rows.resolve())
            best["glane"] = max(best["glane"], ours["pieces"] / ours["cpu_seconds"])
            best["PyTorch"] = max(best["PyTorch"], pytorch(model, rows, ours["pieces"], precision))
            best["HF pipeline"] = max(
                best["HF pipeline"], pipeline(folder, model, texts, args.pipeline_articles))
        real = sum(len(r) for line in open(rows) for r in json.loads(line))
        padded = sum(len(b) * max(map(len, b)) for b in map(json.loads, open(rows)))
        attention = getattr(model.config, "_attn_implementation", "eager")
        print(f"\n{precision}: {ours['pieces']} pieces, padding {100 * (padded - real) / padded:.1f} %, "
              f"PyTorch's attention: {attention}, load {os.getloadavg()[0]:.1f}")
        for name, speed in best.items():
            print(f"  {name:12} {speed:9.0f} pieces/CPU-s   glane ÷ it: {best['glane'] / speed:.2f}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
