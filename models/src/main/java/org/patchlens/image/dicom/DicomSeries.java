package org.patchlens.image.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;

/// The slices of one series in anatomical order: along the normal of the slices, towards the head for usual axial
/// series; in the order of their numbers only where no slice has a position.
///
/// @param slices sorted; slices without a place in the order are left out and reported
/// @param spacing the median distance between neighbouring slices in mm, if they have positions
/// @param findings what a reader of the volume should know
/// @param phase from 1, if the series shows the same places several times, see [Phases]
public record DicomSeries(List<Slice> slices, OptionalDouble spacing, List<Finding> findings, OptionalInt phase) {
    public DicomSeries {
        slices = List.copyOf(slices);
        findings = List.copyOf(findings);
    }

    /// One slice.
    ///
    /// @param file that holds it
    /// @param frame of the file
    /// @param millimetres along the normal, if the file tells its position
    public record Slice(Path file, int frame, OptionalDouble millimetres) {}

    /// Something unusual.
    ///
    /// @param kind of it
    /// @param sentence for people
    public record Finding(Kind kind, String sentence) {}

    /// What may be unusual about a series.
    public enum Kind {
        /// Slices lie at the same place; the first of them is kept.
        DUPLICATE,
        /// The series shows the same places several times; each time is a volume.
        PHASES,
        /// Neighbouring slices lie further apart than the others.
        GAP,
        /// Slices without a position in a series that has positions; left out.
        WITHOUT_POSITION,
        /// Slices that are tilted against the others, such as a localizer; left out.
        OTHER_ORIENTATION,
        /// No slice has a position; the numbers of the files gave the order.
        ORDERED_BY_NUMBER
    }

    /// The series among some files, and the files that hold no readable image.
    ///
    /// @param series in the order of their first files
    /// @param skipped with the reasons
    public record Found(List<DicomSeries> series, List<Skipped> skipped) {
        public Found {
            series = List.copyOf(series);
            skipped = List.copyOf(skipped);
        }
    }

    /// A file that belongs to no series.
    ///
    /// @param file that was left out
    /// @param reason one sentence
    public record Skipped(Path file, String reason) {}

    /// Reads the headers of files and sorts their slices. Pixels are not decoded.
    public static Found among(List<Path> files, ImageLimits limits) {
        Map<String, SliceSorting> series = new LinkedHashMap<>();
        List<Skipped> skipped = new ArrayList<>();
        DicomReader reader = new DicomReader();
        for (Path path : files.stream().sorted().toList()) {
            try (DicomFile file = reader.open(path, limits)) {
                String key = file.series().orElse("no series: " + path);
                series.computeIfAbsent(key, _ -> new SliceSorting()).add(path, file);
            } catch (PatchlensException e) {
                skipped.add(new Skipped(path, String.valueOf(e.getMessage())));
            }
        }
        return new Found(
                series.values().stream()
                        .flatMap(sorting -> sorting.sorted().stream())
                        .toList(),
                skipped);
    }
}
