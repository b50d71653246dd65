#!/usr/bin/env python3
"""Trains patchlens-tiny, the model that Patchlens brings along. README.md beside this file tells the recipe.

    python tools/train/train.py --teacher FOLDER --data FOLDER --work FOLDER [--phantoms FOLDER] [--minutes 60]

Everything is kept in the work folder; the same command goes on where it was interrupted. At the end, and with
--export at any time, the model is written to WORK/patchlens-tiny.
"""

import argparse
import math
import pathlib
import time

import numpy as np
import torch

import phantoms
import pictures
import student as students
import targets
from export import export
from heads import RELATED, Heads, losses

SEED = 20261123
BEGINNING = 48  # pictures from which the start is computed


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teacher", required=True, help="folder of vit-tiny-patch16-224")
    parser.add_argument("--data", required=True, help="folder with cxr/ and natural/free/")
    parser.add_argument("--work", required=True, help="folder for views, features, checkpoints and the result")
    parser.add_argument("--phantoms", help="folder that `patchlens phantom` wrote")
    parser.add_argument("--blocks", type=int, default=6)
    parser.add_argument("--gentle", type=int, default=3, help="first blocks, which learn at a tenth of the rate")
    parser.add_argument("--views", type=int, default=3, help="views per radiograph, the whole picture first")
    parser.add_argument("--steps", type=int, default=1000, help="the rate falls to zero over the last third")
    parser.add_argument("--batch", type=int, default=8, help="windows of 224 pixels per step; a quarter of it at 448")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop after so long; go on later")
    parser.add_argument("--export", action="store_true", help="write the model as it is now, without training")
    return parser.parse_args()


def all_views(options, work):
    """Views of all pictures, `uint8[V][448][448][3]`; radiographs first."""
    file = work / "views.npy"
    radiographs, photographs = pictures.radiographs(options.data), pictures.photographs(options.data)
    if not file.exists():
        random = np.random.default_rng(SEED)
        views = [pictures.view(path, random, turn == 0) for path in radiographs for turn in range(options.views)]
        views += [pictures.view(path, random, turn == 0) for path in photographs for turn in range(4 * options.views)]
        np.save(file, np.stack(views))
    return np.load(file, mmap_mode="r"), len(radiographs) * options.views


class Material:
    """Views with the teacher's features, and phantoms with their masks and the teacher's features."""

    def __init__(self, options, work, teacher):
        self.views, self.radiographs = all_views(options, work)
        self.features = targets.compute(teacher, self.views, work)
        self.mean, self.deviation = targets.scales(self.features)
        whole = range(0, self.radiographs, options.views)
        self.prototypes = targets.prototypes(self.features, whole, self.mean, self.deviation, SEED)
        self.phantoms = phantoms.load(options.phantoms, work, SEED) if options.phantoms else None
        if self.phantoms is not None:
            self.phantoms.features = targets.compute(teacher, self.phantoms.views, self.phantoms.folder)

    def draw(self, count, side, generator):
        """One batch: a window of `side` patches of each of `count` views, and what is to be learned there."""
        row, column = (int(torch.randint(0, 28 - side + 1, (), generator=generator)) for _ in range(2))
        use_phantoms = self.phantoms is not None and float(torch.rand((), generator=generator)) < 0.4
        source = self.phantoms if use_phantoms else self
        chosen = source.pick(count, generator)
        window = np.add.outer(np.arange(row, row + side) * 28, np.arange(column, column + side)).ravel()
        box = np.s_[:, row * 16 : (row + side) * 16, column * 16 : (column + side) * 16]
        tokens = torch.from_numpy(source.features["patches"][chosen][:, :, window]).float()
        patches = (tokens - self.mean[:, None]) / self.deviation[:, None]
        return {
            "row": row,
            "column": column,
            "pixels": pictures.normalized(source.views[chosen][box]),
            "patches": patches,
            "similar": targets.similar(patches, self.deviation),
            "cls": torch.from_numpy(source.features["cls"][chosen]).float(),
            "sinks": torch.from_numpy(source.features["sinks"][chosen][:, window]),
            "related": torch.randperm(count * side * side, generator=generator)[:RELATED],
            "tissues": torch.from_numpy(source.shares[chosen][:, window]).float() if use_phantoms else None,
        }

    def pick(self, count, generator):
        """Four of five are radiographs."""
        others = torch.randint(self.radiographs, len(self.views), (count,), generator=generator)
        own = torch.randint(0, self.radiographs, (count,), generator=generator)
        return np.sort(torch.where(torch.rand(count, generator=generator) < 0.8, own, others).numpy())


def step(student, heads, material, options, number):
    """The losses of one batch; what it consists of follows from the seed and the number of the step alone."""
    generator = torch.Generator().manual_seed(SEED + number)
    full = number % 5 == 0
    batch = material.draw(max(1, options.batch // 4) if full else options.batch, 28 if full else 14, generator)
    pixels = pictures.disturbed(batch["pixels"], generator)
    with torch.autocast("cpu", torch.bfloat16):
        last = students.tokens(student, students.start(student, pixels, batch["row"], batch["column"]))
    return losses(heads, last.float(), batch, material.prototypes)


@torch.no_grad()
def begin(student, heads, material):
    """Closed-form start: the final norm centres and scales, and the heads are least-squares fits to their targets."""
    generator = torch.Generator().manual_seed(SEED - 1)
    batches, lasts = [], []
    for _ in range(BEGINNING):
        batch = material.draw(1, 28, generator)
        with torch.autocast("cpu", torch.bfloat16):
            sequence = students.start(student, batch["pixels"])
            lasts.append(students.tokens(student, sequence).float())
        batches.append(batch)
    before = torch.cat(lasts)
    norm = student.layernorm
    weight, bias = norm.weight.clone(), norm.bias.clone()
    students.calibrate(student, before[:, students.FIRST_PATCH :].flatten(0, 1))
    heads.fit((before - bias) / weight * norm.weight + norm.bias, batches, material.prototypes)


def rate(options, number):
    """Rises, stays, and falls over the last third; so `--steps` may be changed until the fall begins."""
    warm = min(1.0, (number + 1) / 40)
    fallen = max(0.0, 3 * number / options.steps - 2)
    return options.rate * warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, fallen))))


def train(student, heads, material, options, work):
    groups = [*students.learning(student, options.gentle), {"params": list(heads.parameters()), "scale": 3.0}]
    everything = [parameter for group in groups for parameter in group["params"]]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    checkpoint = work / "checkpoint.pt"
    number = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        student.load_state_dict(state["student"])
        heads.load_state_dict(state["heads"])
        if options.export:
            return
        optimizer.load_state_dict(state["optimizer"])
        number = state["step"]
    elif not options.export:
        begin(student, heads, material)
    begun = saved = time.monotonic()
    sums = {}
    while number < options.steps and time.monotonic() - begun < options.minutes * 60:
        for group in optimizer.param_groups:
            group["lr"] = rate(options, number) * group["scale"]
        parts = step(student, heads, material, options, number)
        optimizer.zero_grad()
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(everything, 1.0)
        optimizer.step()
        number += 1
        for name, value in parts.items():
            sums.setdefault(name, []).append(float(value.detach()))
        if number % 20 == 0:
            told = "  ".join(f"{name} {np.mean(values):.4f}" for name, values in sums.items())
            print(f"step {number}  {time.monotonic() - begun:.0f} s  {told}", flush=True)
            sums = {}
        if time.monotonic() - saved > 180 or number == options.steps:
            save(checkpoint, student, heads, optimizer, number)
            saved = time.monotonic()
    save(checkpoint, student, heads, optimizer, number)


def save(checkpoint, student, heads, optimizer, number):
    temporary = checkpoint.with_suffix(".part")
    state = {"student": student.state_dict(), "heads": heads.state_dict(), "step": number}
    torch.save({**state, "optimizer": optimizer.state_dict()}, temporary)
    temporary.rename(checkpoint)


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    work = pathlib.Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    teacher = students.load_teacher(options.teacher)
    student = students.build(teacher, options.blocks)
    heads = Heads(teacher.config.hidden_size)
    material = None if options.export else Material(options, work, teacher)
    train(student, heads, material, options, work)
    export(student, work / "patchlens-tiny")


if __name__ == "__main__":
    main()
