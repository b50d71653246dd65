package org.patchlens.patch;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.DoubleConsumer;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.StoredRows;
import org.patchlens.tensor.TaskPool;

/// How similar patches are: the cosine of the angle between them, after a [Reduction].
///
/// Made once per layer and reduction and kept by whoever asks often; safe for several threads. What is asked of an
/// image is computed from its stored rows, at the speed of the memory; the lengths of the rows are kept from the
/// first time, as [LayerPatches] keeps norms. Nothing depends on the number of threads. A patch that equals the
/// mean exactly has no direction, and similarity 0 to all others.
public final class PatchSimilarity {
    /// A matrix of patches against patches has at most this many on each side: 400 MB.
    private static final int MOST_ON_A_SIDE = 10_000;

    private static final int PATCHES_PER_TASK = 4096;

    private final LayerPatches patches;
    private final ReducedSpace space;
    private final AtomicReferenceArray<float[]> inverseLengths;

    private PatchSimilarity(LayerPatches patches, ReducedSpace space) {
        this.patches = patches;
        this.space = space;
        inverseLengths = patches.keptPerImage();
    }

    /// Prepares a reduction.
    ///
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    public static PatchSimilarity of(
            LayerPatches patches, Reduction reduction, TaskPool pool, DoubleConsumer progress) {
        return new PatchSimilarity(patches, ReducedSpace.of(reduction, patches, pool, progress));
    }

    /// The same, for somebody who does not wait.
    public static PatchSimilarity of(LayerPatches patches, Reduction reduction, TaskPool pool) {
        return of(patches, reduction, pool, done -> {});
    }

    /// The patches that are compared.
    public LayerPatches patches() {
        return patches;
    }

    /// What is taken out.
    public Reduction reduction() {
        return space.reduction();
    }

    /// The mean similarity of two different patches of the study, drawn at random, outliers left out: what they
    /// have in common without anything to do with each other.
    public double meanSimilarity() {
        return space.meanCosine();
    }

    /// A query that is one patch, or the mean of several of an image.
    ///
    /// @param chosen numbers in the grid, at least one
    public PatchQuery query(int image, List<Integer> chosen) {
        double[] mean = new double[patches.dimensions()];
        StoredRows rows = patches.rows(image);
        for (int patch : chosen) {
            float[] row = rows.rows(patch, patch + 1).toArray();
            for (int i = 0; i < mean.length; i++) {
                mean[i] += (double) row[i] / chosen.size();
            }
        }
        return query(mean);
    }

    /// A query that is a vector, `double[D]`, such as the mean of patches of several images.
    public PatchQuery query(double[] vector) {
        double[] reduced = space.reduce(vector);
        double square = 0;
        for (double value : reduced) {
            square += value * value;
        }
        double[] backwards = space.whiten(reduced);
        FloatMatrix multiplier = FloatMatrix.zeros(1, reduced.length);
        FloatMatrix direction = FloatMatrix.zeros(1, reduced.length);
        double offset = 0;
        for (int i = 0; i < reduced.length && square > 0; i++) {
            float value = (float) (backwards[i] / Math.sqrt(square));
            multiplier.set(0, i, value);
            direction.set(0, i, (float) (reduced[i] / Math.sqrt(square)));
            offset += (double) value * space.mean()[i];
        }
        return new PatchQuery(multiplier, (float) offset, direction);
    }

    /// The similarity of every patch of an image, `float[P]`, -1 to 1.
    public float[] map(PatchQuery query, int image) {
        float[] similarities = new float[patches.perImage()];
        write(prepared(query), query.offset(), image, similarities, 0);
        return similarities;
    }

    /// The similarity of one patch, -1 to 1: the number that the map of its image has there.
    public float similarity(PatchQuery query, int image, int patch) {
        return similarity(prepared(query), query.offset(), image, patch);
    }

    /// The same for somebody who asks of many patches.
    ///
    /// @param vector of the query, prepared
    /// @param offset of the query
    float similarity(ScanVector vector, float offset, int image, int patch) {
        float[] product = new float[1];
        patches.rows(image).rows(patch, patch + 1).products(vector, product, 0);
        return clamped((product[0] - offset) * inverseLengths(image)[patch]);
    }

    /// The same for several images, `float[images][P]`.
    public FloatMatrix maps(PatchQuery query, List<Integer> images, TaskPool pool) {
        int perImage = patches.perImage();
        int perTask = imagesPerTask();
        FloatMatrix maps = FloatMatrix.zeros(images.size(), perImage);
        ScanVector vector = prepared(query);
        pool.forEach(Math.ceilDiv(images.size(), perTask), task -> {
            int from = task * perTask;
            int to = Math.min(images.size(), from + perTask);
            float[] similarities = new float[(to - from) * perImage];
            for (int i = from; i < to; i++) {
                write(vector, query.offset(), images.get(i), similarities, (i - from) * perImage);
            }
            maps.rows(from, to).copyFrom(FloatMatrix.of(to - from, perImage, similarities));
        });
        return maps;
    }

    /// The most similar patches of some images, best first; equal ones by image, then patch.
    ///
    /// @param most how many are wanted; fewer if there are not as many
    /// @param images that are searched, by index
    /// @param outliers whether outlier patches may be found
    public List<PatchHit> nearest(PatchQuery query, int most, BitSet images, boolean outliers, TaskPool pool) {
        int[] searched = images.stream().toArray();
        int perTask = imagesPerTask();
        ScanVector vector = prepared(query);
        TopHits[] found = new TopHits[Math.ceilDiv(searched.length, perTask)];
        SharedLimit limit = new SharedLimit();
        pool.forEach(found.length, task -> {
            TopHits best = new TopHits(most);
            float[] similarities = new float[patches.perImage()];
            int end = Math.min(searched.length, (task + 1) * perTask);
            for (int i = task * perTask; i < end; i++) {
                patches.rows(searched[i]).products(vector, similarities, 0);
                offer(best, limit, new ScannedImage(searched[i], similarities, query.offset()), outliers);
            }
            limit.raise(best.worst());
            found[task] = best;
        });
        TopHits all = new TopHits(most);
        for (TopHits part : found) {
            part.best().forEach(all::offer);
        }
        return List.copyOf(all.best());
    }

    /// The products of the patches of an image with a query: less the offset, over their lengths, similarities.
    @SuppressWarnings("ArrayRecordComponent") // read by one thread, never compared
    private record ScannedImage(int image, float[] products, float offset) {}

    /// Offers what is better than the worst so far, and then only what still is at a size of at most 1.
    private void offer(TopHits best, SharedLimit limit, ScannedImage scanned, boolean outliers) {
        float[] products = scanned.products();
        float[] inverse = inverseLengths(scanned.image());
        float offset = scanned.offset();
        float least = limit.below();
        float worst = Math.max(least, best.worst());
        for (int patch = 0; patch < inverse.length; patch++) {
            float similarity = (products[patch] - offset) * inverse[patch];
            if (similarity > worst && (outliers || !patches.isOutlier(scanned.image(), patch))) {
                best.offer(new PatchHit(scanned.image(), patch, clamped(similarity)));
                worst = Math.max(least, best.worst());
            }
        }
    }

    /// The similarity of every patch of an image with every patch of another, or of the same, `float[P][P]`.
    ///
    /// @throws PatchlensException if the grid has more than 10,000 patches
    public FloatMatrix matrix(int image, int other) {
        int perImage = patches.perImage();
        if (perImage > MOST_ON_A_SIDE) {
            throw PatchlensException.usage(
                    "matrix",
                    "of " + perImage + " x " + perImage + " patches; at most " + MOST_ON_A_SIDE
                            + " on a side are compared at once",
                    "");
        }
        FloatMatrix matrix = FloatMatrix.zeros(perImage, perImage);
        FloatMatrix left = directions(image);
        FloatMatrix right = image == other ? left : directions(other);
        MatrixProduct.multiply(Panel.of(left), Panel.of(right).transpose(), Panel.of(matrix));
        for (int row = 0; row < perImage; row++) {
            for (int column = 0; column < perImage; column++) {
                boolean mirrored = image == other && column < row;
                matrix.set(row, column, mirrored ? matrix.get(column, row) : clamped(matrix.get(row, column)));
            }
        }
        return matrix;
    }

    /// The pairs of patches of two images that are each other's most similar, strongest first.
    ///
    /// @param outliers whether outlier patches take part
    public List<PatchMatch> matches(int image, int other, boolean outliers) {
        return MutualMatches.of(matrix(image, other), eligible(image, outliers), eligible(other, outliers));
    }

    private BitSet eligible(int image, boolean outliers) {
        BitSet eligible = new BitSet();
        for (int patch = 0; patch < patches.perImage(); patch++) {
            eligible.set(patch, outliers || !patches.isOutlier(image, patch));
        }
        return eligible;
    }

    /// The patches of an image after the reduction, each scaled to length 1, `float[P][D]`; zeros for a patch
    /// without direction.
    public FloatMatrix directions(int image) {
        float[] reduced = space.reduce(patches.rows(image));
        float[] inverse = inverseLengths(image);
        int dimensions = patches.dimensions();
        for (int patch = 0; patch < inverse.length; patch++) {
            for (int i = 0; i < dimensions; i++) {
                reduced[patch * dimensions + i] *= inverse[patch];
            }
        }
        return FloatMatrix.of(inverse.length, dimensions, reduced);
    }

    private int imagesPerTask() {
        return Math.max(1, PATCHES_PER_TASK / patches.perImage());
    }

    private static ScanVector prepared(PatchQuery query) {
        return ScanVector.of(query.vector().rowToArray(0));
    }

    private void write(ScanVector vector, float offset, int image, float[] similarities, int at) {
        writeUnclamped(vector, offset, image, similarities, at);
        for (int patch = at; patch < at + patches.perImage(); patch++) {
            similarities[patch] = clamped(similarities[patch]);
        }
    }

    private void writeUnclamped(ScanVector vector, float offset, int image, float[] similarities, int at) {
        patches.rows(image).products(vector, similarities, at);
        float[] inverse = inverseLengths(image);
        for (int patch = 0; patch < inverse.length; patch++) {
            similarities[at + patch] = (similarities[at + patch] - offset) * inverse[patch];
        }
    }

    private static float clamped(float cosine) {
        return Math.max(-1, Math.min(1, cosine));
    }

    /// One over the length of each reduced patch; 0 for a patch without direction.
    private float[] inverseLengths(int image) {
        return LayerPatches.kept(inverseLengths, image, () -> {
            float[] lengths = lengths(image);
            for (int patch = 0; patch < lengths.length; patch++) {
                lengths[patch] = lengths[patch] > 0 ? 1 / lengths[patch] : 0;
            }
            return lengths;
        });
    }

    private float[] lengths(int image) {
        float[] norms = patches.norms(image);
        float[] squares = switch (space.reduction()) {
            case NONE, CENTER -> patches.rows(image).squaredDistances(space.mean());
            case WHITEN ->
                StoredRows.of(FloatMatrix.of(norms.length, patches.dimensions(), space.reduce(patches.rows(image))))
                        .squaredDistances(new float[patches.dimensions()]);
        };
        for (int patch = 0; patch < squares.length; patch++) {
            squares[patch] = (float) Math.sqrt(squares[patch]);
        }
        return squares;
    }
}
