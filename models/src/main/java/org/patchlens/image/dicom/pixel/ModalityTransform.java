package org.patchlens.image.dicom.pixel;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// From stored numbers to what they mean, such as Hounsfield units (PS3.3 C.11.1).
public sealed interface ModalityTransform {
    /// What a stored number means.
    double apply(double stored);

    /// Stored numbers mean themselves.
    enum Identity implements ModalityTransform {
        /// The only one.
        IDENTITY;

        @Override
        public double apply(double stored) {
            return stored;
        }
    }

    /// A straight line.
    ///
    /// @param slope 0 is taken literally
    /// @param intercept the meaning of a stored 0
    record Rescale(double slope, double intercept) implements ModalityTransform {
        @Override
        public double apply(double stored) {
            return stored * slope + intercept;
        }
    }

    /// A table.
    ///
    /// @param table from stored numbers to 16 bits at most
    record Table(LookupTable table) implements ModalityTransform {
        @Override
        public double apply(double stored) {
            return table.map(stored);
        }
    }

    /// Reads the transform of a frame: a table before a line, the frame's own before the file's.
    static ModalityTransform of(FrameHeader header, boolean signed, String subject) {
        List<DataSet> tables = header.file().items(Tag.MODALITY_LUT_SEQUENCE);
        if (!tables.isEmpty()) {
            LookupTable.Place place = new LookupTable.Place(Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, OptionalInt.empty());
            return new Table(LookupTable.of(tables.getFirst(), place, signed, subject));
        }
        DataSet holder = header.holding(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, Tag.RESCALE_SLOPE);
        OptionalDouble slope = holder.number(Tag.RESCALE_SLOPE);
        OptionalDouble intercept = holder.number(Tag.RESCALE_INTERCEPT);
        Rescale rescale = new Rescale(slope.orElse(1), intercept.orElse(0));
        return rescale.slope() == 1 && rescale.intercept() == 0 ? Identity.IDENTITY : rescale;
    }
}
