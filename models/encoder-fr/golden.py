#!/usr/bin/env python3
"""golden.py CHECKPOINT TEXTS.jsonl OUT: what transformers say of a checkpoint with the head of
this folder's, for tests/bert_golden.rs.

    pip install torch transformers sentencepiece protobuf
    golden.py ../shared/models/encoder-fr articles.jsonl /tmp/encoder-fr
    GLANE_BERT_REFERENCE=/tmp/encoder-fr cargo test --features bert --test bert_golden

OUT gets links to the checkpoint's files and golden.jsonl, a line a text of TEXTS.jsonl (key
`text`), as ../reference/make.py describes it: in f32, on the CPU.
"""
import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForTokenClassification, PreTrainedTokenizerFast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "reference"))
import make  # noqa: E402


class Marked(PreTrainedTokenizerFast):
    """Knows the marks of XLM-R, which this class leaves to its subclasses."""

    def build_inputs_with_special_tokens(self, ids, pair=None):
        return [0] + ids + [2]


def main():
    checkpoint, texts, out = map(Path, sys.argv[1:])
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    for name in ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]:
        (out / name).unlink(missing_ok=True)
        (out / name).symlink_to((checkpoint / name).resolve())
    model = AutoModelForTokenClassification.from_pretrained(checkpoint, torch_dtype=torch.float32).eval()
    tokenizer = Marked(tokenizer_file=str(checkpoint / "tokenizer.json"))
    limit = model.config.max_position_embeddings
    lines = [json.loads(line)["text"] for line in texts.open(encoding="utf8")]
    make.write_golden(out, model, tokenizer, lines, limit)


if __name__ == "__main__":
    main()
