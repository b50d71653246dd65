#!/usr/bin/env python3
"""Writes the golden files of PreprocessingGoldenTest: what the image processors of transformers make of synthetic images.

Pinned: transformers 5.23, torch 2.15, torchvision 0.29, Pillow 13.0, numpy. The versions that ran stand in golden.json.
The backend of torchvision is the one that AutoImageProcessor takes where torchvision is installed. It needs a CPU with
AVX2 (torchvision resizes bytes as bytes only there).

    python tools/reference/preprocess.py models/src/test/resources/org/patchlens/preprocess [CXR]

With the folder CXR of the shared X-rays, xrays.json is written too: checksums of real images, no pixels.
"""
import json
import sys
import zlib
from pathlib import Path

import numpy as np
import PIL
import PIL.Image
import torch
import torchvision
import transformers
from transformers import (BeitImageProcessor, BitImageProcessor, CLIPImageProcessor, DeiTImageProcessor,
                          SiglipImageProcessor, ViTImageProcessor)
from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.deit.image_processing_pil_deit import DeiTImageProcessorPil
from transformers.models.dinov3_vit.image_processing_dinov3_vit import DINOv3ViTImageProcessor
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil


def pattern(height, width, channels, seed):
    """A picture with edges, slopes and noise, from integers only, so that Java draws the same one."""
    y, x, c = np.mgrid[0:height, 0:width, 0:channels].astype(np.int64)
    noise = ((x * 73856093) ^ (y * 19349663) ^ (c * 83492791) ^ (seed * 2654435761)) & 0xFFFFFFFF
    noise = ((noise * 1103515245 + 12345) & 0x7FFFFFFF) >> 16 & 63
    slope = (x * 5 + y * 3 + c * 40) % 193
    edge = np.where(((x // 9) + (y // 7)) % 2 == 0, 0, 60)
    return np.clip(slope + edge + noise - 20, 0, 255).astype(np.uint8)



SMALL = {"height": 32, "width": 32}
CROP = {"height": 26, "width": 26}
PROCESSORS = {
    "vit": (ViTImageProcessor, dict(size=SMALL)),
    "vit-pil": (ViTImageProcessorPil, dict(size=SMALL)),
    "vit-wide": (ViTImageProcessor, dict(size={"height": 24, "width": 37}, resample=3)),
    "vit-pil-wide": (ViTImageProcessorPil, dict(size={"height": 24, "width": 37}, resample=3)),
    "vit-pil-lanczos": (ViTImageProcessorPil, dict(size=SMALL, resample=1)),
    "vit-pil-box": (ViTImageProcessorPil, dict(size=SMALL, resample=4)),
    "vit-pil-hamming": (ViTImageProcessorPil, dict(size=SMALL, resample=5)),
    "vit-pil-nearest": (ViTImageProcessorPil, dict(size=SMALL, resample=0)),
    "vit-nearest": (ViTImageProcessor, dict(size=SMALL, resample=0)),
    "vit-lanczos": (ViTImageProcessor, dict(size=SMALL, resample=1)),
    "vit-not-resized": (ViTImageProcessor, dict(do_resize=False, do_center_crop=True, crop_size=CROP)),
    "vit-pil-not-resized": (ViTImageProcessorPil, dict(do_resize=False, do_center_crop=True, crop_size=CROP)),
    "vit-not-normalized": (ViTImageProcessor, dict(size=SMALL, do_normalize=False)),
    "vit-not-rescaled": (ViTImageProcessor, dict(size=SMALL, do_rescale=False, do_normalize=False)),
    "deit": (DeiTImageProcessor, dict(size=SMALL, crop_size=CROP)),
    "deit-pil": (DeiTImageProcessorPil, dict(size=SMALL, crop_size=CROP)),
    "bit": (BitImageProcessor, dict(size={"shortest_edge": 31}, crop_size=CROP,
                                    image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225])),
    "bit-pil": (BitImageProcessorPil, dict(size={"shortest_edge": 31}, crop_size=CROP)),
    "clip": (CLIPImageProcessor, dict(size={"shortest_edge": 26}, crop_size=CROP)),
    "clip-pil": (CLIPImageProcessorPil, dict(size={"shortest_edge": 26}, crop_size=CROP)),
    "siglip": (SiglipImageProcessor, dict(size=SMALL)),
    "siglip-pil": (SiglipImageProcessorPil, dict(size=SMALL)),
    "dinov3": (DINOv3ViTImageProcessor, dict(size=SMALL)),
    "beit": (BeitImageProcessor, dict(size=SMALL)),
}

# height, width, channels: portrait, landscape, odd, enlarged, shrunk up to eight times, one pixel wide, grey
IMAGES = [(61, 47, 3), (47, 61, 3), (97, 131, 1), (30, 21, 3), (64, 384, 3), (390, 333, 1), (50, 1, 3), (1, 37, 1),
          (32, 32, 3)]


def main(folder):
    pixels = bytearray()
    cases = []
    for name, (cls, settings) in PROCESSORS.items():
        processor = cls(**settings)
        for seed, (height, width, channels) in enumerate(IMAGES):
            if height * 30 < width and "shortest_edge" in str(settings):
                continue
            array = pattern(height, width, channels, seed)
            rgb = np.repeat(array, 3, axis=2) if channels == 1 else array
            values = processor(PIL.Image.fromarray(rgb), return_tensors="np")["pixel_values"][0]
            values = np.asarray(values, dtype=np.float32)
            # The bytes before normalizing; DINOv3 never rounds, its values are kept with two more digits.
            stored = dict(processor.to_dict())
            factor = stored.get("rescale_factor", 1 / 255) if stored.get("do_rescale") else 1
            mean, std = stored["image_mean"], stored["image_std"]
            if not stored.get("do_normalize"):
                mean, std = [0, 0, 0], [1, 1, 1]
            raw = (values * np.array(std)[:, None, None] + np.array(mean)[:, None, None]) / factor
            exact = "dinov3" not in name
            assert not exact or np.abs(raw - np.round(raw)).max() < 1e-3, name
            # One channel of a grey image is enough: the three are checked to be equal.
            kept = raw[:1] if channels == 1 else raw
            bytes_ = np.clip(np.round(kept), 0, 255).astype(np.uint8)
            cases.append({
                "processor": name, "height": height, "width": width, "channels": channels, "seed": seed,
                "outHeight": int(values.shape[1]), "outWidth": int(values.shape[2]), "offset": len(pixels),
                "first": [float(v) for v in values[:, 0, 0]],
                "last": [float(v) for v in values[:, -1, -1]],
                "middle": [float(v) for v in values[:, values.shape[1] // 2, values.shape[2] // 3]],
            })
            pixels += bytes_.tobytes()
    configs = {}
    for name, (cls, settings) in PROCESSORS.items():
        stored = json.loads(cls(**settings).to_json_string())
        stored["image_processor_type"] = cls.__name__
        configs[name] = stored
    versions = {m.__name__: m.__version__ for m in (transformers, torch, torchvision, PIL, np)}
    folder = Path(folder)
    (folder / "golden.json").write_text(
        json.dumps({"versions": versions, "configs": configs, "cases": cases}, separators=(",", ":")).replace("},{", "},\n{") + "\n")
    (folder / "golden.bin").write_bytes(bytes(pixels))
    print(len(cases), "cases,", len(pixels), "bytes")


def xrays(folder, cxr):
    processors = {
        "vit-224": ViTImageProcessor(),
        "vit-448": ViTImageProcessor(size={"height": 448, "width": 448}),
        "vit-pil-224": ViTImageProcessorPil(),
        "bit-256": BitImageProcessor(size={"shortest_edge": 256}),
        "clip-pil": CLIPImageProcessorPil(),
    }
    cases = []
    for path in sorted(Path(cxr, "images").iterdir())[::18]:
        image = PIL.Image.open(path)
        assert image.mode == "L", path
        for name, processor in processors.items():
            values = processor(image.convert("RGB"), do_rescale=False, do_normalize=False,
                               return_tensors="np")["pixel_values"][0]
            view = np.asarray(values).astype(np.uint8)
            assert (view[0] == view[2]).all()
            cases.append({"file": f"images/{path.name}", "processor": name, "crc32": zlib.crc32(view[0].tobytes())})
    configs = {}
    for name, processor in processors.items():
        configs[name] = json.loads(processor.to_json_string())
        configs[name]["image_processor_type"] = type(processor).__name__
    (Path(folder) / "xrays.json").write_text(json.dumps({"configs": configs, "cases": cases}, indent=1) + "\n")
    print(len(cases), "X-ray cases")


if __name__ == "__main__":
    main(sys.argv[1])
    if len(sys.argv) > 2:
        xrays(sys.argv[1], sys.argv[2])
