"""Writes a Hugging Face folder with a Vision Transformer of a standard size and random, seeded weights.

Speed does not depend on the values of weights, so a random model measures as a trained one does.

    python tools/benchmark/random_vit.py base OUT_FOLDER

Versions used for the published figures: torch 2.15.0, transformers 5.23.0.
"""

import sys

import torch
from transformers import ViTConfig, ViTImageProcessor, ViTModel

SIZES = {
    # name: hidden size, layers, heads
    "tiny": (192, 12, 3),
    "small": (384, 12, 6),
    "base": (768, 12, 12),
    "large": (1024, 24, 16),
}


def main() -> None:
    if len(sys.argv) != 3 or sys.argv[1] not in SIZES:
        sys.exit(f"usage: random_vit.py {'|'.join(SIZES)} OUT_FOLDER")
    hidden, layers, heads = SIZES[sys.argv[1]]
    torch.manual_seed(0)
    config = ViTConfig(
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=4 * hidden,
        layer_norm_eps=1e-6,
    )
    ViTModel(config, add_pooling_layer=False).save_pretrained(sys.argv[2])
    ViTImageProcessor(image_mean=[0.5] * 3, image_std=[0.5] * 3).save_pretrained(sys.argv[2])


main()
