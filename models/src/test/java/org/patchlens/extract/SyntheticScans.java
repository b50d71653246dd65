package org.patchlens.extract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.patchlens.image.dicom.DicomWriter;
import org.patchlens.image.nifti.NiftiFile;

/// Writes small scans whose every slice can be told from every other one.
final class SyntheticScans {
    /// The side of a slice in pixels.
    static final int SIDE = 16;

    private SyntheticScans() {}

    /// An axial CT series; its file names run against its anatomy, 2.5 mm between slices, 0.5 mm between pixels.
    ///
    /// @return the folder
    static Path series(Path folder, int slices) {
        return series(folder, slices, "1\\0\\0\\0\\1\\0");
    }

    /// The same series with rows and columns in other directions; its slices run along their normal.
    ///
    /// @param orientation as the header has it
    static Path series(Path folder, int slices, String orientation) {
        try {
            Files.createDirectories(folder);
            for (int slice = 0; slice < slices; slice++) {
                header(DicomWriter.file(DicomWriter.EXPLICIT))
                        .text(0x0020_000E, "UI", "1.2.3.4")
                        .text(0x0020_0013, "IS", Integer.toString(slice + 1))
                        .text(0x0020_0032, "DS", "-4\\-4\\" + 2.5 * slice)
                        .text(0x0020_0037, "DS", orientation)
                        .image(SIDE, SIDE, "MONOCHROME2", 1)
                        .text(0x0028_0030, "DS", "0.5\\0.5")
                        .bits(16, 16, 15, true)
                        .text(0x0028_1052, "DS", "-1000")
                        .text(0x0028_1053, "DS", "1")
                        .pixels(hounsfield(slice))
                        .write(folder, fileName(slice, slices));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The name of the file of a slice of such a series.
    static String fileName(int slice, int slices) {
        return "%04d.dcm".formatted(slices - slice);
    }

    private static DicomWriter header(DicomWriter writer) {
        return writer.text(0x0008_0020, "DA", "20240131")
                .text(0x0008_0060, "CS", "CT")
                .text(0x0008_0070, "LO", "ACME")
                .text(0x0008_103E, "LO", "thorax 2.5")
                .text(0x0010_0020, "LO", "PATIENT-4711")
                .text(0x0010_0040, "CS", "F")
                .text(0x0010_1010, "AS", "061Y")
                .text(0x0020_000D, "UI", "1.2.3");
    }

    /// Stored values are 1000 above the Hounsfield units: air outside, a square that gets denser with each slice.
    private static byte[] hounsfield(int slice) {
        int[] stored = new int[SIDE * SIDE];
        for (int i = 0; i < stored.length; i++) {
            boolean inside = i % SIDE > 3 && i % SIDE < 12 && i / SIDE > 3 && i / SIDE < 12;
            stored[i] = inside ? 400 + slice % 1000 : 0;
        }
        return DicomWriter.shorts(stored);
    }

    /// A NIfTI volume of 6 x 5 x 4 voxels, axes to the right, front and head, with the values 0 to 119.
    static Path volume(Path file) {
        return NiftiFile.write(file, volume().bytes());
    }

    /// The same as a mask: label 1 below, 2 above.
    static Path volumeMask(Path file) {
        byte[] labels = new byte[120];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i < 60 ? 1 : 2);
        }
        return NiftiFile.write(file, volume().voxels(labels).bytes());
    }

    private static NiftiFile volume() {
        return NiftiFile.version1()
                .dim(3, 6, 5, 4)
                .pixdim(1, 2)
                .pixdim(2, 2)
                .pixdim(3, 3)
                .sform(2, 0, 0, -5, 0, 2, 0, -4, 0, 0, 3, 10)
                .voxels(NiftiFile.count(120));
    }
}
