package org.patchlens.image.dicom;

import java.util.Optional;
import java.util.OptionalDouble;
import org.patchlens.image.PixelSpacing;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// The size and place of a frame.
///
/// @param spacing between pixels, if the file tells
/// @param plane where the spacing holds
/// @param position in the patient, if the file tells
/// @param sliceThickness in mm, if the file tells
public record DicomGeometry(
        Optional<PixelSpacing> spacing, Plane plane, Optional<SlicePosition> position, OptionalDouble sliceThickness) {
    /// Where a pixel spacing was measured (PS3.3 10.7.1.3).
    public enum Plane {
        /// In the patient.
        PATIENT,
        /// On the detector of a projection, corrected by the estimated magnification.
        DETECTOR_CORRECTED,
        /// On the detector of a projection: structures in the patient are smaller than they measure.
        DETECTOR,
        /// Nowhere: the file has none.
        UNKNOWN
    }

    static DicomGeometry of(FrameHeader header) {
        DataSet measures = header.holding(Tag.PIXEL_MEASURES_SEQUENCE, Tag.PIXEL_SPACING);
        OptionalDouble thickness =
                header.holding(Tag.PIXEL_MEASURES_SEQUENCE, Tag.SLICE_THICKNESS).number(Tag.SLICE_THICKNESS);
        Optional<SlicePosition> position = SlicePosition.of(header);
        Optional<PixelSpacing> patient = spacing(measures.numbers(Tag.PIXEL_SPACING), 1);
        if (patient.isPresent()) {
            return new DicomGeometry(patient, Plane.PATIENT, position, thickness);
        }
        double magnification = header.file().number(Tag.MAGNIFICATION_FACTOR).orElse(0);
        boolean corrected = magnification >= 1;
        Optional<PixelSpacing> detector =
                spacing(header.file().numbers(Tag.IMAGER_PIXEL_SPACING), corrected ? magnification : 1);
        Plane onDetector = corrected ? Plane.DETECTOR_CORRECTED : Plane.DETECTOR;
        return new DicomGeometry(detector, detector.isEmpty() ? Plane.UNKNOWN : onDetector, position, thickness);
    }

    private static Optional<PixelSpacing> spacing(double[] rowAndColumn, double magnification) {
        if (rowAndColumn.length != 2 || !(rowAndColumn[0] > 0) || !(rowAndColumn[1] > 0)) {
            return Optional.empty();
        }
        return Optional.of(new PixelSpacing(rowAndColumn[0] / magnification, rowAndColumn[1] / magnification));
    }
}
