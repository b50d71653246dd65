"""What the student learns from: features of the teacher, computed once and kept on disk.

For every view, the tokens of four blocks of the teacher at 448 pixels. Sink patches (norm above five medians) are
marked and never learned from. Which patches resemble one another is taken from two early layers side by side, centred
but with the spread that each dimension has: bringing all dimensions to the same spread finds less of the same tissue.
Prototypes are k-means centres of that over radiographs: which of them is nearest is a dense target.
"""

import pathlib

import numpy as np
import torch

from pictures import SIZE, normalized
from student import PATCH

LAYERS = (2, 4, 6, 12)
SIMILAR_LAYERS = (2, 4)
PROTOTYPES = 192
SINK = 5.0
PATCHES = (SIZE // PATCH) ** 2


@torch.no_grad()
def hidden(teacher, pixels):
    """CLS [B][L][D] and patches [B][L][P][D] of the layers, and which patches are sinks, [B][P]."""
    with torch.autocast("cpu", torch.bfloat16):
        states = teacher(normalized(pixels), output_hidden_states=True, interpolate_pos_encoding=True).hidden_states
    picked = torch.stack([states[layer].float() for layer in LAYERS], 1)
    norms = picked[:, -1, 1:].norm(dim=-1)
    sinks = norms > SINK * norms.median(1, keepdim=True).values
    return picked[:, :, 0], picked[:, :, 1:], sinks


def compute(teacher, views, folder, batch=4):
    """Writes the features of all views; goes on where it was interrupted."""
    folder = pathlib.Path(folder)
    width = teacher.config.hidden_size
    shapes = {
        "cls": ((len(views), len(LAYERS), width), np.float16),
        "patches": ((len(views), len(LAYERS), PATCHES, width), np.float16),
        "sinks": ((len(views), PATCHES), np.bool_),
    }
    progress = folder / "teacher.done"
    done = int(progress.read_text()) if progress.exists() else 0
    mode = "r+" if done else "w+"
    files = {
        name: np.lib.format.open_memmap(folder / f"teacher-{name}.npy", mode, dtype=kind, shape=shape)
        for name, (shape, kind) in shapes.items()
    }
    for first in range(done, len(views), batch):
        last = min(first + batch, len(views))
        cls, patches, sinks = hidden(teacher, views[first:last])
        files["cls"][first:last] = cls.numpy()
        files["patches"][first:last] = patches.clamp(-6e4, 6e4).numpy()
        files["sinks"][first:last] = sinks.numpy()
        if first // batch % 20 == 0:
            for file in files.values():
                file.flush()
            progress.write_text(str(last))
            print(f"teacher: {last} of {len(views)} views", flush=True)
    progress.write_text(str(len(views)))
    return files


def scales(files, sample=200):
    """Mean and deviation per layer and dimension over patches that are no sinks, [L][D] each."""
    picked = np.linspace(0, len(files["sinks"]) - 1, min(sample, len(files["sinks"]))).astype(int)
    keep = ~files["sinks"][picked]
    mean, deviation = [], []
    for layer in range(len(LAYERS)):
        rows = files["patches"][picked, layer][keep].astype(np.float32)
        mean.append(rows.mean(0))
        deviation.append(rows.std(0) + 1e-3)
    return torch.from_numpy(np.stack(mean)), torch.from_numpy(np.stack(deviation))


def similar(patches, deviation):
    """What patches are compared by, [...][P][2 D]: the layers for it, each with a mean square of one.

    patches: standardized per dimension, [...][L][P][D]; deviation: what that took away, [L][D].
    """
    parts = []
    for layer in (LAYERS.index(layer) for layer in SIMILAR_LAYERS):
        spread = deviation[layer] / deviation[layer].square().mean().sqrt()
        parts.append(patches[..., layer, :, :] * spread)
    return torch.cat(parts, -1)


def prototypes(files, chosen, mean, deviation, seed, rounds=12):
    """k-means centres over patches of the chosen views, [K][2 D] of length one, of what they are compared by."""
    random = np.random.default_rng(seed)
    rows = []
    for index in chosen:
        picked = random.choice(np.flatnonzero(~files["sinks"][index]), 150, replace=False)
        tokens = torch.from_numpy(files["patches"][index][:, picked]).float()
        rows.append(similar((tokens - mean[:, None]) / deviation[:, None], deviation))
    points = unit(torch.cat(rows))
    centres = points[torch.from_numpy(random.choice(len(points), PROTOTYPES, replace=False))]
    for _ in range(rounds):
        nearest = (points @ centres.T).argmax(1)
        sums = torch.zeros_like(centres).index_add_(0, nearest, points)
        counts = torch.bincount(nearest, minlength=PROTOTYPES)
        sums[counts == 0] = points[torch.from_numpy(random.choice(len(points), int((counts == 0).sum())))]
        centres = unit(sums)
    return centres


def unit(rows):
    return torch.nn.functional.normalize(rows, dim=-1)
