"""Names by PyTorch and the Hugging Face pipeline: transformers_names.py CHECKPOINT IN OUT."""

import sys

import torch
import transformers

import task

BATCH = 8
# Pieces that two windows of a long text share.
STRIDE = 60

torch.set_num_threads(1)
transformers.logging.set_verbosity_error()
folder = sys.argv[1]
tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
model = transformers.AutoModelForTokenClassification.from_pretrained(folder, torch_dtype=torch.float32)
ner = transformers.pipeline("ner", model=model.eval(), tokenizer=tokenizer, device="cpu",
                            aggregation_strategy="first", stride=STRIDE, batch_size=BATCH)


def work(documents):
    with torch.inference_mode():
        for found in ner(d["text"] for d in documents):
            yield [{"start": m["start"], "end": m["end"], "label": m["entity_group"]} for m in found]


task.run(work)
