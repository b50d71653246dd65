#!/usr/bin/env python3
"""Golden file of the files that `patchlens phantom` writes: what nibabel and Pillow read from small ones.

Made with nibabel 5.4.2, numpy 2.4.6 and Pillow 13.0.0.

    ./mvnw -pl core test -Dtest=WrittenFilesTest
    python tools/reference/phantom_files.py

reads core/target/phantom-files, which that test leaves behind, and writes
core/src/test/resources/org/patchlens/phantom/file/read.json: for each file its values in its own order, and for volumes
the SHA-256 of what is inside the compression, type, shape, zooms, units, axis codes and the affine map.
"""

import gzip
import hashlib
import json
import pathlib

import nibabel
import numpy
from PIL import Image

CORE = pathlib.Path(__file__).parents[2] / "core"
SOURCE = CORE / "target/phantom-files"
TARGET = CORE / "src/test/resources/org/patchlens/phantom/file/read.json"


def volume(path):
    image = nibabel.load(path)
    values = numpy.asanyarray(image.dataobj)
    return {
        "sha256": hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest(),
        "type": str(values.dtype),
        "shape": list(values.shape),
        "zooms": [float(zoom) for zoom in image.header.get_zooms()],
        "units": image.header.get_xyzt_units()[0],
        "axes": "".join(nibabel.aff2axcodes(image.affine)),
        "affine": image.affine[:3].ravel().tolist(),
        "values": values.ravel(order="F").tolist(),
    }


def picture(path):
    return {"values": numpy.asarray(Image.open(path)).ravel().tolist()}


def main():
    read = {path.name: volume(path) for path in sorted(SOURCE.glob("*.nii.gz"))}
    read |= {path.name: picture(path) for path in sorted(SOURCE.glob("*.png"))}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(read) + "\n")


if __name__ == "__main__":
    main()
