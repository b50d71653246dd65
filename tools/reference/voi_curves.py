#!/usr/bin/env python3
"""Writes small DICOM files with windows and VOI tables, and what pydicom's apply_voi_lut makes of them.

Needs: pydicom 3.0.2, numpy 2.4.6 (the versions that ran are written into the golden file).

Each case: the file in base64 and the share of white, 0 to 1, of each pixel. Files of MONOCHROME1 have the shares that
pydicom gives, inverted, since apply_voi_lut leaves the inversion to the viewer.

    python3 tools/reference/voi_curves.py models/src/test/resources/windows/voi_curves.json
"""

import base64
import io
import json
import pathlib
import sys

import numpy
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.pixels import apply_modality_lut, apply_voi_lut
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage

SIDE = 8


def image(values, stored, signed, **elements):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    meta.MediaStorageSOPInstanceUID = "1.2.3"
    dataset = FileDataset("case.dcm", {}, file_meta=meta, preamble=bytes(128))
    dataset.SOPClassUID = SecondaryCaptureImageStorage
    dataset.SOPInstanceUID = "1.2.3"
    dataset.Modality = "OT"
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.Rows = dataset.Columns = SIDE
    dataset.BitsAllocated = 16
    dataset.BitsStored = stored
    dataset.HighBit = stored - 1
    dataset.PixelRepresentation = int(signed)
    dataset.add_new("PixelData", "OW", values.astype("<i2" if signed else "<u2").tobytes())
    for keyword, value in elements.items():
        setattr(dataset, keyword, value)
    return dataset


def table(first, bits, entries, representation):
    item = Dataset()
    item.add_new("LUTDescriptor", representation, [len(entries), first, bits])
    item.add_new("LUTData", "OW", numpy.asarray(entries, "<u2").tobytes())
    return [item]


def ends(dataset):
    """What pydicom shows as black and white after a window."""
    signed = dataset.PixelRepresentation == 1
    half = 2 ** (dataset.BitsStored - 1)
    low, high = (-half, half - 1) if signed else (0, 2 * half - 1)
    slope, intercept = dataset.get("RescaleSlope", 1), dataset.get("RescaleIntercept", 0)
    return low * slope + intercept, high * slope + intercept


def shares(dataset):
    shown = apply_voi_lut(apply_modality_lut(dataset.pixel_array, dataset), dataset).astype(numpy.float64)
    if "VOILUTSequence" in dataset:
        low, high = 0, 2 ** dataset.VOILUTSequence[0].LUTDescriptor[2] - 1
    else:
        low, high = ends(dataset)
    share = (shown - low) / (high - low)
    return 1 - share if dataset.PhotometricInterpretation == "MONOCHROME1" else share


def cases():
    ramp = numpy.linspace(0, 4095, SIDE * SIDE).round()
    computed = numpy.linspace(-1100, 1500, SIDE * SIDE).round()
    hounsfield = {"RescaleSlope": 1, "RescaleIntercept": -1024}
    curve = (65535 / (1 + numpy.exp(-numpy.linspace(-6, 6, 256)))).round()
    yield "sigmoid", image(ramp, 12, False, WindowCenter=2000, WindowWidth=1500, VOILUTFunction="SIGMOID")
    yield "sigmoid, signed", image(computed, 16, True, WindowCenter=40.5, WindowWidth=400, VOILUTFunction="SIGMOID")
    yield "sigmoid, rescaled", image(
        ramp, 12, False, WindowCenter=-600, WindowWidth=1500, VOILUTFunction="SIGMOID", **hounsfield)
    yield "sigmoid, inverted", image(
        ramp, 12, False, PhotometricInterpretation="MONOCHROME1", WindowCenter=2000, WindowWidth=900,
        VOILUTFunction="SIGMOID")
    yield "linear", image(ramp, 12, False, WindowCenter=2000, WindowWidth=1500)
    yield "linear exact", image(ramp, 12, False, WindowCenter=2000, WindowWidth=1500, VOILUTFunction="LINEAR_EXACT")
    yield "table", image(ramp, 12, False, VOILUTSequence=table(1500, 16, curve, "US"))
    # pydicom 3.0.2 counts in 8 bits within such a table, and begins again behind the 256th value; there is none here.
    narrow = numpy.linspace(950, 1255, SIDE * SIDE).round()
    yield "table, 8 bits, inverted", image(
        narrow, 12, False, PhotometricInterpretation="MONOCHROME1",
        VOILUTSequence=table(1000, 8, numpy.arange(256) ** 2 // 256, "US"))
    yield "table, 12 bits, falling", image(ramp, 12, False, VOILUTSequence=table(2000, 12, range(4095, -1, -13), "US"))
    yield "table, signed", image(computed, 16, True, VOILUTSequence=table(-200, 16, curve, "SS"))
    yield "table before window", image(
        ramp, 12, False, WindowCenter=10, WindowWidth=20, VOILUTSequence=table(1500, 16, curve, "US"))


def main(target):
    written = []
    for name, dataset in cases():
        buffer = io.BytesIO()
        dataset.save_as(buffer, enforce_file_format=True)
        again = pydicom.dcmread(io.BytesIO(buffer.getvalue()))
        written.append({
            "name": name,
            "file": base64.b64encode(buffer.getvalue()).decode("ascii"),
            "shares": [round(float(share), 9) for share in shares(again).ravel()],
        })
    versions = {"pydicom": pydicom.__version__, "numpy": numpy.__version__}
    target.write_text(json.dumps({"versions": versions, "cases": written}) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
