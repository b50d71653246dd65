package org.patchlens.phantom;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.cohort.Cohort;
import org.patchlens.phantom.cohort.Patient;
import org.patchlens.phantom.file.GreyPng;
import org.patchlens.phantom.slice.PhantomSlice;
import org.patchlens.phantom.slice.SliceScan;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.DurableFiles;
import org.patchlens.tensor.OrderedTasks;

/// Writes a cohort of phantoms: `images/` (PNG of 16 bits, Hounsfield units + 1024), `masks/` (PNG of 8 bits,
/// labels of [Tissue]), `classes.json`, `metadata.csv`, `README.md`, on request `volumes/` and `volume-masks/`
/// (NIfTI).
///
/// The folder is there as a whole or not at all. The same options give the same bytes for any number of
/// threads.
public final class PhantomFolder {
    /// What is added to Hounsfield units in the pictures.
    public static final int OFFSET = 1024;

    private final PhantomOptions options;
    private final Path folder;

    /// What was written.
    ///
    /// @param folder where
    /// @param patients how many
    /// @param diseased how many of them
    /// @param images how many
    /// @param volumes how many
    public record Report(Path folder, int patients, int diseased, int images, int volumes) {}

    private PhantomFolder(PhantomOptions options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// Writes a folder.
    ///
    /// @param folder that does not exist yet, or is empty
    /// @param progress is told of each patient; throws to stop, and nothing is left behind then
    /// @throws PatchlensException if there is something in the folder, or it cannot be written
    public static Report write(Path folder, PhantomOptions options, Progress progress) {
        refuseFull(folder);
        Path whole = folder.toAbsolutePath().normalize();
        Path temporary = whole.resolveSibling(whole.getFileName() + ".partial");
        try {
            DurableFiles.delete(temporary);
            Files.createDirectories(temporary);
            Report report = new PhantomFolder(options, temporary).writeAll(folder, progress);
            Files.deleteIfExists(whole);
            DurableFiles.rename(temporary, whole);
            return report;
        } catch (IOException e) {
            throw DiskProblem.writing(folder, e);
        } catch (UncheckedIOException e) {
            throw DiskProblem.writing(folder, e);
        } finally {
            forget(temporary);
        }
    }

    private static void refuseFull(Path folder) {
        try {
            if (Files.exists(folder) && (!Files.isDirectory(folder) || !isEmpty(folder))) {
                throw PatchlensException.usage(
                        folder.toString(),
                        "there is something already, a new folder is expected",
                        "Give another --out");
            }
        } catch (IOException e) {
            throw DiskProblem.reading(folder, e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void forget(Path temporary) {
        try {
            DurableFiles.delete(temporary);
        } catch (IOException e) {
            throw DiskProblem.writing(temporary, e);
        }
    }

    private Report writeAll(Path shown, Progress progress) throws IOException {
        List<Patient> patients = Cohort.of(options.cohort());
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        List<PhantomImage> images = new ArrayList<>();
        progress.report("phantoms", 0, patients.size());
        OrderedTasks.run(
                options.threads(), patients.size(), number -> pictures(patients.get(number)), (number, rows) -> {
                    images.addAll(rows);
                    progress.report("phantoms", number + 1L, patients.size());
                });
        table(images);
        Files.writeString(folder.resolve("classes.json"), classes());
        Files.writeString(folder.resolve("README.md"), new PhantomReadme(options).text());
        if (options.volumes()) {
            new PhantomVolumes(options, folder).write(patients, progress);
        }
        int diseased = (int) patients.stream().filter(Patient::diseased).count();
        return new Report(shown, patients.size(), diseased, images.size(), options.volumes() ? patients.size() : 0);
    }

    private List<PhantomImage> pictures(Patient patient) {
        List<Double> heights = patient.heights(options.cohort().slices());
        SliceScan scan = new SliceScan(patient.subject(heights), options.pixels());
        List<PhantomImage> rows = new ArrayList<>();
        for (int slice = 0; slice < heights.size(); slice++) {
            PhantomSlice image = scan.at(heights.get(slice));
            String file = String.format(Locale.ROOT, "%s-%02d.png", patient.id(), slice);
            picture(file, image);
            rows.add(PhantomImage.of(file, patient, slice, heights.get(slice), image));
        }
        return rows;
    }

    private void picture(String file, PhantomSlice image) {
        short[] shifted = image.hounsfield().clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = (short) (shifted[i] + OFFSET);
        }
        try {
            Files.write(folder.resolve("images").resolve(file), GreyPng.of16Bits(image.size(), shifted));
            Files.write(folder.resolve("masks").resolve(file), GreyPng.of8Bits(image.size(), image.labels()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void table(List<PhantomImage> images) throws IOException {
        Path file = folder.resolve("metadata.csv");
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file)) {
            csv.writeRecord(PhantomImage.COLUMNS);
            images.forEach(image -> csv.writeRecord(image.cells()));
        }
    }

    private static String classes() {
        StringBuilder json = new StringBuilder("{");
        for (Tissue tissue : Tissue.values()) {
            if (tissue != Tissue.BACKGROUND) {
                json.append(json.length() > 1 ? "," : "")
                        .append("\n  \"")
                        .append(tissue.label())
                        .append("\": \"")
                        .append(tissue.word())
                        .append('"');
            }
        }
        return json.append("\n}\n").toString();
    }
}
