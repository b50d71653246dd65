#!/usr/bin/env python3
"""Puts a trained model into the program: its files beside the model card, and the list of checksums.

    python tools/train/bundle.py WORK/patchlens-tiny
"""

import hashlib
import pathlib
import shutil
import sys

TARGET = (
    pathlib.Path(__file__).parents[2] / "models/src/main/resources/org/patchlens/model/bundled/patchlens-tiny"
)
TRAINED = ("config.json", "model.safetensors", "preprocessor_config.json")
CARD = "README.md"


def main():
    source = pathlib.Path(sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in TRAINED:
        shutil.copyfile(source / name, TARGET / name)
    sums = {name: hashlib.sha256((TARGET / name).read_bytes()).hexdigest() for name in (CARD, *TRAINED)}
    (TARGET / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))


if __name__ == "__main__":
    main()
