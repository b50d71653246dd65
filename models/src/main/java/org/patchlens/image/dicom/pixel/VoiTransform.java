package org.patchlens.image.dicom.pixel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.patchlens.image.DisplayFunction;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.DisplayTable;
import org.patchlens.image.SigmoidCurve;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// How a file wants its values to be shown (PS3.3 C.11.2).
final class VoiTransform {
    private VoiTransform() {}

    /// The first table of a frame, else its first window of positive width. The standard leaves the choice open
    /// where a file
    /// has both; the table tells more, and pydicom takes it too.
    ///
    /// @param signed whether the values that a table maps are signed
    static Optional<DisplayFunction> of(FrameHeader header, boolean signed, String subject) {
        List<DataSet> tables =
                header.holding(Tag.FRAME_VOI_LUT_SEQUENCE, Tag.VOI_LUT_SEQUENCE).items(Tag.VOI_LUT_SEQUENCE);
        if (tables.isEmpty()) {
            return window(header.holding(Tag.FRAME_VOI_LUT_SEQUENCE, Tag.WINDOW_CENTER));
        }
        LookupTable.Place place = new LookupTable.Place(Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, OptionalInt.empty());
        LookupTable table = LookupTable.of(tables.getFirst(), place, signed, subject);
        return Optional.of(new DisplayTable(table.first(), table.shares()));
    }

    private static Optional<DisplayFunction> window(DataSet holder) {
        double[] centres = holder.numbers(Tag.WINDOW_CENTER);
        double[] widths = holder.numbers(Tag.WINDOW_WIDTH);
        String function = holder.text(Tag.VOI_LUT_FUNCTION).orElse("LINEAR");
        boolean wholeNumbers = !function.equals("LINEAR_EXACT") && !function.equals("SIGMOID");
        for (int i = 0; i < Math.min(centres.length, widths.length); i++) {
            if (widths[i] >= (wholeNumbers ? 1 : Double.MIN_NORMAL)) {
                return Optional.of(
                        function.equals("SIGMOID")
                                ? new SigmoidCurve(centres[i], widths[i])
                                : line(centres[i], widths[i], wholeNumbers));
            }
        }
        return Optional.empty();
    }

    /// Other than a user's, a file's window may be too narrow to tell black from white: then it is a threshold.
    private static DisplayRange line(double centre, double width, boolean wholeNumbers) {
        float black = (float) (centre - width / 2);
        float white = (float) (centre + width / 2 - (wholeNumbers ? 1 : 0));
        return new DisplayRange(black, white > black ? white : Math.nextUp(black));
    }
}
