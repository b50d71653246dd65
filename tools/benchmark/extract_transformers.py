"""The job of `patchlens extract` as transformers on PyTorch does it: decode, preprocess, forward, save the tokens.

    python tools/benchmark/extract_transformers.py IMAGES_FOLDER MODEL_FOLDER OUT_FOLDER --layers last|all
        [--size 224] [--batch 8] [--threads 2]

Prints one line of JSON: images, seconds (from the first file opened to the last byte written, the model already loaded and
warmed up with one batch), images per second. Versions used for the published figures: torch 2.15.0, transformers 5.23.0,
pillow 13.0.0.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import AutoImageProcessor, ViTModel


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("images", type=Path)
    parser.add_argument("model")
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", choices=["last", "all"], default="last")
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    processor = AutoImageProcessor.from_pretrained(arguments.model)
    model = ViTModel.from_pretrained(arguments.model, add_pooling_layer=False, attn_implementation="sdpa").eval()
    files = sorted(path for path in arguments.images.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png"})
    arguments.out.mkdir(parents=True, exist_ok=True)
    size = {"height": arguments.size, "width": arguments.size}

    def tokens(batch):
        pixels = processor(
            images=[Image.open(file).convert("RGB") for file in batch], size=size, return_tensors="pt"
        )["pixel_values"]
        outputs = model(
            pixels,
            output_hidden_states=arguments.layers == "all",
            interpolate_pos_encoding=arguments.size != model.config.image_size,
        )
        if arguments.layers == "all":
            return [*outputs.hidden_states, outputs.last_hidden_state]
        return [outputs.last_hidden_state]

    with torch.inference_mode():
        tokens(files[: arguments.batch])
        begin = time.perf_counter()
        for start in range(0, len(files), arguments.batch):
            for layer, values in enumerate(tokens(files[start : start + arguments.batch])):
                np.save(arguments.out / f"tokens-{layer:02d}-{start:06d}.npy", values.numpy().astype(np.float16))
        seconds = time.perf_counter() - begin
    print(json.dumps({"images": len(files), "seconds": round(seconds, 3), "images_per_second": round(len(files) / seconds, 2)}))


main()
