"""The other side of tools/benchmark/decode: decodes the same files with the fastest decoder that Python has.

Needs: pydicom 3.0.2, imagecodecs 2026.3.6, Pillow 13.0.0, numpy 2.4.6; pylibjpeg 2.1.0 with its plugins where they
are installed (the versions tried).

Reads a file name per line and answers with the name of the fastest way and the sum of the pixels; then a number of
runs per line, and answers with the median in milliseconds, until an empty line ends the file. A way that this
installation lacks is left out.

Each way opens the file and decodes its first frame: DICOM to slope and intercept in 32-bit floats, pictures to an
array of their own type.
"""

import pathlib
import statistics
import sys
import time
import warnings

import imagecodecs
import numpy
import pydicom
from PIL import Image
from pydicom.encaps import generate_frames

RLE = "1.2.840.10008.1.2.5"
DIRECT = {
    "1.2.840.10008.1.2.4.50": imagecodecs.jpeg_decode,
    "1.2.840.10008.1.2.4.51": imagecodecs.jpeg_decode,
    "1.2.840.10008.1.2.4.57": imagecodecs.ljpeg_decode,
    "1.2.840.10008.1.2.4.70": imagecodecs.ljpeg_decode,
    "1.2.840.10008.1.2.4.80": imagecodecs.jpegls_decode,
    "1.2.840.10008.1.2.4.81": imagecodecs.jpegls_decode,
    "1.2.840.10008.1.2.4.90": imagecodecs.jpeg2k_decode,
    "1.2.840.10008.1.2.4.91": imagecodecs.jpeg2k_decode,
}
PICTURES = {".png", ".jpg"}


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


def through_rle(path):
    dataset = pydicom.dcmread(path)
    frame = next(generate_frames(dataset.PixelData, number_of_frames=1))
    kind = numpy.dtype("<i2" if dataset.PixelRepresentation else "<u2")
    pixels = numpy.frombuffer(imagecodecs.dicomrle_decode(frame, kind), kind).reshape(dataset.Rows, dataset.Columns)
    return hounsfield(dataset, pixels)


def through_pillow(path):
    with Image.open(path) as image:
        return numpy.asarray(image)


def ways(path):
    suffix = pathlib.Path(path).suffix
    if suffix in PICTURES:
        # Only Pillow is the peer here: it is what processors of models read pictures with.
        return {"Pillow": through_pillow}
    syntax = str(pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID)
    found = {f"pydicom {plugin}".strip(): (lambda p, q=plugin: through_pydicom(p, q)) for plugin in ("", "pylibjpeg")}
    if syntax == RLE:
        found["imagecodecs"] = through_rle
    if syntax in DIRECT:
        found["imagecodecs"] = through_imagecodecs
    return found


def milliseconds(way, path, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        way(path)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def fastest(path):
    best = None
    for name, way in ways(path).items():
        try:
            way(path)
            median = milliseconds(way, path, 7)
        except Exception as reason:  # a decoder that this file or this installation lacks
            print(f"{path}: {name}: {str(reason).splitlines()[0][:100]}", file=sys.stderr)
            continue
        if best is None or median < best[2]:
            best = (name, way, median)
    return best


def serve():
    for line in sys.stdin:
        path = line.strip()
        name, way, _ = fastest(path)
        print(name, float(way(path).astype(numpy.float64).sum()), sep="\t", flush=True)
        for runs in sys.stdin:
            if not runs.strip():
                break
            print(milliseconds(way, path, int(runs)), flush=True)


def pictures(folder, source):
    """A slice in 16 bits, and in a lung window of 8 bits."""
    values = pydicom.dcmread(source).pixel_array.astype(numpy.int32)
    values -= values.min()
    Image.fromarray(values.astype(numpy.uint16)).save(folder / "png16.png")
    grey = Image.fromarray((numpy.clip(values / max(1, values.max()), 0, 1) ** 0.5 * 255).astype(numpy.uint8))
    grey.save(folder / "png8.png")
    grey.save(folder / "jpeg8.jpg", quality=90)
    Image.merge("RGB", [grey, grey.rotate(90), grey.rotate(180)]).save(folder / "jpegrgb.jpg", quality=90)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if sys.argv[1:2] == ["--pictures"]:
        pictures(pathlib.Path(sys.argv[2]), sys.argv[3])
    else:
        serve()
