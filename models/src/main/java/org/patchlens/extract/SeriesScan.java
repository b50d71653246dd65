package org.patchlens.extract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchlens.PatchlensException;
import org.patchlens.image.dicom.DicomDisclosure;
import org.patchlens.image.dicom.DicomSeries;
import org.patchlens.image.dicom.SeriesVolume;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.image.volume.Volume;

/// Sorts the DICOM files of one folder into series, and these into images.
///
/// A series of several slices with positions is a volume; any other one is as many single images.
final class SeriesScan {
    private final Intake intake;
    private final SourceOpener opener;
    private final Map<Path, String> ids = new HashMap<>();
    private final Map<String, List<PlannedImage>> imagesOfFile = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private SeriesScan(Intake intake, SourceOpener opener) {
        this.intake = intake;
        this.opener = opener;
    }

    /// @param imagesOfFile by the id of the first file of each series
    /// @param notes what a user should know of the series, one sentence each
    record Found(Map<String, List<PlannedImage>> imagesOfFile, List<String> notes) {}

    /// @param files of one folder, by id
    static Found of(Map<String, Path> files, Intake intake, SourceOpener opener) {
        SeriesScan scan = new SeriesScan(intake, opener);
        files.forEach((id, path) -> scan.ids.put(path, id));
        scan.scan(List.copyOf(files.values()));
        return new Found(scan.imagesOfFile, scan.notes);
    }

    private String id(Path file) {
        String id = ids.get(file);
        if (id == null) {
            throw new IllegalArgumentException(file + " is not of this folder");
        }
        return id;
    }

    private void scan(List<Path> files) {
        DicomSeries.Found found = DicomSeries.among(files, intake.limits());
        for (DicomSeries.Skipped skipped : found.skipped()) {
            String reason = Reasons.withoutSubject(
                    skipped.reason(), String.valueOf(skipped.file().getFileName()));
            String id = id(skipped.file());
            imagesOfFile
                    .computeIfAbsent(id, _ -> new ArrayList<>())
                    .add(new PlannedImage(id, id, new ImageSource.Unreadable(skipped.file(), reason)));
        }
        for (DicomSeries series : found.series()) {
            String first = series.slices().stream()
                    .map(slice -> id(slice.file()))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            for (DicomSeries.Finding finding : series.findings()) {
                notes.add("[" + first + "] " + finding.sentence() + ".");
            }
            List<PlannedImage> images = imagesOfFile.computeIfAbsent(first, _ -> new ArrayList<>());
            // Phases of one file are volumes of the same file, which need names of their own.
            String volume =
                    images.isEmpty() ? first : first + "@" + series.phase().orElse(1);
            images.addAll(images(first, volume, series));
        }
    }

    /// @param volume the name of the volume, which starts with `id`
    private List<PlannedImage> images(String id, String volume, DicomSeries series) {
        boolean placed = series.slices().getFirst().millimetres().isPresent();
        if (series.slices().size() == 1 || !placed) {
            return single(series);
        }
        SeriesStack stack;
        try (Volume opened = SeriesVolume.open(volume, series, intake.limits(), DicomDisclosure.NONE)) {
            Plane acquired = SeriesStack.acquiredPlane(opened);
            // A slice that is in colours or torn shows here that the series makes no volume.
            opened.slice(acquired, 0);
            stack = SeriesStack.of(
                    volume, series, opened, intake.slices().plane().orElse(acquired));
        } catch (PatchlensException e) {
            notes.add("[" + id + "] the series is taken as single images: " + Reasons.withoutSubject(e));
            return single(series);
        }
        return slices(id, stack);
    }

    private List<PlannedImage> slices(String id, SeriesStack stack) {
        SliceOptions options = intake.slices();
        try (SlicedVolume volume = opener.series(stack, options)) {
            notes.addAll(volume.warnings());
            List<PlannedImage> slices = new ArrayList<>();
            for (int frame = 0; frame < volume.frames(); frame++) {
                int index = volume.slice(frame).index();
                ImageSource source = new ImageSource.SeriesSlice(stack, index);
                slices.add(
                        stack.acquired()
                                ? ofFile(stack.series(), stack.slice(index), source)
                                : new PlannedImage(stack.id() + "#" + index, id, source));
            }
            return slices;
        } catch (PatchlensException e) {
            Path first = stack.series().slices().getFirst().file();
            return List.of(InputScan.unreadable(id, first, e));
        }
    }

    private List<PlannedImage> single(DicomSeries series) {
        return series.slices().stream()
                .map(slice -> ofFile(series, slice, new ImageSource.Frame(slice.file(), slice.frame())))
                .toList();
    }

    /// An image that is called like its file, with the number of the frame where the file has several.
    private PlannedImage ofFile(DicomSeries series, DicomSeries.Slice slice, ImageSource source) {
        String id = id(slice.file());
        boolean several = framesOfFile(series, slice) > 1;
        return new PlannedImage(several ? id + "#" + slice.frame() : id, id, source);
    }

    private static long framesOfFile(DicomSeries series, DicomSeries.Slice slice) {
        if (slice.frame() > 0) {
            return slice.frame() + 1L;
        }
        return series.slices().stream()
                .filter(other -> other.file().equals(slice.file()))
                .count();
    }
}
