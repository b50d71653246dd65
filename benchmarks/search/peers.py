"""Measures peers on the file that Measure.java measures, and makes such files.

Needs: numpy, faiss-cpu, hnswlib.
Usage: peers.py make ROWS DIMENSIONS OUTPUT.npy     rows of length 1 in 64 groups of different size
       peers.py unit INPUT.npy OUTPUT.npy           rows of a file, less their mean, at length 1, in random order
       peers.py flat|faiss|hnswlib INPUT.npy        the last 1,000 rows are queries; flat is the graph of 90 neighbours
One thread, so that the time is that of a query and not of a batch.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

QUERIES = 1000


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def report(**fields):
    print(json.dumps(fields | {"load": os.getloadavg()[0]}), flush=True)


def make(count, dimensions, target):
    random = np.random.default_rng(1)
    groups = random.choice(64, size=count, p=random.dirichlet(np.ones(64)))
    centers = random.standard_normal((64, dimensions)) * 0.6
    bases = random.standard_normal((64, 24, dimensions)) * 0.3
    inner = random.standard_normal((count, 24)) / (1 + np.arange(24) / 6)
    rows = centers[groups] + 0.15 * random.standard_normal((count, dimensions))
    for group in range(64):
        rows[groups == group] += inner[groups == group] @ bases[group]
    np.save(target, unit(rows))


def sweep(name, rows, ask, set_width):
    data, queries = rows[:-QUERIES], rows[-QUERIES:]
    truth = np.argsort(-(queries @ data.T), axis=1)[:, :10]
    for width in (10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512):
        set_width(width)
        found = ask(queries)
        times, used = [], time.process_time()
        for _ in range(5):
            begin = time.perf_counter()
            found = ask(queries)
            times.append(time.perf_counter() - begin)
        used = time.process_time() - used
        recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found, truth)])
        report(peer=name, width=width, recall10=round(float(recall), 4), us_per_query=round(1e6 * sorted(times)[2] / QUERIES), cpu_us_per_query=round(1e6 * used / QUERIES / 5))
        if recall > 0.99:
            break


def main():
    method = sys.argv[1]
    if method == "make":
        return make(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    rows = np.load(sys.argv[2])
    if method == "unit":
        rows = rows.astype(np.float32)
        return np.save(sys.argv[3], np.random.default_rng(2).permutation(unit(rows - rows.mean(axis=0))))
    data = rows[:-QUERIES]
    if method == "flat":
        import faiss

        faiss.omp_set_num_threads(1)
        index = faiss.IndexFlatL2(rows.shape[1])
        index.add(rows)
        begin, cpu = time.perf_counter(), time.process_time()
        index.search(rows, 91)
        report(peer="faiss IndexFlatL2", wall_s=round(time.perf_counter() - begin, 1), cpu_s=round(time.process_time() - cpu, 1))
    elif method == "faiss":
        import faiss

        faiss.omp_set_num_threads(1)
        index = faiss.IndexHNSWFlat(rows.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 100
        begin = time.process_time()
        index.add(data)
        report(peer="faiss HNSW 32", build_cpu_s=round(time.process_time() - begin, 1))
        sweep("faiss HNSW 32", rows, lambda q: index.search(q, 10)[1], lambda w: setattr(index.hnsw, "efSearch", w))
    elif method == "hnswlib":
        import hnswlib

        index = hnswlib.Index(space="ip", dim=rows.shape[1])
        index.init_index(max_elements=len(data), ef_construction=100, M=16)
        index.set_num_threads(1)
        begin = time.process_time()
        index.add_items(data, num_threads=1)
        report(peer="hnswlib 16", build_cpu_s=round(time.process_time() - begin, 1))
        sweep("hnswlib 16", rows, lambda q: index.knn_query(q, 10, num_threads=1)[0], index.set_ef)


main()
