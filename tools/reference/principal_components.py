"""Principal components of scikit-learn, as an oracle for PrincipalComponents.

Written with: numpy 2.4.6, scikit-learn 1.9.1.
Usage: principal_components.py OUTPUT_FOLDER
Writes principal-components.json: the rows, and PCA(n_components=5, svd_solver="full") of them in double precision.
"""

import json
import pathlib
import sys

import numpy
import sklearn
from sklearn.decomposition import PCA

random = numpy.random.default_rng(20)
rows = (random.standard_normal((60, 12)) * numpy.geomspace(3, 0.1, 12)) @ random.standard_normal((12, 12)) + 7
rows = rows.astype(numpy.float32)
pca = PCA(n_components=5, svd_solver="full").fit(rows.astype(numpy.float64))
golden = {
    "versions": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
    "rows": rows.tolist(),
    "mean": pca.mean_.tolist(),
    "components": pca.components_.tolist(),
    "variances": pca.explained_variance_.tolist(),
    "totalVariance": float(pca.explained_variance_.sum() / pca.explained_variance_ratio_.sum()),
    "scores": pca.transform(rows.astype(numpy.float64)).tolist(),
}
pathlib.Path(sys.argv[1], "principal-components.json").write_text(json.dumps(golden) + "\n")
