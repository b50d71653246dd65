#!/usr/bin/env python3
"""Writes which share of each patch each class of a mask covers.

Needs: numpy 2.4.6, Pillow 13.0.0 (the versions that ran are written into the golden files).

Another way than the one under test: the mask of a class is summed up along both axes, the sums are interpolated
linearly at the corners of the patches (exact for squares of one value), and the area is the difference of the corners.

    python3 tools/reference/mask_coverage.py SHARED/data/cxr models/src/test/resources/masks
"""

import json
import pathlib
import sys

import numpy
import PIL
from PIL import Image


def edges(count, patch, crop, source, resized, mask):
    """Edges of patches in pixels of the mask."""
    return (numpy.arange(count + 1) * patch + crop) * (source / resized) * (mask / source)


def areas(member, rows, columns):
    """The area of the members under each patch, in square pixels of the mask."""
    height, width = member.shape
    sums = numpy.zeros((height + 1, width + 1))
    sums[1:, 1:] = member.cumsum(axis=0, dtype=numpy.float64).cumsum(axis=1)

    def interpolated(table, at):
        at = numpy.clip(at, 0, table.shape[0] - 1)
        below = numpy.minimum(at.astype(int), table.shape[0] - 2)
        share = (at - below)[:, None]
        return table[below] * (1 - share) + table[below + 1] * share

    corners = interpolated(interpolated(sums, rows).T, columns).T
    return corners[1:, 1:] - corners[:-1, 1:] - corners[1:, :-1] + corners[:-1, :-1]


def coverage(mask, labels, case):
    rows = edges(case["gridRows"], case["patch"], case["cropTop"], case["sourceHeight"], case["resizedHeight"], mask.shape[0])
    columns = edges(
        case["gridColumns"], case["patch"], case["cropLeft"], case["sourceWidth"], case["resizedWidth"], mask.shape[1]
    )
    whole = numpy.outer(numpy.diff(rows), numpy.diff(columns))
    return [(areas(mask == label, rows, columns) / whole).round(7).ravel().tolist() for label in labels]


def case(source, resized, crop, grid, patch):
    return {
        "sourceHeight": source[0],
        "sourceWidth": source[1],
        "resizedHeight": resized[0],
        "resizedWidth": resized[1],
        "cropTop": crop[0],
        "cropLeft": crop[1],
        "gridRows": grid[0],
        "gridColumns": grid[1],
        "patch": patch,
    }


def shortest_edge(source, size):
    """Resized so that the shorter edge has this many pixels, then the centre cut out."""
    short = min(source)
    resized = tuple(int(size * side / short) for side in source)
    return resized, tuple((side - size) // 2 for side in resized)


def synthetic():
    random = numpy.random.default_rng(9)
    shapes = [
        # identity, anisotropic resize, crop, padding, coarser and finer masks
        (case((32, 32), (32, 32), (0, 0), (2, 2), 16), (32, 32)),
        (case((37, 53), (64, 64), (0, 0), (4, 4), 16), (37, 53)),
        (case((37, 53), (64, 91), (0, 13), (4, 4), 16), (37, 53)),
        (case((20, 50), (40, 100), (-12, 18), (4, 4), 16), (20, 50)),
        (case((100, 80), (70, 56), (0, 0), (5, 4), 14), (25, 20)),
        (case((30, 40), (56, 56), (0, 0), (4, 4), 14), (90, 120)),
    ]
    cases = []
    for placement, shape in shapes:
        mask = random.integers(0, 4, size=shape)
        cases.append(
            placement
            | {
                "maskHeight": shape[0],
                "maskWidth": shape[1],
                "mask": mask.ravel().tolist(),
                "coverage": coverage(mask, [1, 2, 3], placement),
            }
        )
    return cases


def chest(folder):
    """Every lung mask over a 14 x 14 grid of 16 pixels, every 4th mask of classes over 8 x 8 patches of 28."""
    files = {}
    lungs = sorted((folder / "masks").glob("*_lung.png"))
    classes = sorted((folder / "masks").glob("*_classes.png"))[::4]
    for path, labels, grid, patch in [(p, [255], 14, 16) for p in lungs] + [(p, range(1, 7), 8, 28) for p in classes]:
        mask = numpy.asarray(Image.open(path))
        resized, crop = shortest_edge(mask.shape, 224)
        placement = case(mask.shape, resized, crop, (grid, grid), patch)
        files["masks/" + path.name] = placement | {
            "labels": list(labels),
            "coverage": [[round(value, 6) for value in row] for row in coverage(mask, labels, placement)],
        }
    return files


def main(source, target):
    versions = {"numpy": numpy.__version__, "pillow": PIL.__version__}
    compact = {"separators": (",", ":")}
    (target / "synthetic.json").write_text(json.dumps({"versions": versions, "cases": synthetic()}, **compact) + "\n")
    (target / "chest.json").write_text(json.dumps({"versions": versions, "files": chest(source)}, **compact) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
