package org.patchlens.image.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// What a user should know about a file before trusting its pixels.
final class HeaderWarnings {
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    private HeaderWarnings() {}

    static List<String> of(DataSet header) {
        List<String> warnings = new ArrayList<>();
        String burned = header.text(Tag.BURNED_IN_ANNOTATION).orElse("");
        if (burned.equals("YES")) {
            warnings.add("text is burned into the pixels, says the header");
        } else if (!burned.equals("NO")) {
            burnedInIsLikely(header, warnings);
        }
        OptionalDouble slope = header.number(Tag.RESCALE_SLOPE);
        if (slope.isPresent() && slope.getAsDouble() == 0) {
            warnings.add("the rescale slope is 0: every pixel has the same value");
        }
        DicomGeometry geometry = DicomGeometry.of(new FrameHeader(header, 0));
        if (geometry.plane() == DicomGeometry.Plane.DETECTOR) {
            warnings.add("the pixel spacing holds on the detector; structures in the patient are smaller");
        }
        return warnings;
    }

    private static void burnedInIsLikely(DataSet header, List<String> warnings) {
        boolean captured = header.text(Tag.SOP_CLASS_UID)
                        .filter(uid -> uid.startsWith(SECONDARY_CAPTURE))
                        .isPresent()
                || header.text(Tag.CONVERSION_TYPE).isPresent();
        boolean ultrasound = header.text(Tag.MODALITY).filter("US"::equals).isPresent();
        if (captured) {
            warnings.add("burned-in text is likely: a secondary capture");
        } else if (ultrasound) {
            warnings.add("burned-in text is likely: an ultrasound image");
        }
    }
}
