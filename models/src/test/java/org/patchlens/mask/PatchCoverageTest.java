package org.patchlens.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.patchlens.Shared;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.image.ImageLimits;
import org.patchlens.preprocess.Geometry;
import org.patchlens.preprocess.Size;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Golden values by `tools/reference/mask_coverage.py` (numpy: differences of interpolated sums).
class PatchCoverageTest {
    /// The golden values have seven digits (synthetic) or six (chest); areas of up to 10^5 pixels in doubles add
    /// 10^-10.
    private static final float TOLERANCE = 1e-6f;

    private static JsonNode golden(String name) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(PatchCoverageTest.class.getResourceAsStream("/masks/" + name))) {
            return JsonMapper.shared().readTree(stream);
        }
    }

    private static PatchPlacement placement(JsonNode golden) {
        int patch = golden.get("patch").asInt();
        PatchGrid grid = new PatchGrid(
                golden.get("gridRows").asInt(), golden.get("gridColumns").asInt());
        Geometry geometry = new Geometry(
                new Size(
                        golden.get("sourceHeight").asInt(),
                        golden.get("sourceWidth").asInt()),
                new Size(
                        golden.get("resizedHeight").asInt(),
                        golden.get("resizedWidth").asInt()),
                golden.get("cropTop").asInt(),
                golden.get("cropLeft").asInt(),
                new Size(grid.rows() * patch, grid.columns() * patch));
        return new PatchPlacement(geometry, grid, patch);
    }

    private static void assertCoverage(FloatMatrix coverage, JsonNode expected) {
        for (int number = 0; number < coverage.columns(); number++) {
            for (int patch = 0; patch < coverage.rows(); patch++) {
                assertThat(coverage.get(patch, number))
                        .as("class %d of patch %d", number, patch)
                        .isCloseTo(expected.get(number).get(patch).floatValue(), within(TOLERANCE));
            }
        }
    }

    @Test
    void aRandomMaskCoversWhatNumpySays() throws IOException {
        for (JsonNode golden : golden("synthetic.json").get("cases")) {
            int[] labels = new int[golden.get("mask").size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = golden.get("mask").get(i).asInt();
            }
            LabelMap mask = LabelMap.of(
                    golden.get("maskWidth").asInt(), golden.get("maskHeight").asInt(), labels);

            FloatMatrix coverage = PatchCoverage.of(mask, MaskClasses.ofLabels(List.of(1, 2, 3)), placement(golden));

            assertCoverage(coverage, golden.get("coverage"));
        }
    }

    @Test
    void theLungsOfChestRadiographsCoverWhatNumpySays() throws IOException {
        JsonNode files = golden("chest.json").get("files");
        for (String name : files.propertyNames()) {
            JsonNode golden = files.get(name);
            Set<Integer> labels = new TreeSet<>();
            golden.get("labels").forEach(label -> labels.add(label.asInt()));
            PatchPlacement placement = placement(golden);
            try (MaskFile file = MaskFile.open(Shared.path("data/cxr/" + name), ImageLimits.DEFAULT)) {
                LabelMap mask = file.labels(
                        placement.geometry().source().width(),
                        placement.geometry().source().height());
                MaskClasses classes = MaskClasses.ofLabels(labels);
                classes.refuseUnknown(mask, name);

                assertCoverage(PatchCoverage.of(mask, classes, placement), golden.get("coverage"));
            }
        }
    }

    @Test
    void theSharesOfAPatchNeverExceedItsArea() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int width = 1 + random.nextInt(40);
            int height = 1 + random.nextInt(40);
            int[] labels = random.ints((long) width * height, 0, 5).toArray();
            int side = 3 + random.nextInt(20);
            Geometry geometry = new Geometry(
                    new Size(height, width),
                    new Size(1 + random.nextInt(90), 1 + random.nextInt(90)),
                    random.nextInt(20) - 10,
                    random.nextInt(20) - 10,
                    new Size(3 * side, 3 * side));

            FloatMatrix coverage = PatchCoverage.of(
                    LabelMap.of(width, height, labels),
                    MaskClasses.ofLabels(List.of(1, 2, 3, 4)),
                    new PatchPlacement(geometry, new PatchGrid(3, 3), side));

            for (int patch = 0; patch < 9; patch++) {
                double sum = 0;
                for (int number = 0; number < 4; number++) {
                    assertThat(coverage.get(patch, number)).isBetween(0f, 1f);
                    sum += coverage.get(patch, number);
                }
                // Four quotients of doubles, each at most half a unit in the last place too large.
                assertThat(sum).isLessThanOrEqualTo(1 + 4 * 0x1p-53);
            }
        }
    }

    @Test
    void aClassThatCoversEverythingCoversExactlyOne() {
        Geometry geometry = new Geometry(new Size(37, 53), new Size(101, 99), 7, 5, new Size(70, 70));
        int[] labels = new int[37 * 53];
        Arrays.fill(labels, 9);

        FloatMatrix coverage = PatchCoverage.of(
                LabelMap.of(53, 37, labels),
                MaskClasses.ofLabels(List.of(9)),
                new PatchPlacement(geometry, new PatchGrid(5, 5), 14));

        for (int patch = 0; patch < 25; patch++) {
            assertThat(coverage.get(patch, 0)).isEqualTo(1);
        }
    }

    @Test
    void paddingCountsForNoClass() {
        // The image fills the left half of the input.
        Geometry geometry = new Geometry(new Size(4, 2), new Size(4, 2), 0, 0, new Size(4, 4));

        FloatMatrix coverage = PatchCoverage.of(
                LabelMap.of(2, 4, 1, 1, 1, 1, 1, 1, 1, 1),
                MaskClasses.ofLabels(List.of(1)),
                new PatchPlacement(geometry, new PatchGrid(1, 1), 4));

        assertThat(coverage.get(0, 0)).isEqualTo(0.5f);
    }

    @Test
    void onePixelOfAMaskIsNotLost() {
        int[] labels = new int[1000 * 1000];
        labels[500 * 1000 + 3] = 1;
        Geometry geometry = new Geometry(new Size(1000, 1000), new Size(10, 10), 0, 0, new Size(10, 10));

        FloatMatrix coverage = PatchCoverage.of(
                LabelMap.of(1000, 1000, labels),
                MaskClasses.ofLabels(List.of(1)),
                new PatchPlacement(geometry, new PatchGrid(2, 2), 5));

        assertThat(coverage.get(2, 0)).isCloseTo(1f / 250_000, within(1e-12f));
        assertThat(coverage.get(0, 0)).isZero();
    }

    @Test
    void patchesBeyondTheInputAreRefused() {
        Geometry geometry = new Geometry(new Size(4, 4), new Size(4, 4), 0, 0, new Size(4, 4));

        assertThatThrownBy(() -> new PatchPlacement(geometry, new PatchGrid(2, 3), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
