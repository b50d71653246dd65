"""Fuzzy graph and curves of umap-learn, as an oracle for UMAP.

Written with: numpy 2.4.6, umap-learn 0.5.12.
Usage: umap_graph.py OUTPUT_FOLDER
Writes umap.json: 300 rows in six clusters, ten of them equal to others; the fuzzy union of the exact graph of 10 neighbours (the
point itself counted); a and b for several smallest distances; and of umap-learn's own map of the rows in two dimensions the
trustworthiness and the share of the 10 nearest neighbours that are kept.
"""

import importlib.metadata
import json
import pathlib
import sys

import numpy
import umap
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors
from umap.umap_ import find_ab_params, fuzzy_simplicial_set

random = numpy.random.default_rng(7)
centers = random.standard_normal((6, 8)) * 3
rows = (centers[numpy.arange(300) % 6] + random.standard_normal((300, 8)) * numpy.geomspace(1, 0.3, 8)).round(3).astype(numpy.float32)
rows[290:] = rows[:10]
# the graph as ours orders it: the point itself first, equal distances by number
distances = numpy.sqrt(((rows[:, None].astype(float) - rows[None]) ** 2).sum(-1))
numpy.fill_diagonal(distances, -1)
order = numpy.argsort(distances, axis=1, kind="stable")[:, :10]
nearest = numpy.take_along_axis(distances, order, 1)
nearest[:, 0] = 0
graph, _, _ = fuzzy_simplicial_set(
    rows, 10, numpy.random.RandomState(0), "euclidean", knn_indices=order, knn_dists=nearest.astype(numpy.float32)
)[:3]
graph = graph.tocoo()


def kept(map_of_rows):
    before = NearestNeighbors(n_neighbors=11).fit(rows).kneighbors(rows)[1]
    after = NearestNeighbors(n_neighbors=11).fit(map_of_rows).kneighbors(map_of_rows)[1]
    return float(numpy.mean([len(set(b) - {i} & set(a) - {i}) / 10 for i, (b, a) in enumerate(zip(before, after))]))


maps = [umap.UMAP(n_neighbors=15, random_state=seed, n_jobs=1).fit_transform(rows) for seed in range(3)]
golden = {
    "versions": {name: importlib.metadata.version(name) for name in ("numpy", "umap-learn")},
    "rows": rows.astype(float).round(3).tolist(),
    "graph": [[int(i), int(j), round(float(w), 7)] for i, j, w in zip(graph.row, graph.col, graph.data) if i < j],
    "curves": [[d, *map(float, find_ab_params(1.0, d))] for d in (0.0, 0.01, 0.1, 0.25, 0.5, 0.9, 1.0)],
    "trustworthiness": float(numpy.mean([trustworthiness(rows, m, n_neighbors=10) for m in maps])),
    "neighborsKept": float(numpy.mean([kept(m) for m in maps])),
}
pathlib.Path(sys.argv[1], "umap.json").write_text(json.dumps(golden) + "\n")
