"""ONNX Runtime and PyTorch (SDPA) on one Vision Transformer, for ModelBenchmark, which asks line by line.

    python tools/benchmark/model_peers.py MODEL GRAPH WEIGHTS_FOLDER THREADS IMAGES

"gate" is answered with the mean magnitude of the last tokens of a black input; "onnxruntime N" and "torch N" with the
seconds that IMAGES inputs take, N at a time. GRAPH is the one that Patchlens runs.

Versions used for the published figures: torch 2.15.0, transformers 5.23.0, onnxruntime 1.30.0.
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


def run_torch(batch):
    with torch.inference_mode():
        return model(torch.zeros(batch, 3, side, side)).last_hidden_state


def run_onnxruntime(batch):
    return session.run(None, {session.get_inputs()[0].name: numpy.zeros((batch, 3, side, side), numpy.float32)})


RUNS = {"torch": run_torch, "onnxruntime": run_onnxruntime}

for line in sys.stdin:
    name, *batch = line.split()
    if name == "gate":
        print(run_torch(1).abs().mean().item(), flush=True)
        continue
    size = min(int(batch[0]), images)
    begin = time.perf_counter()
    for first in range(0, images, size):
        RUNS[name](min(size, images - first))
    print(time.perf_counter() - begin, flush=True)
