"""k-means, HDBSCAN, silhouette and adjusted Rand index by scikit-learn, as oracles for org.patchlens.cluster.

Written with: numpy 2.4.6, scikit-learn 1.9.1.
Usage: clusters.py OUTPUT_FOLDER
Writes clusters.json: 460 rows (five groups of different size and density, and points between them), the smallest
inertia of ten starts of KMeans for several numbers of clusters, labels and probabilities of HDBSCAN for several
settings, the silhouette of one grouping by cluster and in all, and the adjusted Rand index of two.
"""

import json
import pathlib
import sys

import numpy
import sklearn
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_samples, silhouette_score

random = numpy.random.default_rng(23)
groups = [(150, 1.0), (120, 0.5), (80, 0.3), (40, 0.2), (20, 0.15)]
centers = 4 * random.standard_normal((len(groups), 4))
rows = numpy.vstack(
    [center + spread * random.standard_normal((size, 4)) for center, (size, spread) in zip(centers, groups)]
    + [random.uniform(-9, 9, (50, 4))]
).round(3)


def hdbscan(size, samples, method):
    found = HDBSCAN(
        min_cluster_size=size, min_samples=samples, cluster_selection_method=method, algorithm="brute", copy=True
    ).fit(rows)
    return {
        "minClusterSize": size,
        "minSamples": samples,
        "selection": method,
        "labels": found.labels_.tolist(),
        "probabilities": found.probabilities_.round(9).tolist(),
    }


five = KMeans(5, n_init=10, random_state=1).fit(rows).labels_
eight = KMeans(8, n_init=10, random_state=1).fit(rows).labels_
samples = silhouette_samples(rows, five)
golden = {
    "versions": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
    "rows": rows.tolist(),
    "inertia": {
        str(k): float(KMeans(k, n_init=10, random_state=0, tol=0).fit(rows).inertia_) for k in (2, 3, 5, 8, 13, 30)
    },
    "hdbscan": [
        hdbscan(10, 5, "eom"), hdbscan(10, 5, "leaf"), hdbscan(25, 10, "eom"), hdbscan(5, 2, "leaf"),
        hdbscan(15, 15, "eom"),
    ],
    "five": five.tolist(),
    "eight": eight.tolist(),
    "silhouette": float(silhouette_score(rows, five)),
    "silhouettes": [float(samples[five == k].mean()) for k in range(5)],
    "adjustedRand": float(adjusted_rand_score(five, eight)),
}
pathlib.Path(sys.argv[1], "clusters.json").write_text(json.dumps(golden) + "\n")
