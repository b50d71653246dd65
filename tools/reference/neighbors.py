"""Nearest neighbours of scikit-learn's brute force, as an oracle for ExactNeighbors.

Written with: numpy 2.4.6, scikit-learn 1.9.1.
Usage: neighbors.py OUTPUT_FOLDER
Writes neighbors.json: 80 rows, and the 7 nearest others of each by Euclidean and cosine distance.
"""

import json
import pathlib
import sys

import numpy
import sklearn
from sklearn.neighbors import NearestNeighbors

rows = numpy.random.default_rng(3).standard_normal((80, 9)).astype(numpy.float32) + 1
golden = {
    "versions": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
    "rows": rows.tolist(),
}
for metric in ("euclidean", "cosine"):
    search = NearestNeighbors(n_neighbors=7, metric=metric, algorithm="brute").fit(rows.astype(numpy.float64))
    distances, neighbors = search.kneighbors(None)
    golden[metric.upper()] = {"neighbors": neighbors.tolist(), "distances": distances.tolist()}
pathlib.Path(sys.argv[1], "neighbors.json").write_text(json.dumps(golden) + "\n")
