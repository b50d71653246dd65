"""Similarities of patches in numpy, as an oracle for PatchSimilarity.

Written with: numpy 2.4.6, scipy 1.17.1.
Usage: similarity.py OUTPUT_FOLDER
Writes similarity.json: the tokens of three images of 3 x 4 patches after one CLS token, 8 dimensions, with a common
direction and one patch of a large norm; the cosines of a patch, and of the mean of three, with every patch, as they
are, less the mean, and whitened; the matrix of two images, its mutual nearest pairs, the mean cosine of two patches;
and the heights at which scipy's average linkage joins the patches of an image.
"""

import json
import pathlib
import sys

import numpy
import scipy
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

IMAGES, PATCHES, DIMENSIONS = 3, 12, 8
RIDGE = 0.01

random = numpy.random.default_rng(11)
spread = numpy.diag([3, 2, 1.5, 1, 1, 0.5, 0.3, 0.1])
tokens = random.standard_normal((IMAGES, 1 + PATCHES, DIMENSIONS)) @ spread
tokens += [2, -1, 4, 0.5, -3, 1, 2, -2]
tokens[1, 1 + 5] *= 30  # the outlier
tokens = tokens.astype(numpy.float32)

patches = tokens[:, 1:].astype(numpy.float64)
flat = patches.reshape(-1, DIMENSIONS)
norms = numpy.linalg.norm(flat, axis=1)
threshold = 5 * numpy.median(norms)
ordinary = flat[norms <= threshold]
assert len(ordinary) == len(flat) - 1
mean = ordinary.mean(axis=0)
covariance = numpy.cov(ordinary, rowvar=False)
variance = numpy.trace(covariance) / DIMENSIONS
values, vectors = numpy.linalg.eigh((1 - RIDGE) * covariance / variance + RIDGE * numpy.eye(DIMENSIONS))
whitening = vectors @ numpy.diag(values**-0.5) @ vectors.T

reductions = {
    "none": lambda x: x,
    "center": lambda x: x - mean,
    "whiten": lambda x: (x - mean) @ whitening,
}


def unit(rows):
    return rows / numpy.linalg.norm(rows, axis=-1, keepdims=True)


golden = {
    "versions": {"numpy": numpy.__version__, "scipy": scipy.__version__},
    "tokens": tokens.reshape(-1, DIMENSIONS).tolist(),
    "threshold": threshold,
}
for name, reduce in reductions.items():
    directions = unit(reduce(patches))
    one = unit(reduce(patches[0, 7]))
    several = unit(reduce(patches[2, [1, 2, 6]].mean(axis=0)))
    matrix = directions[0] @ directions[2].T
    pairs = [
        [row, int(column)]
        for row, column in enumerate(matrix.argmax(axis=1))
        if matrix[:, column].argmax() == row
    ]
    pairs.sort(key=lambda pair: -matrix[pair[0], pair[1]])
    cosines = unit(reduce(ordinary)) @ unit(reduce(ordinary)).T
    others = ~numpy.eye(len(ordinary), dtype=bool)
    own = directions[0] @ directions[0].T
    distances = squareform(1 - own, checks=False)
    golden[name] = {
        "one": (directions @ one).tolist(),
        "several": (directions @ several).tolist(),
        "matrix": matrix.tolist(),
        "pairs": pairs,
        "meanCosine": float(cosines[others].mean()),
        "heights": linkage(distances, method="average")[:, 2].tolist(),
    }
pathlib.Path(sys.argv[1], "similarity.json").write_text(json.dumps(golden) + "\n")
