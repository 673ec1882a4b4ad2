#!/usr/bin/env python3
"""average.py OUT FIRST SECOND...: a checkpoint whose weights are the mean of those of several of the same network (Wortsman et al., 2022)."""
import shutil
import sys

import torch
from safetensors.torch import load_file, save_file

out, *folders = sys.argv[1:]
parts = [load_file(f"{folder}/model.safetensors") for folder in folders]
mean = {name: torch.stack([p[name].float() for p in parts]).mean(0).half() for name in parts[0]}
shutil.copytree(folders[0], out, dirs_exist_ok=True)
save_file(mean, f"{out}/model.safetensors", metadata={"format": "pt"})
