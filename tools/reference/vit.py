#!/usr/bin/env python3
"""Golden files of the family `vit`: small models with random weights, and what transformers computes with them.

Made with torch 2.15.0, transformers 5.23.0, safetensors 0.8.0 and numpy 2.4.6, on a CPU, in 32-bit floats with eager attention.

    python tools/reference/vit.py [FOLDER OF vit-tiny-patch16-224]

writes one folder per model below models/src/test/resources/org/patchlens/model/vit: config.json and
model.safetensors as the library saves them, and expected.safetensors with, for every input size HxW,

    HxW.pixels       [B][3 * H * W]
    HxW.hidden.l     [B][T][D] for l = 0 ... L and last
    HxW.attention.l  [B][A][T][T] for l = 1 ... L
    HxW.rollout      [B][T], in 64-bit floats from the attention, whole matrices multiplied

positions.safetensors holds grids of vectors resized by torch's bicubic interpolation.

Given the real model, it also writes vit-tiny/SIZE.safetensors: the first picture of reference_io.safetensors (for 448 every
pixel doubled), a few rows of every hidden state and attention matrix, and the mean of their absolute values.
"""

import json
import pathlib
import shutil
import sys

import numpy as np
import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import ViTConfig, ViTForImageClassification, ViTModel

TARGET = pathlib.Path(__file__).parents[2] / "models/src/test/resources/org/patchlens/model/vit"
VERSIONS = {"torch": torch.__version__, "transformers": transformers.__version__, "numpy": np.__version__}


def sharpen(model, seed):
    """Weights large enough that attention is far from uniform and every norm and bias matters."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            is_norm = "norm" in name and name.endswith("weight")
            parameter.copy_(1 + 0.2 * noise if is_norm else 0.25 * noise)
    return model.eval()


def rollout(attentions):
    product = None
    for attention in attentions:
        mixed = attention.double().mean(1) + torch.eye(attention.shape[-1], dtype=torch.float64)
        mixed = mixed / mixed.sum(-1, keepdim=True)
        product = mixed if product is None else mixed @ product
    return product[:, 0].float()


def compute(encoder, pixels):
    encoder.set_attn_implementation("eager")
    height, width = encoder.embeddings.image_size
    other_size = pixels.shape[-2:] != (height, width)
    blocks = []
    hooks = [layer.register_forward_hook(lambda m, i, o: blocks.append(o)) for layer in encoder.layers]
    first = []
    hooks.append(encoder.embeddings.register_forward_hook(lambda m, i, o: first.append(o)))
    with torch.no_grad():
        output = encoder(pixels, output_attentions=True, interpolate_pos_encoding=other_size)
    for hook in hooks:
        hook.remove()
    return first + blocks, output.last_hidden_state, output.attentions


def expected(encoder, sizes, seed):
    generator = torch.Generator().manual_seed(seed)
    tensors = {}
    for images, height, width in sizes:
        pixels = torch.randn((images, 3, height, width), generator=generator)
        hidden, last, attentions = compute(encoder, pixels)
        key = f"{height}x{width}"
        tensors[f"{key}.pixels"] = pixels.reshape(images, -1)
        for layer, states in enumerate(hidden):
            tensors[f"{key}.hidden.{layer}"] = states.contiguous()
        tensors[f"{key}.hidden.last"] = last
        for layer, matrix in enumerate(attentions):
            tensors[f"{key}.attention.{layer + 1}"] = matrix.contiguous()
        tensors[f"{key}.rollout"] = rollout(attentions)
    return tensors


def config(**changes):
    sizes = dict(hidden_size=32, num_hidden_layers=3, num_attention_heads=4, intermediate_size=40, image_size=20, patch_size=4)
    return ViTConfig(**{**sizes, **changes})


def write(name, model, encoder, sizes, seed, save=None):
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if save is None:
        model.save_pretrained(folder)
    else:
        model.config.save_pretrained(folder)
        save_file(save, folder / "model.safetensors")
    save_file(expected(encoder, sizes, seed), folder / "expected.safetensors", metadata=VERSIONS)


def small_models():
    plain = sharpen(ViTModel(config()), 1)
    write("plain", plain, plain, [(2, 20, 20), (1, 28, 12), (1, 8, 8)], 11)
    write("names-in-memory", plain, plain, [(1, 20, 20)], 12, save={k: v.contiguous() for k, v in plain.state_dict().items()})

    wide = ViTForImageClassification(
        config(image_size=[12, 20], qkv_bias=False, hidden_act="relu", num_hidden_layers=2, layer_norm_eps=1e-5, num_labels=3)
    )
    sharpen(wide, 2)
    write("classifier-no-bias-wide", wide, wide.vit, [(2, 12, 20)], 13)

    tanh = sharpen(ViTModel(config(hidden_act="gelu_pytorch_tanh", num_hidden_layers=2, num_attention_heads=1), add_pooling_layer=False), 3)
    write("gelu-tanh-one-head", tanh, tanh, [(1, 20, 20)], 14)
    quick = sharpen(ViTModel(config(hidden_act="quick_gelu", num_hidden_layers=2, intermediate_size=33), add_pooling_layer=False), 4)
    write("quick-gelu", quick, quick, [(1, 20, 20), (1, 16, 24)], 15)

    for name, dtype in (("half", torch.float16), ("bfloat", torch.bfloat16)):
        rounded = sharpen(ViTModel(config(num_hidden_layers=2), add_pooling_layer=False), 5).to(dtype)
        saved = {k: v.clone() for k, v in rounded.state_dict().items()}
        # computed in 32 bits from the rounded weights, as Patchlens does
        encoder = rounded.float()
        write(name, rounded, encoder, [(1, 20, 20), (1, 24, 12)], 16, save=saved)


def positions():
    generator = torch.Generator().manual_seed(6)
    tensors = {}
    for rows, columns in ((5, 5), (3, 7)):
        grid = torch.randn((rows, columns, 3), generator=generator)
        tensors[f"{rows}x{columns}"] = grid
        for size in ((7, 3), (2, 2), (14, 11), (1, 9), (6, 5)):
            resized = torch.nn.functional.interpolate(
                grid.permute(2, 0, 1)[None], size=size, mode="bicubic", align_corners=False
            )
            tensors[f"{rows}x{columns}.to.{size[0]}x{size[1]}"] = resized[0].permute(1, 2, 0).contiguous()
    save_file(tensors, TARGET / "positions.safetensors", metadata=VERSIONS)


def real_model(source):
    encoder = ViTModel.from_pretrained(source, add_pooling_layer=False).float().eval()
    picture = load_file(pathlib.Path(source) / "reference_io.safetensors")["pixel_values"][:1]
    folder = TARGET.parent / "vit-tiny"
    folder.mkdir(parents=True, exist_ok=True)
    for size, pixels in ((224, picture), (448, picture.repeat_interleave(2, 2).repeat_interleave(2, 3))):
        hidden, last, attentions = compute(encoder, pixels)
        states = torch.stack([*(h[0] for h in hidden), last[0]])
        matrices = torch.stack([a[0] for a in attentions])
        tokens = states.shape[1]
        rows = torch.tensor([0, 1, tokens // 3, tokens // 2, tokens - 1])
        save_file(
            {
                "rows": rows.float()[None],
                "hidden": states[:, rows].contiguous(),
                "hidden.mean": states.double().abs().mean((1, 2)).float()[None],
                "attention": matrices[:, :, rows[:3]].contiguous(),
                "attention.max": matrices.amax((2, 3)).contiguous(),
                "rollout": rollout(attentions),
            },
            folder / f"{size}.safetensors",
            metadata=VERSIONS,
        )


if __name__ == "__main__":
    small_models()
    positions()
    if len(sys.argv) > 1:
        real_model(sys.argv[1])
    print(json.dumps(VERSIONS))
