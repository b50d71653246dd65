package org.patchlens.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;

/// A study of made-up numbers that is served: labels, patients with two images each, a mask for every other image.
final class ServedStudy {
    static final PatchGrid GRID = new PatchGrid(6, 5);
    static final int DIMENSIONS = 16;
    static final int BLOCKS = 3;
    static final int HEADS = 2;
    static final int IMAGES = 12;

    private ServedStudy() {}

    static void write(Path folder) {
        write(folder, IMAGES, GRID);
    }

    static void write(Path folder, int images, PatchGrid grid) {
        int tokens = TokenLayout.CLS_AND_PATCHES.tokens(grid);
        SyntheticStudy study = new SyntheticStudy(
                        images,
                        grid,
                        TokenLayout.CLS_AND_PATCHES,
                        DIMENSIONS,
                        BLOCKS,
                        List.of(new Layer(1), new Layer(3), Layer.LAST),
                        (image, layer) -> numbers(tokens, DIMENSIONS, 1000L * image + layer.hashCode()),
                        Optional.of(image -> new ClsAttention(
                                BLOCKS,
                                HEADS,
                                numbers(BLOCKS * HEADS, tokens, 7L * image),
                                numbers(1, tokens, 11L * image))))
                .with(new MetadataColumn.Text(
                        "label", values(images, i -> Optional.of(i % 3 == 0 ? "covid" : "normal"))))
                .with(new MetadataColumn.Text("patient", values(images, i -> Optional.of("p" + i / 2))))
                .with(new MetadataColumn.Whole(
                        "age", values(images, i -> i == 1 ? Optional.empty() : Optional.of(40L + i))))
                .with(new SyntheticStudy.Mask(
                        "lung",
                        image -> image % 2 == 0
                                ? Optional.of(numbers(grid.patches(), 1, 13L * image))
                                : Optional.empty()));
        try (Study written = study.write(folder)) {
            if (!written.isComplete()) {
                throw new IllegalStateException("the study of the test is not complete");
            }
        }
    }

    private static <T> List<Optional<T>> values(int images, java.util.function.IntFunction<Optional<T>> value) {
        return IntStream.range(0, images).mapToObj(value).toList();
    }

    private static FloatMatrix numbers(int rows, int columns, long seed) {
        Random random = new Random(seed);
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) random.nextGaussian());
            }
        }
        return matrix;
    }
}
