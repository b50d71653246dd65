"""Joint probabilities and divergence of openTSNE, as an oracle for t-SNE.

Written with: numpy 2.4.6, openTSNE 1.0.4.
Usage: tsne.py OUTPUT_FOLDER
Writes tsne.json: 500 rows in ten clusters; P at perplexity 12 of the first 60 rows; the divergences, in two dimensions by
interpolation and in three by Barnes-Hut, at perplexity 30 after 250 + 500 iterations.
"""

import importlib.metadata
import json
import pathlib
import sys

import numpy
import openTSNE

random = numpy.random.default_rng(5)
centers = random.standard_normal((10, 8)) * 3
rows = (centers[numpy.arange(500) % 10] + random.standard_normal((500, 8)) * numpy.geomspace(1, 0.3, 8)).round(3)
few = rows[:60]
joint = openTSNE.affinity.PerplexityBasedNN(few, perplexity=12, method="exact", n_jobs=1).P.tocoo()
divergences = {}
for axes, method in ((2, "fft"), (3, "bh")):
    tsne = openTSNE.TSNE(n_components=axes, perplexity=30, negative_gradient_method=method, random_state=1, n_jobs=1)
    divergences[str(axes)] = float(tsne.fit(rows).kl_divergence)
golden = {
    "versions": {name: importlib.metadata.version(name) for name in ("numpy", "opentsne")},
    "rows": rows.tolist(),
    "joint": [[int(i), int(j), float(p)] for i, j, p in zip(joint.row, joint.col, joint.data)],
    "divergences": divergences,
}
pathlib.Path(sys.argv[1], "tsne.json").write_text(json.dumps(golden) + "\n")
