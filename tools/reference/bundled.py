#!/usr/bin/env python3
"""Golden file of the model that comes along, patchlens-tiny: what transformers computes with it.

Made with torch 2.15.0, transformers 5.23.0, safetensors 0.8.0 and numpy 2.4.6, on a CPU, in 32-bit floats from the 16-bit
weights, with eager attention.

    python tools/reference/bundled.py

writes models/src/test/resources/org/patchlens/model/bundled/expected.safetensors with

    picture       [56][56], grey cells in -1 ... 1 that are enlarged to the size, the same in all three channels
    SIZE.rows     [1][R], rows of the sequence that are kept
    SIZE.hidden   [(L + 2) * R][D], those rows of the layers 0 ... L and last
    SIZE.rollout  [1][T]
"""

import pathlib

import torch
from safetensors.torch import save_file
from transformers import AutoModel

from vit import VERSIONS, rollout

MODELS = pathlib.Path(__file__).parents[2] / "models/src"
SOURCE = MODELS / "main/resources/org/patchlens/model/bundled/patchlens-tiny"
TARGET = MODELS / "test/resources/org/patchlens/model/bundled/expected.safetensors"
CELLS = 56


def picture():
    generator = torch.Generator().manual_seed(9)
    coarse = torch.randn((1, 1, 9, 9), generator=generator)
    smooth = torch.nn.functional.interpolate(coarse, size=(CELLS, CELLS), mode="bicubic")[0, 0]
    return (smooth + 0.3 * torch.randn((CELLS, CELLS), generator=generator)).clamp(-1, 1)


def states(model, pixels):
    """Layers 0 ... L and last, [L + 2][T][D], and the rollout [T]."""
    kept = []
    hooks = [model.embeddings.register_forward_hook(lambda module, given, made: kept.append(made[0]))]
    for block in model.encoder.layer:
        hooks.append(block.register_forward_hook(lambda module, given, made: kept.append(made[0])))
    with torch.no_grad():
        output = model(pixels, output_attentions=True)
    for hook in hooks:
        hook.remove()
    kept = [state[0] if state.dim() == 3 else state for state in kept]
    return torch.stack([*kept, output.last_hidden_state[0]]), rollout(output.attentions)


def main():
    model = AutoModel.from_pretrained(SOURCE, dtype=torch.float32, attn_implementation="eager").eval()
    cells = picture()
    tensors = {"picture": cells}
    for size in (224, 448):
        cell = size // CELLS
        pixels = cells.repeat_interleave(cell, 0).repeat_interleave(cell, 1).expand(1, 3, -1, -1)
        hidden, rolled = states(model, pixels)
        count = hidden.shape[1]
        rows = torch.tensor([0, 1, 4, 5, count // 2, count - 1])
        tensors[f"{size}.rows"] = rows.float()[None]
        tensors[f"{size}.hidden"] = hidden[:, rows].flatten(0, 1).contiguous()
        tensors[f"{size}.rollout"] = rolled.contiguous()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, TARGET, metadata=VERSIONS)


if __name__ == "__main__":
    main()
