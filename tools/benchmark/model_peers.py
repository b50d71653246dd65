"""ONNX Runtime and PyTorch (SDPA) on one Vision Transformer, for ModelBenchmark, which asks line by line.

    python tools/benchmark/model_peers.py MODEL GRAPH WEIGHTS_FOLDER THREADS IMAGES

"gate torch FILE" reads an image's numbers from a file and writes its last tokens in their place; "onnxruntime N" and
"torch N" are answered with the seconds that IMAGES inputs of zeros take, N at a time. GRAPH is the one that Patchlens runs.

Versions used for the published figures: torch 2.15.0, transformers 5.23.0, onnxruntime 1.32.0.
"""

import sys
import time

import numpy
import onnxruntime
import torch
from transformers import AutoModel

model_folder, graph, weights_folder = sys.argv[1:4]
threads, images = int(sys.argv[4]), int(sys.argv[5])

torch.set_num_threads(threads)
model = AutoModel.from_pretrained(model_folder, attn_implementation="sdpa", dtype=torch.float32).eval()
side = model.config.image_size

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
options.add_session_config_entry("session.model_external_initializers_file_folder_path", weights_folder)
with open(graph, "rb") as file:
    session = onnxruntime.InferenceSession(file.read(), options, providers=["CPUExecutionProvider"])


def run_torch(pixels):
    with torch.inference_mode():
        return model(torch.from_numpy(pixels)).last_hidden_state.numpy()


def run_onnxruntime(pixels):
    return session.run(None, {session.get_inputs()[0].name: pixels})[0]


RUNS = {"torch": run_torch, "onnxruntime": run_onnxruntime}

for line in sys.stdin:
    name, rest = line.rstrip("\n").split(" ", 1)
    if name == "gate":
        peer, file = rest.split(" ", 1)
        pixels = numpy.fromfile(file, numpy.float32).reshape(1, 3, side, side)
        RUNS[peer](pixels).tofile(file)
        print(0, flush=True)
        continue
    size = min(int(rest), images)
    pixels = numpy.zeros((size, 3, side, side), numpy.float32)
    begin = time.perf_counter()
    for first in range(0, images, size):
        RUNS[name](pixels[: min(size, images - first)])
    print(time.perf_counter() - begin, flush=True)
