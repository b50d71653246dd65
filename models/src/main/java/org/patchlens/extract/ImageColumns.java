package org.patchlens.extract;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import org.patchlens.image.ImageFile;
import org.patchlens.image.PixelImage;
import org.patchlens.image.dicom.DicomFile;
import org.patchlens.image.dicom.DicomGeometry;
import org.patchlens.image.dicom.DicomSeries;
import org.patchlens.image.volume.Slice;
import org.patchlens.image.volume.SlicedVolume;

/// The columns of a study that a file tells of its image.
final class ImageColumns {
    private ImageColumns() {}

    /// Of a picture: what the header tells, and the spacing of the pixels.
    static SequencedMap<String, String> ofPicture(ImageFile file, PixelImage pixels) {
        SequencedMap<String, String> columns = new LinkedHashMap<>(file.metadata());
        putSpacing(columns, pixels);
        return columns;
    }

    /// Of the file that holds a slice as it was acquired: its own header, and where exactly it lies.
    ///
    /// A [SlicedVolume] counts its slices as evenly spaced; the header of each one is more exact.
    static SequencedMap<String, String> ofFile(SourceOpener opener, SeriesStack stack, int index) {
        DicomSeries.Slice slice = stack.slice(index);
        try (DicomFile file = opener.dicom(slice.file())) {
            SequencedMap<String, String> columns = new LinkedHashMap<>(file.metadata());
            stack.series().phase().ifPresent(phase -> columns.put("phase", Integer.toString(phase)));
            DicomGeometry geometry = file.geometry(slice.frame());
            geometry.centre(file.columns(), file.rows())
                    .ifPresent(centre -> columns.put(
                            "position_mm",
                            decimal(
                                    switch (stack.plane()) {
                                        // DICOM counts to the left and to the back, studies to the right and
                                        // front.
                                        case SAGITTAL -> 0 - centre.x();
                                        case CORONAL -> 0 - centre.y();
                                        case AXIAL -> centre.z();
                                    })));
            return columns;
        }
    }

    /// Of a slice: its own columns if it has any, else those of its volume, then where it lies.
    ///
    /// @param volume the name of the volume in the study
    /// @param own see [#ofFile]
    static SequencedMap<String, String> ofSlice(
            SlicedVolume slices, int index, String volume, PixelImage pixels, SequencedMap<String, String> own) {
        Slice slice = slices.slice(index);
        SequencedMap<String, String> columns =
                new LinkedHashMap<>(own.isEmpty() ? slices.volume().header().metadata() : own);
        columns.put("volume", volume);
        columns.put("plane", slice.plane().id());
        columns.put("slice", Integer.toString(index));
        columns.put("slices", Integer.toString(slices.volume().slices(slice.plane())));
        columns.put("slice_spacing_mm", decimal(slices.volume().sliceSpacing(slice.plane())));
        columns.putIfAbsent("position_mm", decimal(slice.position()));
        putSpacing(columns, pixels);
        return columns;
    }

    private static void putSpacing(SequencedMap<String, String> columns, PixelImage pixels) {
        pixels.spacing().ifPresent(spacing -> {
            columns.put("row_spacing_mm", decimal(spacing.row()));
            columns.put("column_spacing_mm", decimal(spacing.column()));
        });
    }

    /// At most four decimals, without zeros at the end.
    private static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "");
        return text.equals("-0") ? "0" : text;
    }
}
