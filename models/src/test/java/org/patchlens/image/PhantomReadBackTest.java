package org.patchlens.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.analysis.Progress;
import org.patchlens.image.nifti.NiftiReader;
import org.patchlens.image.nifti.VolumeChoice;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.Volume;
import org.patchlens.phantom.PhantomFolder;
import org.patchlens.phantom.PhantomOptions;
import org.patchlens.phantom.cohort.Cohort;
import org.patchlens.phantom.cohort.CohortOptions;
import org.patchlens.phantom.cohort.Patient;
import org.patchlens.phantom.slice.PhantomSlice;
import org.patchlens.phantom.slice.SliceScan;
import org.patchlens.tensor.Seed;

/// The files of phantoms, read by the readers of the program: every pixel is where the scanner put it.
class PhantomReadBackTest {
    private static final int PIXELS = 64;
    private static final CohortOptions COHORT = new CohortOptions(2, 1, List.of(), new Seed(5));
    private static final Patient PATIENT = Cohort.of(COHORT).getLast();
    private static final double LOWEST = -140;

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() {
        PhantomFolder.write(folder, new PhantomOptions(COHORT, PIXELS, true, 2), Progress.NONE);
    }

    private static SliceScan scan() {
        return new SliceScan(PATIENT.subject(PATIENT.heights(COHORT.slices())), PIXELS);
    }

    private static PixelImage picture(String place) {
        try (ImageFile file = ImageReaders.open(folder.resolve(place), ImageLimits.DEFAULT)) {
            return file.read(0);
        }
    }

    private static Volume volume(String place) {
        return new NiftiReader().volume(folder.resolve(place), ImageLimits.DEFAULT, VolumeChoice.FIRST);
    }

    private static void assertHounsfield(PixelImage read, PhantomSlice put, int offset) {
        assertThat(read.width() * read.height()).isEqualTo(put.hounsfield().length);
        for (int i = 0; i < put.hounsfield().length; i++) {
            assertThat(read.sample(i % PIXELS, i / PIXELS, 0)).isEqualTo(put.hounsfield()[i] + offset);
        }
    }

    private static void assertLabels(PixelImage read, PhantomSlice put) {
        for (int i = 0; i < put.labels().length; i++) {
            assertThat(read.sample(i % PIXELS, i / PIXELS, 0)).isEqualTo(put.labels()[i]);
        }
    }

    @Test
    void picturesAndMasks() {
        PhantomSlice put = scan().at(PATIENT.heights(COHORT.slices()).getFirst());
        assertHounsfield(picture("images/p002-00.png"), put, PhantomFolder.OFFSET);
        assertLabels(picture("masks/p002-00.png"), put);
    }

    @Test
    void slicesOfVolumes() {
        try (Volume image = volume("volumes/p002.nii.gz");
                Volume mask = volume("volume-masks/p002.nii.gz")) {
            double spacing = PATIENT.scanner().thickness();
            int slices = image.slices(Plane.AXIAL);
            assertThat(slices).isEqualTo(Math.round(260 / spacing));
            for (int slice : List.of(0, slices / 2, slices - 1)) {
                PhantomSlice put = scan().at(LOWEST + slice * spacing);
                assertHounsfield(image.slice(Plane.AXIAL, slice), put, 0);
                assertLabels(mask.slice(Plane.AXIAL, slice), put);
            }
        }
    }

    /// The header holds floats of 32 bits.
    @Test
    void sizesInMillimetres() {
        try (Volume image = volume("volumes/p002.nii.gz")) {
            double spacing = PATIENT.scanner().thickness();
            assertThat(image.sliceSpacing(Plane.AXIAL)).isCloseTo(spacing, within(1e-6));
            assertThat(image.position(Plane.AXIAL, 3)).isCloseTo(LOWEST + 3 * spacing, within(1e-4));
            assertThat(image.pixelSpacing(Plane.AXIAL).row()).isCloseTo(scan().pixel(), within(1e-6));
        }
    }
}
