package org.patchlens.phantom;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.cohort.Patient;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.phantom.slice.PhantomSlice;

/// One row of the table.
///
/// @param file name of the image
/// @param patient who is shown
/// @param slice number of the slice, from 0 at the feet
/// @param height of the slice in millimetres, 0 in the middle of the chest
/// @param pixel side of a pixel in millimetres
/// @param lesionShare share of the lungs' pixels that a lesion covers
record PhantomImage(String file, Patient patient, int slice, double height, double pixel, double lesionShare) {
    static final List<String> COLUMNS = List.of(
            "file",
            "patient",
            "label",
            "finding",
            "site",
            "scanner",
            "sex",
            "age_band",
            "split",
            "shortcut",
            "slice",
            "position_mm",
            "pixel_mm",
            "lesion_share");

    static PhantomImage of(String file, Patient patient, int slice, double height, PhantomSlice image) {
        return new PhantomImage(file, patient, slice, height, image.pixel(), lesionShare(image.labels()));
    }

    private static double lesionShare(byte[] labels) {
        int lesion = 0;
        int lung = 0;
        for (byte label : labels) {
            Tissue tissue = Tissue.of(label);
            lesion += tissue.isLesion() ? 1 : 0;
            lung += tissue == Tissue.LUNG || tissue == Tissue.AIRWAY ? 1 : 0;
        }
        return lesion == 0 ? 0 : (double) lesion / (lesion + lung);
    }

    List<String> cells() {
        String marks = patient.marks().stream().map(ShortcutKind::word).collect(Collectors.joining("+"));
        return List.of(
                file,
                patient.id(),
                patient.label(),
                patient.finding().word(),
                patient.site().word(),
                patient.scanner().word(),
                patient.sex().word(),
                patient.age().word(),
                patient.split().word(),
                marks.isEmpty() ? "none" : marks,
                Integer.toString(slice),
                String.format(Locale.ROOT, "%.1f", height),
                String.format(Locale.ROOT, "%.4f", pixel),
                String.format(Locale.ROOT, "%.4f", lesionShare));
    }
}
