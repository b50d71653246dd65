"""Probes of Patchlens beside scikit-learn: same data, same strength, one thread each, one after the other.

usage: python benchmarks/probe/peers.py CLASSPATH [logistic2|logistic10|layers|permutation ...]
CLASSPATH holds the built core module and its libraries. Versions: numpy 2, scikit-learn 1.8.
A ratio counts only if both losses agree: scikit-learn runs with ever smaller tolerances, in double precision after the
default (in single its line search gives up early), until its objective is within 1e-6 (relative) of the smaller one.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FOLDER = os.environ.get("BENCH_DATA", os.path.join(tempfile.gettempdir(), "probe-bench"))
STRENGTHS = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0]


def data(n, d, k, seed=1):
    """Clusters in a space where few directions vary much, as embeddings do; classes with 5 or 10 % noise."""
    r = np.random.default_rng(seed)
    spectrum = 1 / np.arange(1, d // 6 + 1) ** 0.6
    basis = np.linalg.qr(r.normal(size=(d, len(spectrum))))[0].T
    cluster = r.choice(30, n, p=r.dirichlet(np.full(30, 1.5)))
    centers = r.normal(size=(6, len(spectrum)))[np.arange(30) % 6] * spectrum * 6
    centers = centers + r.normal(size=(30, len(spectrum))) * spectrum * 3.5
    x = (centers[cluster] + r.normal(size=(n, len(spectrum))) * spectrum) @ basis + 0.03 * r.normal(size=(n, d))
    y = cluster % 10 if k == 10 else ((x - x.mean(0)) @ r.normal(size=d) > 0).astype(int)
    noisy = r.random(n) < (0.05 if k == 10 else 0.1)
    y[noisy] = r.integers(0, k, noisy.sum())
    x = ((x - x.mean(0)) / x.std(0)).astype(np.float32)
    np.save(f"{FOLDER}/rows.npy", np.ascontiguousarray(x, np.float32))
    np.save(f"{FOLDER}/classes.npy", y.astype(np.float32)[:, None])
    return x, y


def java(what, strength, threads=1, repeats=2):
    run = subprocess.run(
        ["java", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx3g", "-cp",
         sys.argv[1], os.path.join(os.path.dirname(__file__), "Measure.java"), what, f"{FOLDER}/rows.npy",
         f"{FOLDER}/classes.npy", str(strength), str(threads), str(repeats)], capture_output=True, text=True)
    lines = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    if not lines:
        sys.exit(run.stderr)
    for line in lines:
        print(json.dumps(line), flush=True)
    return lines[-1]


def clock(work):
    cpu, wall = time.process_time(), time.time()
    result = work()
    return result, time.time() - wall, time.process_time() - cpu


def report(what, wall, cpu, **more):
    print(json.dumps({"who": "scikit-learn", "what": what, "wall_s": round(wall, 2), "cpu_s": round(cpu, 2),
                      "load": round(os.getloadavg()[0], 1), **more}), flush=True)


def logistic(k):
    x, y = data(50000, 768, k)
    ours = java("logistic", 1.0)
    for dtype, tolerance in ((np.float32, 1e-4), (np.float64, 1e-4), (np.float64, 1e-5), (np.float64, 1e-6)):
        typed = x.astype(dtype)
        fit, wall, cpu = clock(lambda: LogisticRegression(C=1.0, tol=tolerance, max_iter=20000).fit(typed, y))
        p = fit.predict_proba(x.astype(np.float64))[np.arange(len(y)), y]
        objective = float(-np.log(p).sum() + (fit.coef_.astype(np.float64) ** 2).sum() / 2)
        report(f"logistic{k}", wall, cpu, dtype=dtype.__name__, tolerance=tolerance, objective=round(objective, 5), iterations=int(fit.n_iter_[0]))
        least = min(objective, ours["objective"])
        if objective <= least * (1 + 1e-6):
            assert ours["objective"] <= least * (1 + 1e-6), "ours is above"
            print(f"logistic{k}: scikit-learn / patchlens at equal loss: wall {wall / ours['wall_s']:.1f}, cpu {cpu / ours['cpu_s']:.1f}")
            return


def layers():
    x, y = data(217, 192, 2)
    ours = java("layers", 1, repeats=3)
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000))

    def work():
        for train, _ in KFold(5, shuffle=True, random_state=0).split(x):
            GridSearchCV(pipeline, {"logisticregression__C": STRENGTHS}, cv=3, scoring="neg_log_loss").fit(x[train], y[train])

    _, wall, cpu = clock(work)
    report("layers, 1 of 12", wall, cpu)
    print(f"layers: scikit-learn x 12 / patchlens: wall {12 * wall / ours['wall_s']:.1f}, cpu {12 * cpu / ours['cpu_s']:.1f}")


def permutation():
    data(1000, 768, 2)
    java("permutation", 1, repeats=3)


os.makedirs(FOLDER, exist_ok=True)
for what in sys.argv[2:] or ["logistic2", "logistic10", "layers", "permutation"]:
    {"logistic2": lambda: logistic(2), "logistic10": lambda: logistic(10), "layers": layers, "permutation": permutation}[what]()
