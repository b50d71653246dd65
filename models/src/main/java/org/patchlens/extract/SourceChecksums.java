package org.patchlens.extract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.image.dicom.DicomSeries;
import org.patchlens.study.disk.Checksum;

/// The SHA-256 of what images come from. Shared by all threads, so that a file of many images is read for it once.
final class SourceChecksums {
    private final ConcurrentHashMap<Path, String> ofFile = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<SeriesStack, String> ofStack = new ConcurrentHashMap<>();

    /// Of the file; for a slice across a whole series, of the checksums of its files, one per line.
    String of(ImageSource source) {
        return source instanceof ImageSource.SeriesSlice slice && !slice.stack().acquired()
                ? ofStack.computeIfAbsent(slice.stack(), this::stack)
                : file(source.file());
    }

    private String stack(SeriesStack stack) {
        String lines = stack.series().slices().stream()
                .map(DicomSeries.Slice::file)
                .map(this::file)
                .collect(Collectors.joining("\n"));
        return Checksum.of(lines.getBytes(StandardCharsets.US_ASCII));
    }

    private String file(Path file) {
        return ofFile.computeIfAbsent(file, SourceChecksums::checksum);
    }

    private static String checksum(Path file) {
        try {
            return Checksum.of(file);
        } catch (IOException e) {
            throw PatchlensException.badData(file.toString(), "the file cannot be read: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }
}
