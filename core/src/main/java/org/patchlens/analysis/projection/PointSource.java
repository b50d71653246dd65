package org.patchlens.analysis.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.projection.ProjectionOptions.Points;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.neighbor.Metric;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HalfPrecision;
import org.patchlens.tensor.Kernels;
import org.patchlens.tensor.Seed;

/// The rows that become points, read image by image so that a study need not fit into memory.
///
/// @param study that is read
/// @param layer of the tokens
/// @param points what a point is
/// @param metric under which the rows are compared; for the cosine they are scaled to length 1
/// @param chosen per image, the patches that become points, ascending; one dummy 0 for points that are images
record PointSource(Study study, Layer layer, Points points, Metric metric, List<List<Integer>> chosen) {

    /// All patches of all images; of more than `most`, the same number from each image, drawn by lot.
    static PointSource of(Study study, Layer layer, ProjectionOptions options) {
        if (options.points() == Points.CLS && study.manifest().layout().cls().isEmpty()) {
            throw PatchlensException.usage(
                    "points cls", "the model of this study has no CLS token", "Use --points mean");
        }
        int images = study.images().size();
        int patches =
                options.points() == Points.PATCHES ? study.manifest().grid().patches() : 1;
        long all = (long) images * patches;
        int perImage = all <= options.most() ? patches : options.most() / images;
        if (perImage == 0) {
            throw PatchlensException.usage(
                    "most", "is " + options.most() + ", but there are " + images + " images", "Give at least that");
        }
        Seed seed = new Seed(options.seed());
        List<List<Integer>> chosen = IntStream.range(0, images)
                .mapToObj(image -> draw(perImage, patches, seed.task(image).generator()))
                .toList();
        return new PointSource(study, layer, options.points(), options.metric(), chosen);
    }

    /// Some of the numbers below `all`, ascending.
    private static List<Integer> draw(int some, int all, RandomGenerator random) {
        int[] numbers = IntStream.range(0, all).toArray();
        for (int i = 0; i < some && some < all; i++) {
            int other = i + random.nextInt(all - i);
            int swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
        return Arrays.stream(numbers, 0, some).sorted().boxed().toList();
    }

    /// N, the number of points.
    int size() {
        return chosen.stream().mapToInt(List::size).sum();
    }

    /// The rows of one image, `float[points of the image][D]`.
    ///
    /// @throws PatchlensException if one holds a number that is not finite
    FloatMatrix rows(int image) {
        FloatMatrix rows = unscaled(image);
        if (metric == Metric.COSINE) {
            float[] norms = Kernels.rowNorms(rows);
            for (int row = 0; row < rows.rows(); row++) {
                for (int i = 0; i < rows.columns() && norms[row] > 0; i++) {
                    rows.set(row, i, rows.get(row, i) / norms[row]);
                }
            }
        }
        return rows;
    }

    /// The same source with all patches of one image, and none of the others.
    PointSource allOf(int image) {
        List<Integer> all =
                IntStream.range(0, study.manifest().grid().patches()).boxed().toList();
        return only((other, place) -> false).with(image, all);
    }

    private PointSource with(int image, List<Integer> patches) {
        List<List<Integer>> changed = new ArrayList<>(chosen);
        changed.set(image, patches);
        return new PointSource(study, layer, points, metric, changed);
    }

    /// The norms of the points of one image, before any scaling.
    float[] norms(int image) {
        return Kernels.rowNorms(unscaled(image));
    }

    private FloatMatrix unscaled(int image) {
        PatchEmbeddings tokens = study.embeddings(image, layer);
        List<Integer> patches = chosen.get(image);
        FloatMatrix rows = FloatMatrix.zeros(patches.size(), tokens.tokens().columns());
        for (int i = 0; i < patches.size(); i++) {
            rows.row(i)
                    .copyFrom(
                            switch (points) {
                                case PATCHES -> tokens.patches().row(patches.get(i));
                                case CLS ->
                                    tokens.tokens().row(tokens.layout().cls().orElseThrow());
                                case MEAN -> mean(tokens.patches());
                            });
        }
        if (!HalfPrecision.isFinite(rows)) {
            throw PatchlensException.badData(
                    study.images().get(image).id(),
                    "layer " + layer + " holds numbers that are not finite",
                    "Extract the image again, with --dtype f32 if its numbers are too large for 16 bits");
        }
        return rows;
    }

    private static FloatMatrix mean(FloatMatrix patches) {
        FloatMatrix mean = FloatMatrix.zeros(1, patches.columns());
        for (int i = 0; i < patches.columns(); i++) {
            double sum = 0;
            for (int row = 0; row < patches.rows(); row++) {
                sum += patches.get(row, i);
            }
            mean.set(0, i, (float) (sum / patches.rows()));
        }
        return mean;
    }

    /// Decides over a point.
    @FunctionalInterface
    interface Keep {
        /// Whether the point is kept.
        ///
        /// @param image of the point
        /// @param place among the points of its image
        boolean test(int image, int place);
    }

    /// The same source with some of the points only.
    PointSource only(Keep keep) {
        List<List<Integer>> kept = new ArrayList<>();
        for (int image = 0; image < chosen.size(); image++) {
            int fixed = image;
            List<Integer> patches = chosen.get(image);
            kept.add(IntStream.range(0, patches.size())
                    .filter(i -> keep.test(fixed, i))
                    .mapToObj(patches::get)
                    .toList());
        }
        return new PointSource(study, layer, points, metric, kept);
    }
}
