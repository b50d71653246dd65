package org.patchlens.image.dicom;

import java.nio.file.Path;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.dicom.dataset.DicomSource;

/// Reads DICOM files.
public final class DicomReader implements ImageReader {
    private final DicomDisclosure disclosure;

    /// A reader whose metadata hold nothing identifying.
    public DicomReader() {
        this(DicomDisclosure.NONE);
    }

    /// @param disclosure which pseudonyms its metadata hold
    public DicomReader(DicomDisclosure disclosure) {
        this.disclosure = disclosure;
    }

    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return DicomSource.recognizes(head);
    }

    @Override
    public DicomFile open(Path file, ImageLimits limits) {
        DicomSource source = DicomSource.open(file, limits);
        boolean opened = false;
        try {
            DicomFile dicom = DicomFile.of(source, limits, disclosure);
            opened = true;
            return dicom;
        } finally {
            if (!opened) {
                source.close();
            }
        }
    }
}
