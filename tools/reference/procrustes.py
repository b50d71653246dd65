"""Procrustes analysis by SciPy, as an oracle for Procrustes.

Written with: numpy 2.4.6, scipy 1.17.1.
Usage: procrustes.py OUTPUT_FOLDER
Writes procrustes.json: pairs of maps of 30 points in two and three dimensions, related loosely or not at all; the first of each
fitted onto the second, in the coordinates of the second, and the disparity.
"""

import json
import pathlib
import sys

import numpy
import scipy
from scipy.spatial import procrustes

random = numpy.random.default_rng(13)
samples = []
for axes in (2, 3):
    for noise in (0.3, 20):
        onto = (random.standard_normal((30, axes)) * numpy.arange(1, axes + 1) + 4).round(3)
        turned = onto @ numpy.linalg.qr(random.standard_normal((axes, axes)))[0] * 2.5
        layout = (turned + noise * random.standard_normal((30, axes)) - 7).round(3)
        _, fitted, disparity = procrustes(onto, layout)
        center = onto.mean(0)
        fitted = fitted * numpy.linalg.norm(onto - center) + center
        samples.append(
            {"onto": onto.tolist(), "map": layout.tolist(), "fitted": fitted.round(7).tolist(), "disparity": float(disparity)}
        )
golden = {"versions": {"numpy": numpy.__version__, "scipy": scipy.__version__}, "samples": samples}
pathlib.Path(sys.argv[1], "procrustes.json").write_text(json.dumps(golden) + "\n")
