package org.patchlens.analysis.probe;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.learning.TrainingSet;
import org.patchlens.point.MaskRegion;
import org.patchlens.study.Pooling;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HalfPrecision;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// The rows of the images that take part, at any layer of a study.
///
/// @param study that is read
/// @param options how an image becomes rows
/// @param images that take part
/// @param patches per image the patches that count, ascending; empty where an image has one row of all
@SuppressWarnings("ArrayRecordComponent") // indices of images and patches, never compared
record ProbeRows(Study study, ProbeOptions.Rows options, int[] images, int[][] patches) {
    /// Rows with the image that each is of.
    ///
    /// @param rows `float[n][D]`
    /// @param sampleOf the place of each row's image among those that take part
    @SuppressWarnings("ArrayRecordComponent") // indices and numbers that are never compared
    record Layered(FloatMatrix rows, int[] sampleOf) {
        /// One row per image: the mean of its rows.
        FloatMatrix perSample(int samples) {
            if (rows.rows() == samples) {
                return rows;
            }
            double[][] sums = new double[samples][rows.columns()];
            int[] counts = new int[samples];
            for (int row = 0; row < sampleOf.length; row++) {
                float[] values = rows.rowToArray(row);
                counts[sampleOf[row]]++;
                for (int i = 0; i < values.length; i++) {
                    sums[sampleOf[row]][i] += values[i];
                }
            }
            FloatMatrix means = FloatMatrix.zeros(samples, rows.columns());
            for (int sample = 0; sample < samples; sample++) {
                for (int i = 0; i < means.columns(); i++) {
                    means.set(sample, i, (float) (sums[sample][i] / counts[sample]));
                }
            }
            return means;
        }
    }

    /// Draws patches where patches are trained on.
    ///
    /// @param options how an image becomes rows
    /// @param images that take part
    /// @param lot seed of the draw
    static ProbeRows of(Study study, ProbeOptions.Rows options, int[] images, long lot) {
        Seed seed = new Seed(lot).task(7);
        int[][] patches = new int[images.length][];
        for (int i = 0; i < images.length; i++) {
            int[] candidates = candidates(study, options, images[i]);
            patches[i] = options.unit() == ProbeOptions.Unit.PATCH
                    ? drawn(candidates, options.patches(), seed.task(images[i]))
                    : candidates;
        }
        return new ProbeRows(study, options, images, patches);
    }

    private static int[] drawn(int[] candidates, int most, Seed seed) {
        int[] shuffled = candidates.clone();
        RandomGenerator random = seed.generator();
        int count = Math.min(most, shuffled.length);
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(shuffled.length - i);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = swapped;
        }
        return Arrays.stream(shuffled, 0, count).sorted().toArray();
    }

    /// The patches of an image that count.
    static int[] candidates(Study study, ProbeOptions.Rows options, int image) {
        Optional<MaskRegion> region = options.region().map(name -> new MaskRegion(name, options.coverage()));
        boolean needed = options.pool() == ProbeOptions.Pool.REGION && options.unit() == ProbeOptions.Unit.IMAGE;
        if (needed && region.isEmpty()) {
            throw PatchlensException.usage("--pool region", "needs the mask class", "Give --region CLASS");
        }
        return region.map(inside -> inside.patches(study, image))
                .orElseGet(() ->
                        IntStream.range(0, study.manifest().grid().patches()).toArray());
    }

    /// The rows at a layer; images are read side by side.
    Layered at(Layer layer, TaskPool pool) {
        boolean single = options.unit() == ProbeOptions.Unit.IMAGE;
        int[] starts = new int[images.length + 1];
        for (int i = 0; i < images.length; i++) {
            starts[i + 1] = starts[i] + (single ? 1 : patches[i].length);
        }
        FloatMatrix rows = FloatMatrix.zeros(
                starts[images.length], study.manifest().model().dimensions());
        int[] sampleOf = new int[rows.rows()];
        pool.forEach(images.length, i -> {
            PatchEmbeddings tokens = study.embeddings(images[i], layer);
            FloatMatrix own = single ? pooled(tokens, i) : TrainingSet.pick(tokens.patches(), patches[i]);
            if (!HalfPrecision.isFinite(own)) {
                throw notFinite(study, images[i], layer);
            }
            rows.rows(starts[i], starts[i + 1]).copyFrom(own);
            Arrays.fill(sampleOf, starts[i], starts[i + 1], i);
        });
        return new Layered(rows, sampleOf);
    }

    /// What is said of an image whose tokens are not numbers.
    static PatchlensException notFinite(Study study, int image, Layer layer) {
        return PatchlensException.badData(
                study.images().get(image).id(),
                "layer " + layer + " holds numbers that are not finite",
                "Extract the image again, with --dtype f32 if its numbers are too large for 16 bits");
    }

    private FloatMatrix pooled(PatchEmbeddings tokens, int sample) {
        return switch (options.pool()) {
            case MEAN -> Pooling.MEAN.pool(tokens);
            case CLS -> Pooling.CLS.pool(tokens);
            case MAX -> maximum(tokens.patches());
            case REGION ->
                new Layered(TrainingSet.pick(tokens.patches(), patches[sample]), new int[patches[sample].length])
                        .perSample(1);
        };
    }

    private static FloatMatrix maximum(FloatMatrix patches) {
        float[] largest = patches.rowToArray(0);
        for (int row = 1; row < patches.rows(); row++) {
            float[] values = patches.rowToArray(row);
            for (int i = 0; i < largest.length; i++) {
                largest[i] = Math.max(largest[i], values[i]);
            }
        }
        return FloatMatrix.of(1, largest.length, largest);
    }
}
