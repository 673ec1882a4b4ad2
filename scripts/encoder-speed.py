#!/usr/bin/env python3
"""encoder-speed.py CHECKPOINT GLANE WEIGHTS TEXTS.jsonl: pieces a second of ONNX Runtime's int8 and of glane, on one thread.

CHECKPOINT is the folder that WEIGHTS were packed from, TEXTS.jsonl has a `text` or `body` a row. ONNX Runtime
runs the network alone on windows of 190 pieces, glane the whole of `glane extract --engine accurate --cascade 0`,
less what `--engine compact` takes. Both are measured by turns, in processor seconds, the best of --repeat.
Needs torch, transformers, onnx, onnxruntime, tokenizers.
"""
import argparse
import json
import os
import resource
import subprocess
import time

import torch
from onnxruntime import InferenceSession, SessionOptions
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import BertForTokenClassification

WINDOW = 190


class Logits(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids):
        return self.model(input_ids=input_ids).logits


def export(folder, path):
    model = BertForTokenClassification.from_pretrained(folder, torch_dtype=torch.float32, attn_implementation="eager").eval()
    ids = torch.ones(2, 16, dtype=torch.long)
    torch.onnx.export(Logits(model), (ids,), path + ".f32", input_names=["input_ids"], output_names=["logits"],
                      dynamic_axes={k: {0: "b", 1: "l"} for k in ("input_ids", "logits")}, opset_version=17, dynamo=False)
    quantize_dynamic(path + ".f32", path, weight_type=QuantType.QInt8, per_channel=True)
    os.remove(path + ".f32")


def glane(program, weights, texts, engine):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    flags = ["--engine", engine, "-j", "1", "-q", "--assume-lang", "fra", "-o", "-"]
    if engine == "accurate":
        flags += ["--encoder", weights, "--cascade", "0"]
    subprocess.run([program, "extract", texts, *flags], check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    a = argparse.ArgumentParser()
    a.add_argument("checkpoint")
    a.add_argument("glane")
    a.add_argument("weights")
    a.add_argument("texts")
    a.add_argument("--onnx", default="encoder.int8.onnx")
    a.add_argument("--repeat", type=int, default=3)
    a = a.parse_args()
    if not os.path.exists(a.onnx):
        export(a.checkpoint, a.onnx)
    tokenizer = Tokenizer.from_file(f"{a.checkpoint}/tokenizer.json")
    rows, pieces = [], 0
    for line in open(a.texts, encoding="utf8"):
        row = json.loads(line)
        ids = tokenizer.encode(row.get("text") or row["body"], add_special_tokens=False).ids
        pieces += len(ids)
        rows += [[0] + ids[i : i + WINDOW] + [2] for i in range(0, len(ids), WINDOW)]
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = InferenceSession(a.onnx, options, providers=["CPUExecutionProvider"])
    best = {}
    for _ in range(a.repeat):
        start = time.process_time()
        for row in rows:
            session.run(None, {"input_ids": [row]})
        onnx = time.process_time() - start
        own = glane(a.glane, a.weights, a.texts, "accurate") - glane(a.glane, a.weights, a.texts, "compact")
        for name, seconds in (("ONNX Runtime int8", onnx), ("glane", own)):
            best[name] = min(best.get(name, seconds), seconds)
    for name, seconds in best.items():
        print(f"{name}: {pieces / seconds:.0f} pieces a processor second ({pieces} pieces, {seconds:.2f} s)")


if __name__ == "__main__":
    main()
