package org.patchlens.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.image.dicom.DicomReader;
import org.patchlens.image.nifti.NiftiReader;
import org.patchlens.image.raster.BmpReader;
import org.patchlens.image.raster.GifReader;
import org.patchlens.image.raster.JpegReader;
import org.patchlens.image.raster.PngReader;
import org.patchlens.image.raster.PnmReader;
import org.patchlens.image.raster.TiffReader;
import org.patchlens.image.raster.WebpReader;

/// Opens an image file with the reader that recognizes its content; the name of the file does not matter.
public final class ImageReaders {
    /// Every reader. They are asked in this order; formats with a signature come before those without,
    /// and DICOM, whose first 128 bytes are free to look like another format, before all.
    public static final List<ImageReader> ALL = List.of(
            new DicomReader(),
            new PngReader(),
            new JpegReader(),
            new GifReader(),
            new TiffReader(),
            new WebpReader(),
            new BmpReader(),
            new PnmReader(),
            new NiftiReader());

    private ImageReaders() {}

    /// Opens a file and checks its header; the pixels are decoded by [ImageFile#read].
    ///
    /// @throws PatchlensException if there is no such file, if its content is of no known format, damaged or
    ///     beyond the limits
    public static ImageFile open(Path file, ImageLimits limits) {
        return recognize(file, limits).open(file, limits);
    }

    /// The reader that recognizes a file.
    ///
    /// @throws PatchlensException if there is no such file, it is too large, or its content is of no known format
    public static ImageReader recognize(Path file, ImageLimits limits) {
        byte[] head = head(file, limits);
        String fileName = String.valueOf(file.getFileName());
        for (ImageReader reader : ALL) {
            if (reader.recognizes(head, fileName)) {
                return reader;
            }
        }
        String found = isText(head) ? "it is a text, not an image" : "its content is of no image format that is known";
        throw PatchlensException.badData(
                file.toString(), found, "Leave it out; docs/reference/images.md names the formats");
    }

    private static byte[] head(Path file, ImageLimits limits) {
        if (Files.isDirectory(file)) {
            throw PatchlensException.badData(file.toString(), "it is a folder, an image file is expected", "");
        }
        if (!Files.exists(file)) {
            throw PatchlensException.badData(file.toString(), "there is no such file", "");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(ImageReader.HEAD_BYTES);
            if (head.length == 0) {
                throw PatchlensException.badData(file.toString(), "the file is empty", "");
            }
            if (Files.size(file) > limits.fileBytes()) {
                throw PatchlensException.badData(
                        file.toString(),
                        "it has " + Files.size(file) + " bytes, the limit is " + limits.fileBytes(),
                        "Raise --max-file-bytes if the file is trusted");
            }
            return head;
        } catch (IOException e) {
            throw PatchlensException.badData(file.toString(), "it cannot be read", "Check its permissions")
                    .causedBy(e);
        }
    }

    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        return true;
    }
}
