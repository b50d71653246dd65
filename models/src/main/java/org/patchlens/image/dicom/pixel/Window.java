package org.patchlens.image.dicom.pixel;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// A window of the file (PS3.3 C.11.2.1.2).
///
/// @param center in pixel values
/// @param width in pixel values, positive
/// @param exact whether black and white lie exactly half a width from the centre (`LINEAR_EXACT`, and the tangent
///     of `SIGMOID`); else the arithmetic of `LINEAR`, which counts whole grey values
public record Window(double center, double width, boolean exact) {
    /// The windows of a frame in the order of the file; those without a positive width are left out.
    static List<Window> of(FrameHeader header) {
        DataSet holder = header.holding(Tag.FRAME_VOI_LUT_SEQUENCE, Tag.WINDOW_CENTER);
        double[] centers = holder.numbers(Tag.WINDOW_CENTER);
        double[] widths = holder.numbers(Tag.WINDOW_WIDTH);
        boolean exact = holder.text(Tag.VOI_LUT_FUNCTION)
                .filter(function -> function.equals("LINEAR_EXACT") || function.equals("SIGMOID"))
                .isPresent();
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < Math.min(centers.length, widths.length); i++) {
            if (widths[i] >= (exact ? Double.MIN_NORMAL : 1)) {
                windows.add(new Window(centers[i], widths[i], exact));
            }
        }
        return windows;
    }

    /// The values shown as black and white.
    DisplayRange range() {
        double middle = exact ? center : center - 0.5;
        double half = exact ? width / 2 : (width - 1) / 2;
        float black = (float) (middle - half);
        float white = (float) (middle + half);
        return new DisplayRange(black, white > black ? white : Math.nextUp(black));
    }
}
