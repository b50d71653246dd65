"""Measures one method of a peer on the rows of an npy file and prints one line of JSON, as Measure.java does for ours.

Needs: numpy, scikit-learn, faiss-cpu, openTSNE, umap-learn.
Usage: OMP_NUM_THREADS=1 peers.py METHOD INPUT.npy OUTPUT.npy
One thread gives the honest CPU time on a machine that does other work: the workers of OpenMP spin while they wait.
"""

import json
import os
import resource
import sys
import time

THREADS = int(os.environ.setdefault("OMP_NUM_THREADS", "1"))
for variable in ("OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(variable, str(THREADS))

import numpy

method, source, target = sys.argv[1:4]
rows = numpy.load(source)


def knn_faiss(k):
    import faiss

    faiss.omp_set_num_threads(THREADS)
    index = faiss.IndexFlatL2(rows.shape[1])
    return lambda: (index.add(rows), index.search(rows, k + 1)[1][:, 1:].astype(numpy.float32))[1]


def knn_ivf(k):
    import faiss

    faiss.omp_set_num_threads(THREADS)

    def search():
        cells = int(4 * numpy.sqrt(len(rows)))
        quantizer = faiss.IndexFlatL2(rows.shape[1])
        index = faiss.IndexIVFFlat(quantizer, rows.shape[1], cells)
        index.train(rows)
        index.add(rows)
        index.nprobe = max(8, cells // 40)
        return index.search(rows, k + 1)[1][:, 1:].astype(numpy.float32)

    return search


def pca():
    from sklearn.decomposition import PCA

    return lambda: PCA(50, svd_solver="covariance_eigh").fit_transform(rows)


def tsne_opentsne(dimensions):
    import openTSNE

    return lambda: numpy.asarray(
        openTSNE.TSNE(
            n_components=dimensions, perplexity=30, n_jobs=THREADS, random_state=0,
            negative_gradient_method="fft" if dimensions == 2 else "bh",
        ).fit(rows)
    )


def tsne_sklearn(dimensions):
    from sklearn.manifold import TSNE

    return lambda: TSNE(dimensions, perplexity=30, n_jobs=THREADS, random_state=0).fit_transform(rows)


def umap_learn(seed):
    import umap

    umap.UMAP(random_state=seed, n_jobs=THREADS).fit_transform(rows[:5000])
    return lambda: umap.UMAP(random_state=seed, n_jobs=THREADS).fit_transform(rows)


def kmeans():
    from sklearn.cluster import KMeans

    def group():
        found = KMeans(30, n_init=1, random_state=0).fit(rows)
        print("inertia", found.inertia_, "iterations", found.n_iter_, file=sys.stderr)
        return found.labels_[None, :]

    return group


def hdbscan():
    from sklearn.cluster import HDBSCAN

    return lambda: HDBSCAN(min_cluster_size=50, min_samples=10, n_jobs=THREADS, copy=True).fit(rows).labels_[None, :]


METHODS = {
    "pca50": pca,
    "knn90_faiss_flat": lambda: knn_faiss(90),
    "knn15_faiss_flat": lambda: knn_faiss(15),
    "knn90_faiss_ivf": lambda: knn_ivf(90),
    "tsne2_opentsne": lambda: tsne_opentsne(2),
    "tsne3_opentsne": lambda: tsne_opentsne(3),
    "tsne2_sklearn": lambda: tsne_sklearn(2),
    "tsne3_sklearn": lambda: tsne_sklearn(3),
    "umap": lambda: umap_learn(None),
    "umap_seeded": lambda: umap_learn(1),
    "kmeans30": kmeans,
    "hdbscan": hdbscan,
}


def cpu():
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


work = METHODS[method]()
cpu_before, wall_before = cpu(), time.perf_counter()
result = work()
line = {
    "method": method, "n": rows.shape[0], "d": rows.shape[1], "threads": THREADS,
    "wall_s": round(time.perf_counter() - wall_before, 2), "cpu_s": round(cpu() - cpu_before, 2),
    "load": round(os.getloadavg()[0], 1),
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}
print(json.dumps(line))
numpy.save(target, numpy.asarray(result, numpy.float32))
