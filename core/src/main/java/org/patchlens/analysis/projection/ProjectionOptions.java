package org.patchlens.analysis.projection;

import java.util.Optional;
import java.util.function.Consumer;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.embedding.Layer;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.SearchMode;
import org.patchlens.point.PointUnit;

/// What is projected, and how.
///
/// @param method how points are laid out
/// @param points what a point is
/// @param layer the deepest that is stored if empty
/// @param axes 2 or 3
/// @param metric between embeddings
/// @param perplexity of t-SNE
/// @param iterations of t-SNE at most, after 250 with exaggeration
/// @param nNeighbors of a point in UMAP, itself counted
/// @param minDist of points in UMAP's map
/// @param epochs of UMAP; 0 for 500 up to 10,000 points and 200 beyond
/// @param neighbors whether all nearest neighbours are searched, or nearly all
/// @param most points at most
/// @param factor above which multiple of the median norm a patch is left out
/// @param foreground which side of the first component is projected
/// @param image the id of the image that is shown in the colours of the first three components
/// @param colorBy what gives points their colours
/// @param seed of the sample, and of the noise at the start
/// @param threads 0 for one per processor
public record ProjectionOptions(
        @Doc("How points are laid out: pca keeps the large distances, tsne the neighbours, umap the neighbours and some"
                + " of the shape")
        Method method,

        @Doc("What a point is: a patch, an image by its CLS token, or an image by the mean of its patches")
        PointUnit points,

        @Doc("Layer to project; without it, the deepest that the study holds")
        Optional<Layer> layer,

        @Doc(value = "Axes of the map, 2 or 3", min = 2, max = 3)
        int axes,

        @Doc("Distance between embeddings") Metric metric,

        @Doc(
                value = "How many neighbours a point has in t-SNE, softly",
                min = SMALLEST_PERPLEXITY,
                max = LARGEST_PERPLEXITY)
        double perplexity,

        @Doc(value = "Iterations of t-SNE at most, after 250 with exaggeration", min = 0, max = MOST_ITERATIONS)
        int iterations,

        @Doc(
                value = "Neighbours of a point in UMAP, itself counted: few show detail, many the large shape",
                min = FEWEST_NEIGHBORS,
                max = MOST_NEIGHBORS)
        int nNeighbors,

        @Doc(value = "How near to each other points come in a map by UMAP", min = 0, max = 1)
        double minDist,

        @Doc(value = "Epochs of UMAP; 0 for 500 up to 10000 points and 200 beyond", min = 0, max = MOST_ITERATIONS)
        int epochs,

        @Doc("Search for neighbours: exact, approximate with its recall in the table, or auto, which is exact up to"
                + " 100000 points")
        SearchMode neighbors,

        @Doc(
                value = "Points at most; of more patches, as many are drawn by lot from each image",
                min = FEWEST_POINTS,
                max = MOST_POINTS)
        int most,

        @Doc(
                value = "A patch is left out if its norm exceeds this many times the median",
                min = SMALLEST_FACTOR,
                max = LARGEST_FACTOR)
        double factor,

        @Doc("Which patches: all, or those with a positive or negative score of the first component, from which the"
                + " components are then computed again")
        Foreground foreground,

        @Doc("Id of the image to show in the colours of the first three components; without it, the first")
        Optional<String> image,

        @Doc("Colour: a column of the metadata, or row, column or norm of the patch; without it, row or norm")
        Optional<String> colorBy,

        @Doc("Seed of the sample and of the noise at the start")
        long seed,

        @Doc(
                value = "Threads to work with; 0 for one per processor",
                min = 0,
                max = MOST_THREADS,
                changesResult = false)
        int threads) {
    private static final double SMALLEST_PERPLEXITY = 1;
    private static final double LARGEST_PERPLEXITY = 1000;
    private static final int MOST_ITERATIONS = 100_000;
    private static final int FEWEST_POINTS = 10;
    private static final int FEWEST_NEIGHBORS = 2;
    private static final int MOST_NEIGHBORS = 1000;

    /// More do not fit into 16 GB with their neighbours.
    private static final int MOST_POINTS = 1_000_000;

    private static final double SMALLEST_FACTOR = 1;
    private static final double LARGEST_FACTOR = 1e6;
    private static final int MOST_THREADS = 1024;

    /// How points are laid out.
    public enum Method {
        /// Along the first principal components.
        PCA,
        /// By t-SNE of the first 50 principal components.
        TSNE,
        /// By UMAP of the first 50 principal components.
        UMAP
    }

    /// Which patches are projected. The first component often separates an object from its background.
    public enum Foreground {
        /// All.
        ALL,
        /// Those on the positive side of the first component.
        POSITIVE,
        /// Those on the negative side of the first component.
        NEGATIVE
    }

    public ProjectionOptions {
        check("axes", axes, 2, 3);
        check("perplexity", perplexity, SMALLEST_PERPLEXITY, LARGEST_PERPLEXITY);
        check("iterations", iterations, 0, MOST_ITERATIONS);
        check("n-neighbors", nNeighbors, FEWEST_NEIGHBORS, MOST_NEIGHBORS);
        check("min-dist", minDist, 0, 1);
        check("epochs", epochs, 0, MOST_ITERATIONS);
        check("most", most, FEWEST_POINTS, MOST_POINTS);
        check("factor", factor, SMALLEST_FACTOR, LARGEST_FACTOR);
        check("threads", threads, 0, MOST_THREADS);
    }

    private static void check(String option, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw PatchlensException.usage(option, "is " + value + "; it must be " + low + " to " + high, "");
        }
    }

    /// t-SNE of up to 20,000 patches of the deepest layer in two dimensions.
    public static ProjectionOptions defaults() {
        return new ProjectionOptions(
                Method.TSNE,
                PointUnit.PATCHES,
                Optional.empty(),
                2,
                Metric.EUCLIDEAN,
                30,
                500,
                15,
                0.1,
                0,
                SearchMode.AUTO,
                20_000,
                5,
                Foreground.ALL,
                Optional.empty(),
                Optional.empty(),
                1,
                0);
    }

    /// These options with another method.
    public ProjectionOptions withMethod(Method other) {
        return changed(draft -> draft.method = other);
    }

    /// These options with other points.
    public ProjectionOptions withPoints(PointUnit other) {
        return changed(draft -> draft.points = other);
    }

    /// These options with another number of axes.
    public ProjectionOptions withAxes(int other) {
        return changed(draft -> draft.axes = other);
    }

    /// These options with another metric.
    public ProjectionOptions withMetric(Metric other) {
        return changed(draft -> draft.metric = other);
    }

    /// These options with another perplexity.
    public ProjectionOptions withPerplexity(double other) {
        return changed(draft -> draft.perplexity = other);
    }

    /// These options with another largest number of points.
    public ProjectionOptions withMost(int other) {
        return changed(draft -> draft.most = other);
    }

    /// These options with one side of the first component.
    public ProjectionOptions withForeground(Foreground other) {
        return changed(draft -> draft.foreground = other);
    }

    /// These options with other colours.
    public ProjectionOptions withColorBy(String other) {
        return changed(draft -> draft.colorBy = Optional.of(other));
    }

    /// These options with another number of neighbours of UMAP.
    public ProjectionOptions withNNeighbors(int other) {
        return changed(draft -> draft.nNeighbors = other);
    }

    /// These options with another search for neighbours.
    public ProjectionOptions withNeighbors(SearchMode other) {
        return changed(draft -> draft.neighbors = other);
    }

    /// These options with another number of threads.
    public ProjectionOptions withThreads(int other) {
        return changed(draft -> draft.threads = other);
    }

    private ProjectionOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /// The same components, to be changed one at a time.
    private static final class Draft {
        private Method method;
        private PointUnit points;
        private Optional<Layer> layer;
        private int axes;
        private Metric metric;
        private double perplexity;
        private int iterations;
        private int nNeighbors;
        private double minDist;
        private int epochs;
        private SearchMode neighbors;
        private int most;
        private double factor;
        private Foreground foreground;
        private Optional<String> image;
        private Optional<String> colorBy;
        private long seed;
        private int threads;

        Draft(ProjectionOptions options) {
            method = options.method;
            points = options.points;
            layer = options.layer;
            axes = options.axes;
            metric = options.metric;
            perplexity = options.perplexity;
            iterations = options.iterations;
            nNeighbors = options.nNeighbors;
            minDist = options.minDist;
            epochs = options.epochs;
            neighbors = options.neighbors;
            most = options.most;
            factor = options.factor;
            foreground = options.foreground;
            image = options.image;
            colorBy = options.colorBy;
            seed = options.seed;
            threads = options.threads;
        }

        ProjectionOptions options() {
            return new ProjectionOptions(
                    method,
                    points,
                    layer,
                    axes,
                    metric,
                    perplexity,
                    iterations,
                    nNeighbors,
                    minDist,
                    epochs,
                    neighbors,
                    most,
                    factor,
                    foreground,
                    image,
                    colorBy,
                    seed,
                    threads);
        }
    }
}
