#!/usr/bin/env python3
"""Writes what pydicom's apply_windowing and numpy's percentile make of ramps of numbers.

Needs: pydicom 3.0.2, numpy 2.4.6 (the versions that ran are written into the golden file).

Each case: centre, width, function, values (Hounsfield units) and the share of white, 0 to 1, of each value.

    python3 tools/reference/windows.py models/src/test/resources/windows/windows.json
"""

import json
import pathlib
import sys

import numpy
import pydicom
from pydicom.pixels import apply_windowing

WINDOWS = [
    (-600, 1500, "LINEAR"),
    (40, 400, "LINEAR"),
    (400, 1800, "LINEAR"),
    (480, 2500, "LINEAR"),
    (90, 150, "LINEAR"),
    (40, 80, "LINEAR"),
    (-600, 1500, "LINEAR_EXACT"),
    (40, 400, "LINEAR_EXACT"),
    (12.5, 3, "LINEAR"),
    (12.5, 3, "LINEAR_EXACT"),
]
BITS = 16


def share_of_white(values, centre, width, function):
    dataset = pydicom.Dataset()
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsStored = BITS
    dataset.PixelRepresentation = 1
    dataset.WindowCenter = centre
    dataset.WindowWidth = width
    dataset.VOILUTFunction = function
    dataset.RescaleSlope = 1
    dataset.RescaleIntercept = 0
    shown = apply_windowing(values, dataset)
    low, high = -(2 ** (BITS - 1)), 2 ** (BITS - 1) - 1
    assert shown.min() >= low and shown.max() <= high
    return (shown - low) / (high - low)


def main(target):
    cases = []
    for centre, width, function in WINDOWS:
        values = numpy.unique(
            numpy.concatenate(
                [
                    numpy.linspace(-1100, 3100, 43).round(),
                    numpy.round(numpy.linspace(centre - width, centre + width, 41)),
                    numpy.round(centre - width / 2 + numpy.arange(-2, 3)),
                    numpy.round(centre + width / 2 + numpy.arange(-3, 3)),
                ]
            )
        ).astype(numpy.float64)
        shares = share_of_white(values, centre, width, function)
        cases.append(
            {
                "centre": centre,
                "width": width,
                "function": function,
                "values": values.tolist(),
                "shares": shares.tolist(),
            }
        )
    random = numpy.random.default_rng(11)
    values = (random.normal(size=301) * 400 - 300).astype(numpy.float32)
    percents = [0, 0.5, 1, 25, 50, 99, 99.5, 100]
    result = {
        "versions": {"pydicom": pydicom.__version__, "numpy": numpy.__version__},
        "windows": cases,
        "percentiles": {
            "values": values.tolist(),
            "percents": percents,
            "expected": numpy.percentile(values.astype(numpy.float64), percents).tolist(),
        },
    }
    target.write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
