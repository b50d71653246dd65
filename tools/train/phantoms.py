"""Phantom slices of `patchlens phantom`: pixels, and the share of each patch that each tissue covers."""

import json
import pathlib

import numpy as np
import torch
from PIL import Image

SIZE = 448
PATCH = 16
WINDOWS = ((-600, 1500), (-600, 1500), (-600, 1500), (40, 400), (-300, 2000))  # centre, width in Hounsfield units
OFFSET = 1024  # the pictures hold Hounsfield units + 1024
TISSUES = (
    "background",
    "lung",
    "airway",
    "vessel",
    "heart",
    "bone",
    "soft-tissue",
    "fat",
    "abdomen",
    "table",
    "ground-glass",
    "consolidation",
    "nodule",
    "effusion",
    "emphysema",
    "marker",
    "tube",
    "text",
)


class Phantoms:
    """Views of slices, `uint8[V][448][448][3]`, and the shares of the tissues, [V][P][K]."""

    def __init__(self, folder):
        self.folder = folder
        self.views = np.load(folder / "views.npy", mmap_mode="r")
        self.shares = np.load(folder / "shares.npy", mmap_mode="r")
        self.features = None

    def pick(self, count, generator):
        return np.sort(torch.randint(0, len(self.views), (count,), generator=generator).numpy())


def load(source, work, seed):
    """Reads the folder that `patchlens phantom` wrote, once; one view of every slice is kept in the work folder."""
    folder = work / "phantoms"
    folder.mkdir(exist_ok=True)
    if not (folder / "shares.npy").exists():
        source = pathlib.Path(source)
        refuse_other_classes(source)
        random = np.random.default_rng(seed)
        views, shares = zip(*(view(source, path.name, random) for path in sorted((source / "images").glob("*.png"))))
        np.save(folder / "views.npy", np.stack(views))
        np.save(folder / "shares.npy", np.stack(shares))
    return Phantoms(folder)


def refuse_other_classes(source):
    classes = json.loads((source / "classes.json").read_text())
    if tuple(classes[key] for key in sorted(classes, key=int)) != TISSUES[1:]:
        raise SystemExit(f"{source}/classes.json has other classes than {', '.join(TISSUES)}")


def view(source, name, random):
    """A slice in one of the windows, whole or cropped, and mirrored or not; with its shares."""
    hounsfield = np.asarray(Image.open(source / "images" / name)).astype(np.float32) - OFFSET
    labels = Image.open(source / "masks" / name)
    centre, width = WINDOWS[random.integers(len(WINDOWS))]
    grey = Image.fromarray(np.clip((hounsfield - centre) / width + 0.5, 0, 1) * 255)
    box = (0, 0, *grey.size)
    if random.random() < 0.75:
        box = chest_box(grey.size, random)
    pixels = np.asarray(grey.resize((SIZE, SIZE), Image.Resampling.BILINEAR, box)).round().astype(np.uint8)
    tissues = np.asarray(labels.resize((SIZE, SIZE), Image.Resampling.NEAREST, box))
    if random.random() < 0.5:
        pixels, tissues = pixels[:, ::-1], tissues[:, ::-1]
    return np.repeat(pixels[..., None], 3, 2), patch_shares(tissues)


def chest_box(size, random):
    """A part of the slice around its middle, stretched, as published slices are often cut to the chest."""
    sides = [extent * random.uniform(0.4, 0.95) for extent in size]
    firsts = [random.uniform(0.25, 0.75) * (extent - side) for extent, side in zip(size, sides)]
    return (*firsts, *(first + side for first, side in zip(firsts, sides)))


def patch_shares(tissues):
    grid = SIZE // PATCH
    classes = (tissues[..., None] == np.arange(len(TISSUES))).reshape(grid, PATCH, grid, PATCH, -1)
    return classes.mean((1, 3)).reshape(grid * grid, -1).astype(np.float16)
