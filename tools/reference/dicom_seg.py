#!/usr/bin/env python3
"""Writes a small synthetic CT series, DICOM segmentations of it, and the labels that belong to each slice.

Needs: highdicom 0.26.1, pydicom 3.0.2, numpy 2.4.6 (the versions that ran are written into the golden file).

The segmentations are written by highdicom. Their pixels are read back with pydicom's pixel_array, frame by frame, and
laid over the slices by the SOP instance that each frame says it was drawn on: another way than by position. The series
has an uneven gap, its files are not in anatomical order, and the last slice but one has no segment.

    python3 tools/reference/dicom_seg.py models/src/test/resources/segmentation
"""

import json
import pathlib
import sys

import highdicom
import numpy
import pydicom
from highdicom.sr.coding import CodedConcept
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

ROWS, COLUMNS = 11, 13
HEIGHTS = [10.0, 12.0, 14.0, 19.0, 21.0]
ROOT = "1.2.826.0.1.3680043.8.498.1"


def slice_of(number, height):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.2")
    meta.MediaStorageSOPInstanceUID = UID(f"{ROOT}.3.{number + 1}")
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ct = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    ct.SOPClassUID, ct.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    ct.StudyInstanceUID, ct.SeriesInstanceUID = f"{ROOT}.1", f"{ROOT}.2"
    ct.FrameOfReferenceUID = f"{ROOT}.4"
    ct.Modality, ct.PatientID, ct.PatientName, ct.PatientBirthDate, ct.PatientSex = "CT", "synthetic", "", "", ""
    ct.StudyDate = ct.StudyTime = ct.AccessionNumber = ct.StudyID = ct.ReferringPhysicianName = ""
    ct.SeriesNumber, ct.InstanceNumber, ct.Manufacturer = 1, len(HEIGHTS) - number, ""
    ct.PositionReferenceIndicator, ct.Laterality = "", ""
    ct.ImagePositionPatient = [-20.0, -30.0, height]
    ct.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ct.PixelSpacing, ct.SliceThickness = [1.5, 0.75], 2.0
    ct.Rows, ct.Columns, ct.SamplesPerPixel, ct.PhotometricInterpretation = ROWS, COLUMNS, 1, "MONOCHROME2"
    ct.BitsAllocated, ct.BitsStored, ct.HighBit, ct.PixelRepresentation = 16, 16, 15, 1
    ct.RescaleIntercept, ct.RescaleSlope = 0, 1
    ct.PixelData = numpy.full((ROWS, COLUMNS), number * 10, "<i2").tobytes()
    return ct


def described(number, label):
    anatomy = CodedConcept("123037004", "SCT", "Anatomical Structure")
    return highdicom.seg.SegmentDescription(
        number, label, anatomy, anatomy, highdicom.seg.SegmentAlgorithmTypeValues.MANUAL)


def segmentation(series, pixels, kind, number):
    return highdicom.seg.Segmentation(
        source_images=series, pixel_array=pixels, segmentation_type=kind,
        segment_descriptions=[described(1, "left lobe"), described(2, "nodule")],
        series_instance_uid=f"{ROOT}.5.{number}", series_number=10 + number, sop_instance_uid=f"{ROOT}.6.{number}",
        instance_number=1, manufacturer="patchlens", manufacturer_model_name="reference", software_versions="1",
        device_serial_number="1", max_fractional_value=200)


def labels_of(path, series):
    """The labels of each slice, by the source instance of each frame; later segments win."""
    seg = pydicom.dcmread(path)
    pixels = seg.pixel_array
    if seg.SegmentationType == "LABELMAP":
        return labels_of_map(seg, pixels, series)
    least = 1 if seg.SegmentationType == "BINARY" else seg.MaximumFractionalValue / 2
    names = [ct.SOPInstanceUID for ct in series]
    labels = numpy.zeros((len(series), ROWS, COLUMNS), int)
    groups = seg.PerFrameFunctionalGroupsSequence
    segments = [group.SegmentIdentificationSequence[0].ReferencedSegmentNumber for group in groups]
    for frame in sorted(range(len(groups)), key=lambda index: segments[index]):
        source = groups[frame].DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
        labels[names.index(source)][pixels[frame] >= least] = segments[frame]
    return labels


def labels_of_map(seg, pixels, series):
    """Every frame of a label map holds all segments; the background is 0."""
    assert seg.get("PixelPaddingValue", 0) == 0
    names = [ct.SOPInstanceUID for ct in series]
    labels = numpy.zeros((len(series), ROWS, COLUMNS), int)
    for frame, group in enumerate(seg.PerFrameFunctionalGroupsSequence):
        source = group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
        labels[names.index(source)] = pixels[frame]
    return labels


def main():
    folder = pathlib.Path(sys.argv[1])
    (folder / "series").mkdir(parents=True, exist_ok=True)
    series = [slice_of(number, height) for number, height in enumerate(HEIGHTS)]
    for number, ct in enumerate(series):
        ct.save_as(folder / "series" / f"{len(series) - number}.dcm", enforce_file_format=True)
    random = numpy.random.default_rng(7)
    shares = random.random((len(series), ROWS, COLUMNS, 2))
    shares[3] = 0
    golden = {"highdicom": highdicom.__version__, "pydicom": pydicom.__version__, "numpy": numpy.__version__}
    kinds = highdicom.seg.SegmentationTypeValues
    written = {"binary": kinds.BINARY, "fractional": kinds.FRACTIONAL, "labelmap": kinds.LABELMAP}
    for number, (name, kind) in enumerate(written.items()):
        pixels = {
            "binary": (shares > 0.6).astype(numpy.uint8),
            "fractional": shares.astype(numpy.float32),
            "labelmap": numpy.where(shares[..., 1] > 0.7, 2, shares[..., 0] > 0.5).astype(numpy.uint8),
        }[name]
        path = folder / f"{name}.dcm"
        segmentation(series, pixels, kind, number + 1).save_as(path)
        golden[name] = labels_of(path, series).reshape(len(series), -1).tolist()
    (folder / "labels.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
