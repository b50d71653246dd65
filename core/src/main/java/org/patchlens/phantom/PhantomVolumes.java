package org.patchlens.phantom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.patchlens.analysis.Progress;
import org.patchlens.phantom.cohort.Patient;
import org.patchlens.phantom.file.NiftiFile;
import org.patchlens.phantom.slice.PhantomSlice;
import org.patchlens.phantom.slice.SliceScan;
import org.patchlens.tensor.OrderedTasks;

/// Writes whole chests slice by slice; a few slices are in memory at a time.
final class PhantomVolumes {
    private static final double LOWEST = -140;
    private static final double HIGHEST = 120;

    private final PhantomOptions options;
    private final Path images;
    private final Path masks;

    PhantomVolumes(PhantomOptions options, Path folder) {
        this.options = options;
        this.images = folder.resolve("volumes");
        this.masks = folder.resolve("volume-masks");
    }

    void write(List<Patient> patients, Progress progress) throws IOException {
        Files.createDirectories(images);
        Files.createDirectories(masks);
        progress.report("volumes", 0, patients.size());
        for (int number = 0; number < patients.size(); number++) {
            write(patients.get(number));
            progress.report("volumes", number + 1L, patients.size());
        }
    }

    private void write(Patient patient) throws IOException {
        SliceScan scan =
                new SliceScan(patient.subject(patient.heights(options.cohort().slices())), options.pixels());
        double spacing = patient.scanner().thickness();
        int slices = (int) Math.round((HIGHEST - LOWEST) / spacing);
        NiftiFile.Extent extent = new NiftiFile.Extent(options.pixels(), slices, scan.pixel(), spacing, LOWEST);
        String name = patient.id() + ".nii.gz";
        try (NiftiFile image = NiftiFile.of16Bits(images.resolve(name), extent);
                NiftiFile mask = NiftiFile.of8Bits(masks.resolve(name), extent)) {
            OrderedTasks.run(
                    options.threads(),
                    slices,
                    slice -> scan.at(LOWEST + slice * spacing),
                    (slice, made) -> add(image, mask, made));
        }
    }

    private static void add(NiftiFile image, NiftiFile mask, PhantomSlice slice) {
        try {
            image.add(slice.hounsfield());
            mask.add(slice.labels());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
