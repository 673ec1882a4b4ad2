#!/usr/bin/env python3
"""The engine bert beside PyTorch and the Hugging Face pipeline, in one run.

    pip install torch==2.4.0 transformers "numpy<2"
    . DIR/env.sh                                    # scripts/libtorch.sh DIR
    python benches/peers/bert.py WORK TEXTS [--articles 200] [--block 20] [--precision f32 bf16]
                                 [--threads 1] [--pipeline-articles 40]

WORK is a scratch folder: a CamemBERT of the size of camembert-base with random
weights is made there, with the tokenizer of models/reference/camembert-tiny.
TEXTS is JSON Lines with a `text` (or `body`) each.

Measured in turn, BLOCK articles at a time, so that what else the machine does
meets all of them:
  glane          the whole engine: tokenizer, windows, network, words
  PyTorch        the network alone on the same rows in the same batches, with the
                 fastest attention that this transformers has for the model
  HF pipeline    pipeline("ner", aggregation_strategy="first", stride=64), batch 8,
                 on the first articles of each block
A speed is pieces of text a second of processor time, which other programs on
the machine disturb little (special pieces, overlaps and padding are work, not
pieces). The ratios are of the sums; beside them the least and the greatest of
any block. With random weights the speed is that of any such model.
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


def pytorch(model, rows):
    """Seconds of processor time for all batches of the file ROWS."""
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
        run(batches[:1])
        start = time.process_time()
        run(batches)
        return time.process_time() - start


def pipeline(ner, tokenizer, texts):
    """Pieces and seconds of processor time."""
    import torch
    pieces = sum(len(tokenizer(t, add_special_tokens=False, verbose=False)["input_ids"])
                 for t in texts)
    with torch.inference_mode():
        start = time.process_time()
        ner(texts)
        return pieces, time.process_time() - start


def padding(rows):
    """Pieces in the batches of the file ROWS: without padding, with it."""
    batches = [json.loads(line) for line in open(rows)]
    return (sum(len(r) for b in batches for r in b),
            sum(len(b) * max(map(len, b)) for b in batches))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("work", type=pathlib.Path)
    p.add_argument("texts", type=pathlib.Path)
    p.add_argument("--articles", type=int, default=200)
    p.add_argument("--block", type=int, default=20)
    p.add_argument("--pipeline-articles", type=int, default=40)
    p.add_argument("--precision", nargs="+", default=["f32", "bf16"])
    p.add_argument("--threads", type=int, default=1)
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
    print(f"{len(texts)} articles, {sum(map(len, texts)) // len(texts)} characters each on average; "
          f"{args.threads} thread(s); torch {torch.__version__}, transformers {tf.__version__}; "
          f"load {os.getloadavg()[0]:.1f} at the start")

    blocks = [texts[i:i + args.block] for i in range(0, len(texts), args.block)]
    share = -(-args.pipeline_articles // len(blocks))
    for precision in args.precision:
        kind = torch.bfloat16 if precision == "bf16" else torch.float32
        model = tf.CamembertForTokenClassification.from_pretrained(folder, torch_dtype=kind).eval()
        tokenizer = tf.AutoTokenizer.from_pretrained(folder)
        ner = tf.pipeline("ner", model=model, tokenizer=tokenizer, aggregation_strategy="first",
                          stride=64, batch_size=8)
        few, rows = (args.work.resolve() / f"{name}.jsonl" for name in ("texts", "rows"))
        # Pieces and seconds of each block.
        spent = {"glane": [], "PyTorch": [], "HF pipeline": []}
        real = padded = done = 0
        try:
            for block in blocks:
                few.write_text("".join(json.dumps({"text": t}) + "\n" for t in block))
                ours = glane(folder, few, args.threads, precision, rows)
                seconds = pytorch(model, rows)
                theirs = pipeline(ner, tokenizer, block[:share]) if share else None
                spent["glane"].append((ours["pieces"], ours["cpu_seconds"]))
                spent["PyTorch"].append((ours["pieces"], seconds))
                spent["HF pipeline"].extend([theirs] if theirs else [])
                a, b = padding(rows)
                real, padded, done = real + a, padded + b, done + len(block)
                print(".", end="", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            # Whole blocks are a measurement, however few.
            print("interrupted", file=sys.stderr)
        if not done:
            return
        attention = getattr(model.config, "_attn_implementation", "eager")
        pieces = sum(p for p, _ in spent["glane"])
        print(f"\n{precision}: {done} articles, {pieces} pieces, padding {100 * (padded - real) / padded:.2f} %, "
              f"PyTorch's attention: {attention}, load {os.getloadavg()[0]:.1f}")
        def speed(part):
            return sum(p for p, _ in part) / sum(s for _, s in part)
        for name, part in spent.items():
            if part:
                each = [(a / b) / (c / d) for (a, b), (c, d) in zip(spent["glane"], part)]
                print(f"  {name:12} {speed(part):9.1f} pieces/CPU-s   "
                      f"glane ÷ it: {speed(spent['glane']) / speed(part):.2f} "
                      f"({min(each):.2f} to {max(each):.2f})")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
