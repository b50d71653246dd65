"""Decoding speed of DICOM: Patchlens against pydicom with its fastest decoders, on one core.

    python benchmarks/dicom/peer.py --java JAVA --class-path CLASSPATH FILE...

Tried with Python 3.11, pydicom 3.0.2, imagecodecs 2026.3.6, pylibjpeg 2.1.0 with pylibjpeg-libjpeg 2.5.0,
pylibjpeg-openjpeg 2.6.0 and pylibjpeg-rle 2.2.0, numpy 2.4.6.

Each side opens the file, decodes its first frame and applies slope and intercept in 32-bit floats. The peer's time is
that of the fastest of the decoders it has for a file. A time is believed only if both sides give the same sum of pixels
(lossless files). Both run on the core named by --core.
"""

import argparse
import os
import statistics
import subprocess
import time
import warnings

import imagecodecs
import numpy
import pydicom
from pydicom.encaps import generate_frames

DIRECT = {
    "1.2.840.10008.1.2.4.57": imagecodecs.ljpeg_decode,
    "1.2.840.10008.1.2.4.70": imagecodecs.ljpeg_decode,
    "1.2.840.10008.1.2.4.80": imagecodecs.jpegls_decode,
    "1.2.840.10008.1.2.4.81": imagecodecs.jpegls_decode,
    "1.2.840.10008.1.2.4.90": imagecodecs.jpeg2k_decode,
    "1.2.840.10008.1.2.4.91": imagecodecs.jpeg2k_decode,
    "1.2.840.10008.1.2.4.51": imagecodecs.jpeg_decode,
    "1.2.840.10008.1.2.4.50": imagecodecs.jpeg_decode,
}


def hounsfield(dataset, pixels):
    slope = numpy.float32(dataset.get("RescaleSlope", 1))
    intercept = numpy.float32(dataset.get("RescaleIntercept", 0))
    return pixels.astype(numpy.float32) * slope + intercept


def through_pydicom(path, plugin):
    dataset = pydicom.dcmread(path)
    dataset.pixel_array_options(decoding_plugin=plugin)
    return hounsfield(dataset, dataset.pixel_array)


def through_imagecodecs(path):
    dataset = pydicom.dcmread(path)
    decode = DIRECT[str(dataset.file_meta.TransferSyntaxUID)]
    pixels = decode(next(generate_frames(dataset.PixelData, number_of_frames=1)))
    signed = dataset.PixelRepresentation == 1 and dataset.BitsAllocated == 16
    return hounsfield(dataset, pixels.view(numpy.int16) if signed and pixels.dtype == numpy.uint16 else pixels)


def ways(path):
    syntax = str(pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID)
    found = {f"pydicom {plugin or 'default'}": (lambda p, q=plugin: through_pydicom(p, q)) for plugin in ("", "pylibjpeg")}
    if syntax in DIRECT:
        found["imagecodecs"] = through_imagecodecs
    return found


def measure(path, runs):
    best = None
    for name, way in ways(path).items():
        try:
            total = float(way(path).astype(numpy.float64).sum())
            way(path)
            times = []
            for _ in range(runs):
                start = time.perf_counter()
                way(path)
                times.append(time.perf_counter() - start)
        except Exception as reason:  # a decoder that this file or this installation lacks
            print(f"# {os.path.basename(path)}: {name}: {str(reason).splitlines()[0][:90]}")
            continue
        median = 1000 * statistics.median(times)
        if best is None or median < best[1]:
            best = (name, median, total)
    return best


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--java", default="java")
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--runs", type=int, default=41)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {arguments.core})
    warnings.simplefilter("ignore")
    command = [arguments.java, "-Xmx1g", "-cp", arguments.class_path, "org.patchlens.image.dicom.DicomDecodingSpeed"]
    output = subprocess.run(command + arguments.files, check=True, capture_output=True, text=True).stdout
    java = {line.split("\t")[0]: line.split("\t")[1:] for line in output.splitlines()}
    print("| file | Patchlens ms | peer ms | peer | ratio | same pixels |")
    print("|---|---|---|---|---|---|")
    for path in arguments.files:
        name = os.path.basename(path)
        best = measure(path, arguments.runs)
        ours = float(java[name][0])
        if best is None:
            print(f"| {name} | {ours:.2f} | - | none | - | - |")
            continue
        same = abs(float(java[name][1]) - best[2]) <= 1e-6 * abs(best[2]) + 1
        print(f"| {name} | {ours:.2f} | {best[1]:.2f} | {best[0]} | {best[1] / ours:.2f} | {'yes' if same else 'no'} |")


if __name__ == "__main__":
    main()
