"""Golden files of the attention analyses: what numpy makes of attention matrices, and matrices of transformers.

Made with numpy 2.4, torch 2.15, transformers 5.23 (eager attention), safetensors 0.8, pillow 12, on a CPU.

    python tools/reference/attention.py [FOLDER OF vit-tiny-patch16-224]

Writes matrices.f32 with golden.json for the analyses (core), and for the computation on demand (models) a small model
with random weights, a picture, eager attentions (small.f32 and, given the real model, tiny.f32) and the rollouts that
numpy makes of them.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from PIL import Image
from transformers import ViTConfig, ViTImageProcessor, ViTModel

ROOT = Path(__file__).parents[2]
CORE = ROOT / "core/src/test/resources/org/patchlens/analysis/attention"
MODELS = ROOT / "models/src/test/resources/org/patchlens/rerun"
IMAGES, LAYERS, HEADS, ROWS, COLUMNS, PATCH = 3, 3, 3, 3, 4, 16
PREFIX = 2  # CLS and one register
TOKENS = PREFIX + ROWS * COLUMNS


def entropy(rows):
    return -(rows * np.log2(np.where(rows > 0, rows, 1))).sum(-1)


def rollout(blocks, query, residual, discard):
    tokens = blocks.shape[-1]
    product = np.eye(tokens)
    for fused in blocks:
        kept = fused.copy().ravel()
        kept[np.argsort(kept, kind="stable")[: int(np.floor(discard * kept.size))]] = 0
        mixed = residual * np.eye(tokens) + (1 - residual) * kept.reshape(tokens, tokens)
        product = mixed / mixed.sum(-1, keepdims=True) @ product
    return product[query]


def dino_mask(patches, mass):
    """As DINO's visualize_attention.py: ascending order, cumulated, what lies above 1 - mass is kept."""
    order = np.argsort(patches, kind="stable")
    cumulated = np.cumsum(patches[order] / patches.sum())
    return sorted(order[cumulated > 1 - mass].tolist())


def distances():
    places = np.array([(r, c) for r in range(ROWS) for c in range(COLUMNS)], dtype=float) * PATCH
    return np.linalg.norm(places[:, None] - places[None], axis=-1)


def weights():
    """How much of each token belongs to each region, NaN where that is not known: [image][block][token]."""
    tokens = np.arange(TOKENS)
    border = np.array([r in (0, ROWS - 1) or c in (0, COLUMNS - 1) for r in range(ROWS) for c in range(COLUMNS)])
    regions = {name: np.zeros((IMAGES, LAYERS, TOKENS)) for name in ("CLS", "registers", "outliers", "border", "lung")}
    regions["CLS"][:] = tokens == 0
    regions["registers"][:] = tokens == 1
    # The first patch is an outlier at the output of block 2, and block 3's output is not stored.
    regions["outliers"][:, 1:] = tokens == PREFIX
    regions["border"][..., PREFIX:] = border
    for image in range(IMAGES):
        patches = np.arange(ROWS * COLUMNS)
        regions["lung"][image, :, PREFIX:] = (7 * patches + 3 * image) % 5 / 4
    regions["lung"][1] = np.nan  # an image without mask
    return regions


def spread(numbers):
    """Mean and standard deviation over the images that have a number."""
    known = numbers[~np.isnan(numbers[:, 0, 0])]
    return [known.mean(0).tolist(), known.std(0, ddof=1).tolist()]


def shares(rows):
    return {name: spread((rows * region[:, :, None, :]).sum(-1)) for name, region in weights().items()}


def uniform_shares(rows):
    return {name: float(np.nanmean((rows * region[:, :, None, :]).sum(-1))) for name, region in weights().items()}


def core():
    random = np.random.Generator(np.random.PCG64(20260523))
    scores = random.normal(scale=2, size=(IMAGES, LAYERS, HEADS, TOKENS, TOKENS))
    matrices = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
    matrices = matrices.astype(np.float32)
    CORE.mkdir(parents=True, exist_ok=True)
    (CORE / "matrices.f32").write_bytes(matrices.astype("<f4").tobytes())
    exact = matrices.astype(np.float64)
    query = PREFIX + 1 * COLUMNS + 2  # patch 1,2
    one = exact[1]
    fused = {"mean": one.mean(1), "min": one.min(1), "max": one.max(1), "1": one[:, 1]}
    reading = exact[:, :, :, PREFIX:, :]
    on_patches = reading[..., PREFIX:]
    far = (on_patches * distances()).sum(-1) / on_patches.sum(-1)
    cls = exact[:, :, :, 0, :]
    golden = {
        "numpy": np.__version__,
        "fused": {name: blocks[1, query].tolist() for name, blocks in fused.items()},
        "entropy": entropy(one[1, :, query]).tolist(),
        "mask": dino_mask(fused["mean"][1, query, PREFIX:], 0.6),
        "rollouts": [
            {
                "head": head,
                "query": name,
                "residual": residual,
                "discard": discard,
                "row": rollout(fused[head], index, residual, discard).tolist(),
            }
            for head, name, index, residual, discard in [
                ("mean", "cls", 0, 0.5, 0),
                ("mean", "1,2", query, 0.5, 0),
                ("mean", "cls", 0, 0.5, 0.4),
                ("max", "1,2", query, 0.3, 0.9),
                ("1", "register:0", 1, 0.5, 0.25),
            ]
        ],
        "atlas": {
            "cls": {"entropy": spread(entropy(cls)), **shares(cls)},
            "patches": {
                "entropy": spread(entropy(reading).mean(-1)),
                "distance": spread(far.mean(-1)),
                **shares(reading.mean(3)),
            },
            "uniform": uniform_shares(np.full_like(cls, 1 / TOKENS)),
            "uniformDistance": float(distances().mean()),
        },
    }
    (CORE / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")


def eager(model, processor, picture, size):
    pixels = processor(picture.convert("RGB"), return_tensors="pt", size={"height": size, "width": size})["pixel_values"]
    model.set_attn_implementation("eager")
    with torch.no_grad():
        output = model(pixels, output_attentions=True, interpolate_pos_encoding=size != model.config.image_size)
    return np.stack([attention[0].numpy() for attention in output.attentions])


def rollouts(name, attentions, choices):
    """Rollouts of what transformers computed: attentions[block][head][token][token]."""
    exact = attentions.astype(np.float64)
    heads = {"mean": exact.mean(1), "min": exact.min(1), "max": exact.max(1), "1": exact[:, 1]}
    return [
        {
            "model": name,
            "head": head,
            "query": query,
            "residual": residual,
            "discard": discard,
            "row": [round(x, 9) for x in rollout(heads[head], token, residual, discard).tolist()],
        }
        for head, query, token, residual, discard in choices
    ]


def models(real):
    MODELS.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:48, 0:64]
    levels = (127 + 80 * np.sin(x / 5.0) + 45 * np.cos(y / 7.0 + x / 11.0)).clip(0, 255).astype(np.uint8)
    picture = Image.fromarray(levels, "L")
    picture.save(MODELS / "picture.png")
    torch.manual_seed(5)
    config = ViTConfig(
        hidden_size=24, num_hidden_layers=3, num_attention_heads=2, intermediate_size=48, image_size=32, patch_size=8
    )
    model = ViTModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.25 * torch.randn(parameter.shape))
    model.save_pretrained(MODELS / "small")
    processor = ViTImageProcessor(size={"height": 32, "width": 32})
    processor.save_pretrained(MODELS / "small")
    attentions = eager(model, processor, picture, 32)
    (MODELS / "small.f32").write_bytes(attentions.astype("<f4").tobytes())
    patch = 1 + 2 * 4 + 1
    choices = [("mean", "cls", 0, 0.5, 0), ("max", "2,1", patch, 0.3, 0.5), ("1", "2,1", patch, 0.5, 0.9)]
    found = rollouts("small", attentions, choices)
    if real:
        tiny = ViTModel.from_pretrained(real, add_pooling_layer=False).eval()
        attentions = eager(tiny, ViTImageProcessor.from_pretrained(real), picture, 224)
        # Blocks 1, 6 and 12; what CLS and the patch 5,7 read.
        patch = 1 + 5 * 14 + 7
        rows = attentions[[0, 5, 11]][:, :, [0, patch]]
        (MODELS / "tiny.f32").write_bytes(rows.astype("<f4").tobytes())
        found += rollouts("tiny", attentions, [("mean", "cls", 0, 0.5, 0), ("min", "5,7", patch, 0.5, 0.9)])
    (MODELS / "rollouts.json").write_text("[\n" + ",\n".join(json.dumps(each) for each in found) + "\n]\n")


core()
models(sys.argv[1] if len(sys.argv) > 1 else None)
print(np.__version__, torch.__version__, transformers.__version__)
