#!/usr/bin/env python3
"""Golden files of timm's own model folders: small models with random weights, names, and what timm does to images.

Made with timm 1.0.31, torch 2.15.0, torchvision 0.29, Pillow 13.0, safetensors 0.8.0 and, for the wrapper, transformers 5.23.0, on a
CPU, in 32-bit floats with attention that is not fused.

    python tools/reference/timm_models.py [models] [wrapper] [names] [preprocess]

writes below models/src/test/resources/org/patchlens:
model/timm-folders/MODEL/{config.json, model.safetensors, expected.safetensors}, as timm's save_for_hf writes folders, and
for the wrapper as transformers' TimmWrapperModel does;
model/timm-folders/names.txt, what timm makes of every architecture of its two modules of plain Vision Transformers;
preprocess/timm.json, checksums and a few values of images behind timm's transform for evaluation.
"""

import json
import sys
import zlib

import numpy as np
import PIL.Image
import timm
import torch
from safetensors.torch import save_file
from timm.data import create_transform, resolve_data_config
from timm.models import save_for_hf
from transformers import TimmWrapperConfig, TimmWrapperModel

from preprocess import pattern
from vit import TARGET, VERSIONS, rollout, sharpen

RESOURCES = TARGET.parents[1]
FOLDERS = TARGET.parent / "timm-folders"
SMALL = dict(depth=2, patch_size=4, img_size=20, num_classes=3, mlp_ratio=1.25, dynamic_img_size=True)

# architecture and the arguments that make it small; heads are those of the name wherever they are not given
MODELS = {
    "tiny": ("vit_tiny_patch16_224", dict(embed_dim=24)),
    "tiny-wide-grid": ("vit_tiny_patch16_224", dict(embed_dim=24, num_heads=2, img_size=(12, 32), qkv_bias=False)),
    "dinov2-registers": ("vit_small_patch14_reg4_dinov2", dict(embed_dim=24)),
    "dinov2-gated": ("vit_giant_patch14_dinov2", dict(embed_dim=48, mlp_ratio=2)),
    "deit3": ("deit3_small_patch16_224", dict(embed_dim=24)),
    "distilled": ("deit_tiny_distilled_patch16_224", dict(embed_dim=24)),
    "clip": ("vit_base_patch32_clip_quickgelu_224", dict(embed_dim=24)),
    "registers-alone": ("vit_medium_patch16_reg4_gap_256", dict(embed_dim=32)),
    "registers-with-positions": ("vit_so150m_patch16_reg4_gap_256", dict(embed_dim=28)),
    "siglip": ("vit_base_patch32_siglip_256", dict(embed_dim=24)),
}


def states(model, pixels):
    hidden, attentions = [], []
    hooks = [model.blocks[0].register_forward_pre_hook(lambda m, i: hidden.append(i[0]))]
    for block in model.blocks:
        block.attn.fused_attn = False
        hooks.append(block.attn.attn_drop.register_forward_hook(lambda m, i, o: attentions.append(o)))
        hooks.append(block.register_forward_hook(lambda m, i, o: hidden.append(o)))
    with torch.no_grad():
        last = model.forward_features(pixels)
    for hook in hooks:
        hook.remove()
    return hidden, last, attentions


def models():
    for seed, (folder, (name, arguments)) in enumerate(MODELS.items(), 501):
        model = sharpen(timm.create_model(name, **(SMALL | arguments)), seed).eval()
        target = FOLDERS / folder
        target.mkdir(parents=True, exist_ok=True)
        save_for_hf(model, target, safe_serialization=True)
        expected(model, target, seed)


def wrapper():
    arguments = SMALL | dict(embed_dim=24)
    del arguments["num_classes"]
    transform = dict(input_size=[3, 20, 20], interpolation="bilinear", crop_pct=0.8, mean=[0.5] * 3, std=[0.25] * 3)
    config = TimmWrapperConfig(architecture="vit_tiny_patch16_224", model_args=arguments, pretrained_cfg=transform)
    model = TimmWrapperModel(config).eval()
    sharpen(model.timm_model, 599)
    model.save_pretrained(FOLDERS / "wrapper")
    expected(model.timm_model, FOLDERS / "wrapper", 599)


def expected(model, target, seed):
    grid = model.patch_embed.grid_size
    generator = torch.Generator().manual_seed(seed)
    tensors = {}
    for height, width in ((grid[0] * 4, grid[1] * 4), (28, 12)):
        pixels = torch.randn((1, 3, height, width), generator=generator)
        hidden, last, attentions = states(model, pixels)
        key = f"{height}x{width}"
        tensors[f"{key}.pixels"] = pixels.reshape(1, -1)
        tensors[f"{key}.hidden.last"] = last.contiguous().clone()
        tensors |= {f"{key}.hidden.{i}": state.contiguous().clone() for i, state in enumerate(hidden)}
        tensors |= {f"{key}.attention.{i}": matrix.contiguous() for i, matrix in enumerate(attentions, 1)}
        if getattr(model, "cls_token", None) is not None:
            tensors[f"{key}.rollout"] = rollout(attentions)
    save_file(tensors, target / "expected.safetensors", metadata=VERSIONS)


def names():
    """Name, D, A, epsilon of the norms and activation; or the name alone of what is no plain Vision Transformer."""
    lines = []
    for name in sorted(timm.list_models(module="vision_transformer") + timm.list_models(module="deit")):
        with torch.device("meta"):
            model = timm.create_model(name)
        block = model.blocks[0]
        parts = [type(part).__name__ for part in (block, getattr(block, "attn", None), getattr(block, "norm1", None))]
        odd = [n for n, _ in block.named_parameters() if n in ("attn.norm.weight", "mlp.norm.weight")]
        if parts != ["Block", "Attention", "LayerNorm"] or odd:
            lines.append(name)
        else:
            lines.append(f"{name} {model.embed_dim} {block.attn.num_heads} {block.norm1.eps} {type(block.mlp.act).__name__}")
    (FOLDERS / "names.txt").write_text("\n".join(lines) + "\n")


CFG = dict(input_size=[3, 26, 26], mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225])
TRANSFORMS = {
    "bicubic": CFG | dict(interpolation="bicubic", crop_pct=0.9),
    "bilinear-whole": CFG | dict(interpolation="bilinear", crop_pct=1.0, crop_mode="center"),
    "squash": CFG | dict(interpolation="bicubic", crop_pct=0.9, crop_mode="squash", mean=[0.5] * 3, std=[0.5] * 3),
    "odd": CFG | dict(input_size=[3, 25, 25], interpolation="bicubic", crop_pct=0.95),
    "wide": CFG | dict(input_size=[3, 24, 37], interpolation="bicubic", crop_pct=0.9, crop_mode="squash"),
    "defaults": dict(input_size=[3, 28, 28]),
}
IMAGES = [(61, 47, 3), (47, 61, 3), (97, 131, 1), (30, 21, 3), (390, 333, 1), (32, 32, 3), (40, 33, 3)]


def preprocess():
    cases = []
    for name, cfg in TRANSFORMS.items():
        transform = create_transform(**resolve_data_config(pretrained_cfg=cfg))
        bytes_alone = create_transform(**resolve_data_config(pretrained_cfg=cfg), normalize=False)
        for seed, (height, width, channels) in enumerate(IMAGES):
            image = PIL.Image.fromarray(np.repeat(pattern(height, width, channels, seed), 4 - channels, axis=2)[:, :, :3])
            values, view = transform(image).numpy(), bytes_alone(image).numpy()
            assert view.dtype == np.uint8 and view.shape == values.shape
            middle = values[:, values.shape[1] // 2, values.shape[2] // 3]
            cases.append({
                "transform": name, "height": height, "width": width, "channels": channels, "seed": seed,
                "crc32": zlib.crc32(np.ascontiguousarray(view.transpose(1, 2, 0)[:, :, :channels]).tobytes()),
                "middle": [float(v) for v in middle],
            })
    versions = {m.__name__: m.__version__ for m in (timm, torch, PIL, np)}
    text = json.dumps({"versions": versions, "pretrained_cfgs": TRANSFORMS, "cases": cases}, separators=(",", ":"))
    (RESOURCES / "preprocess" / "timm.json").write_text(text.replace("},{", "},\n{") + "\n")


if __name__ == "__main__":
    for part in (models, wrapper, names, preprocess):
        if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
            part()
