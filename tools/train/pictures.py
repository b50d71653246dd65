"""Training pictures, and how they are cropped and disturbed.

Only pictures whose licence allows it: NIH ChestX-ray14, the COVID-19 Image Repository of Hannover Medical School
(CC BY 3.0), the free pictures of scikit-image, and phantoms that Patchlens draws itself. A fifth of the patients is
kept out, chosen by the hash of their name.
"""

import csv
import hashlib
import pathlib

import numpy as np
import torch
from PIL import Image

SIZE = 448
DATASETS = ("NIH ChestX-ray14", "COVID-19 Image Repository (MHH)")


def is_held_out(patient):
    return int(hashlib.sha256(patient.encode()).hexdigest(), 16) % 5 == 0


def radiographs(data, held_out=False):
    """Paths of the X-rays to train on, or of those of the patients that are kept out."""
    folder = pathlib.Path(data) / "cxr"
    with open(folder / "metadata.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["dataset"] in DATASETS]
    return [folder / row["file"] for row in rows if is_held_out(row["patient"]) == held_out]


def photographs(data):
    """Paths of the free pictures."""
    return sorted(path for path in (pathlib.Path(data) / "natural/free").iterdir() if path.suffix in (".png", ".jpg"))


def view(path, random, whole):
    """One view of a picture, `uint8[448][448][3]`: all of it, or a random crop, turned and mirrored.

    Radiographs are stretched to a square, as the model's own preprocessing does it.
    """
    with Image.open(path) as file:
        picture = file.convert("RGB")
    if whole:
        return np.asarray(picture.resize((SIZE, SIZE), Image.Resampling.BILINEAR))
    if random.random() < 0.7:
        picture = picture.rotate(random.uniform(-12, 12), Image.Resampling.BICUBIC)
    share = random.uniform(0.35, 0.95) ** 0.5
    stretch = random.uniform(0.85, 1.18)
    width = min(picture.width, round(picture.width * share * stretch))
    height = min(picture.height, round(picture.height * share / stretch))
    left = random.integers(0, picture.width - width + 1)
    top = random.integers(0, picture.height - height + 1)
    box = (left, top, left + width, top + height)
    picture = picture.resize((SIZE, SIZE), Image.Resampling.BICUBIC, box)
    pixels = np.asarray(picture)
    return pixels[:, ::-1].copy() if random.random() < 0.5 else pixels


def normalized(pixels):
    """`uint8[B][H][W][3]` to `float[B][3][H][W]` in -1 ... 1."""
    return torch.from_numpy(np.array(pixels)).permute(0, 3, 1, 2).float() / 127.5 - 1


def disturbed(pixels, generator):
    """Another window, gamma, resolution, noise and polarity for every picture; `float[B][3][H][W]` in -1 ... 1."""
    result = []
    for picture in pixels:
        draw = torch.rand(8, generator=generator)
        unit = (picture + 1) / 2
        width = 0.6 + 0.7 * draw[0]
        centre = 0.5 + 0.3 * (draw[1] - 0.5)
        unit = ((unit - centre) / width + 0.5).clamp(0, 1)
        unit = unit ** torch.exp(0.9 * (draw[2] - 0.5))
        if draw[3] < 0.3:
            factor = 0.4 + 0.5 * draw[4]
            small = torch.nn.functional.interpolate(
                unit[None], scale_factor=float(factor), mode="bilinear", antialias=True
            )
            unit = torch.nn.functional.interpolate(small, size=unit.shape[-2:], mode="bilinear")[0]
        if draw[5] < 0.6:
            noise = torch.randn(unit.shape[-2:], generator=generator)
            unit = (unit + 0.06 * draw[6] * noise).clamp(0, 1)
        if draw[7] < 0.03:
            unit = 1 - unit
        result.append(unit * 2 - 1)
    return torch.stack(result)
