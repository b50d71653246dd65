"""Trustworthiness by scikit-learn, as an oracle for MapQuality.

Written with: numpy 2.4.6, scikit-learn 1.9.1.
Usage: map_quality.py OUTPUT_FOLDER
Writes map-quality.json: 120 rows, a map that is their first two columns with noise, its trustworthiness with 10
neighbours, its continuity (the trustworthiness with both spaces exchanged), and the share of neighbours kept.
"""

import json
import pathlib
import sys

import numpy
import sklearn
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

random = numpy.random.default_rng(11)
rows = (random.standard_normal((120, 6)) * numpy.geomspace(2, 0.3, 6)).round(3)
layout = (rows[:, :2] + 0.3 * random.standard_normal((120, 2))).round(3)


def nearest(points):
    return NearestNeighbors(n_neighbors=10).fit(points).kneighbors(None, return_distance=False)


kept = [len(numpy.intersect1d(a, b)) / 10 for a, b in zip(nearest(rows), nearest(layout))]
golden = {
    "versions": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
    "rows": rows.tolist(),
    "map": layout.tolist(),
    "trustworthiness": float(trustworthiness(rows, layout, n_neighbors=10)),
    "continuity": float(trustworthiness(layout, rows, n_neighbors=10)),
    "kept": float(numpy.mean(kept)),
}
pathlib.Path(sys.argv[1], "map-quality.json").write_text(json.dumps(golden) + "\n")
