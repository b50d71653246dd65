#!/usr/bin/env python3
"""Writes what nibabel and numpy make of the NIfTI files of the shared data, and of random affine maps.

Needs: nibabel 5.4.2, numpy 2.4.6 (the versions that ran are written into the golden files).

For every readable file and every plane: width, height and SHA-256 of the middle slice of the first volume as it is
shown (float32, little endian, row by row; the bytes themselves for colours, the magnitude of complex numbers), after nibabel's as_closest_canonical.
Radiological convention: the left of an axial or coronal picture is the patient's right, the left of a sagittal picture
is the front, the top is the front (axial) or the head.

    python3 tools/reference/nifti_slices.py SHARED/data/nifti models/src/test/resources/nifti
"""

import csv
import hashlib
import json
import pathlib
import sys

import nibabel
import numpy

PLANES = {"axial": (2, 1, 0), "coronal": (1, 2, 0), "sagittal": (0, 2, 1)}


def shown(block, plane):
    """The middle slice of a canonical block [right, anterior, superior(, colour)] as a picture [row, column(, colour)]."""
    normal, vertical, horizontal = PLANES[plane]
    slice_ = numpy.take(block, block.shape[normal] // 2, axis=normal)
    if vertical > horizontal:
        slice_ = numpy.swapaxes(slice_, 0, 1)
    return slice_[::-1, ::-1]


def first_volume(image):
    block = numpy.asanyarray(image.dataobj)
    if block.dtype.names:
        return numpy.stack([block[name] for name in "RGB"], axis=-1)
    if numpy.iscomplexobj(block):
        values = numpy.abs(block.astype(numpy.complex128))
    else:
        values = image.get_fdata(dtype=numpy.float64)
    while values.ndim > 3:
        values = values[..., 0]
    while values.ndim < 3:
        values = values[..., None]
    return values.astype(numpy.float32)


def slices(path):
    image = nibabel.load(path)
    block = first_volume(image)
    orientation = nibabel.orientations.io_orientation(image.affine)
    canonical = nibabel.orientations.apply_orientation(block, orientation)
    affine = image.affine @ nibabel.orientations.inv_ornt_aff(orientation, block.shape[:3])
    result = {"axcodes": "".join(nibabel.aff2axcodes(image.affine)), "affine": affine[:3].ravel().tolist()}
    for plane in PLANES:
        picture = shown(canonical, plane)
        content = numpy.ascontiguousarray(picture).astype(picture.dtype.newbyteorder("<"))
        result[plane] = {
            "width": picture.shape[1],
            "height": picture.shape[0],
            "sha256": hashlib.sha256(content.tobytes()).hexdigest(),
        }
    return result


def random_orientations(count):
    """Rotations with positive spacings and reflections, and nibabel's axis codes for them."""
    random = numpy.random.default_rng(4)
    cases = []
    for _ in range(count):
        q, _ = numpy.linalg.qr(random.normal(size=(3, 3)))
        affine = numpy.eye(4)
        affine[:3, :3] = q * random.uniform(0.3, 5, size=3)
        affine[:3, 3] = random.normal(size=3) * 100
        cases.append({"affine": affine[:3].ravel().tolist(), "axcodes": "".join(nibabel.aff2axcodes(affine))})
    return cases


def main(source, target):
    versions = {"nibabel": nibabel.__version__, "numpy": numpy.__version__}
    files = {}
    with open(source / "MANIFEST.csv", newline="") as manifest:
        for row in csv.DictReader(manifest):
            if row["expected"] == "good" or "complex" in row["dtype"]:
                files[row["file"]] = slices(source / row["file"])
    (target / "slices.json").write_text(json.dumps({"versions": versions, "files": files}, indent=1) + "\n")
    orientations = {"versions": versions, "cases": random_orientations(60)}
    (target / "orientations.json").write_text(json.dumps(orientations) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
