"""Writes the golden file of the norms analysis: random tokens with planted outliers, and what numpy says of them.

Versions: numpy 2 (any; the random bits of PCG64 and the quantiles are part of numpy's promise).
Run from the root of the checkout: python tools/reference/norms.py
"""

import json
from pathlib import Path

import numpy as np

OUT = Path("core/src/test/resources/org/patchlens/analysis/norms")
IMAGES, ROWS, COLUMNS, REGISTERS, DIMENSIONS, BLOCKS, HEADS = 7, 3, 4, 2, 24, 2, 3
LAYERS = ["0", "2", "last"]
FACTOR = 5
FIRST_PATCH = 1 + REGISTERS
TOKENS = FIRST_PATCH + ROWS * COLUMNS

random = np.random.Generator(np.random.PCG64(20240917))
tokens = random.normal(size=(len(LAYERS), IMAGES, TOKENS, DIMENSIONS)).astype(np.float32)
tokens[2] *= 7
# Layer 2: the first patch of every image but one, and the last patch of three images.
tokens[1, :6, FIRST_PATCH] *= 40
tokens[1, [1, 4, 6], -1] *= 12
attention = random.exponential(size=(IMAGES, BLOCKS * HEADS, TOKENS))
attention = (attention / attention.sum(axis=-1, keepdims=True)).astype(np.float32)


def distribution(values):
    values = values.astype(np.float64).ravel()
    quartiles = np.quantile(values, [0.25, 0.5, 0.75, 0.95])
    return {
        "count": values.size,
        "minimum": values.min(),
        "lowerQuartile": quartiles[0],
        "median": quartiles[1],
        "upperQuartile": quartiles[2],
        "percentile95": quartiles[3],
        "maximum": values.max(),
        "deviation": 1.4826 * np.median(np.abs(values - quartiles[1])),
    }


def place(patches):
    """Median over images at each place over the layer's median, and its mean over ten rings around the centre."""
    ratios = (np.median(patches, axis=0) / np.median(patches)).reshape(ROWS, COLUMNS)
    y, x = np.meshgrid(np.linspace(-1, 1, ROWS), np.linspace(-1, 1, COLUMNS), indexing="ij")
    ring = np.minimum(9, np.hypot(x, y) / np.sqrt(2) * 10).astype(int)
    rings = [ratios[ring == r].mean() if (ring == r).any() else None for r in range(10)]
    return {"map": ratios.tolist(), "radial": rings}


def group(patches, outlier, members):
    return {
        "images": len(members),
        "patches": distribution(patches[members]),
        "imageShare": outlier[members].any(axis=1).mean(),
    }


def layer(index, name):
    norms = np.linalg.norm(tokens[index].astype(np.float64), axis=-1)
    patches = norms[:, FIRST_PATCH:]
    outlier = patches > FACTOR * np.median(patches)
    block = {"0": None, "2": 2, "last": BLOCKS}[name]
    on_outliers = None
    if block is not None:
        heads = attention[:, (block - 1) * HEADS : block * HEADS, FIRST_PATCH:].astype(np.float64)
        on_outliers = (heads.mean(axis=1) * outlier).sum(axis=1).mean()
    return {
        "layer": name,
        "patches": distribution(patches),
        "cls": distribution(norms[:, 0]),
        "registers": distribution(norms[:, 1:FIRST_PATCH]),
        "threshold": FACTOR * np.median(patches),
        "patchShare": outlier.mean(),
        "imageShare": outlier.any(axis=1).mean(),
        "positions": outlier.mean(axis=0).reshape(ROWS, COLUMNS).tolist(),
        "clsAttention": on_outliers,
        "place": place(patches),
        # Image 6 has no site; the largest group comes first.
        "groups": {
            "north": group(patches, outlier, [0, 1, 3, 5]),
            "south": group(patches, outlier, [2, 4]),
        },
    }


OUT.mkdir(parents=True, exist_ok=True)
(OUT / "golden-tokens.f32").write_bytes(tokens.astype("<f4").tobytes() + attention.astype("<f4").tobytes())
golden = {"numpy": np.__version__, "layers": [layer(i, name) for i, name in enumerate(LAYERS)]}
(OUT / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
