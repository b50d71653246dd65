package org.patchlens.analysis.projection;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.projection.tsne.TsneSettings;
import org.patchlens.analysis.projection.umap.UmapSettings;
import org.patchlens.embedding.Layer;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.SearchMode;
import org.patchlens.point.MaskRegion;
import org.patchlens.point.PointChoice;
import org.patchlens.point.PointUnit;
import org.patchlens.point.SampleUnit;
import org.patchlens.study.metadata.RowFilter;

/// What is projected, and how.
///
/// @param method how points are laid out
/// @param points what a point is
/// @param layer the deepest that is stored if empty
/// @param layers whose maps of the same points are shown beside that of `layer`
/// @param axes 2 or 3
/// @param metric between embeddings
/// @param perplexity of t-SNE
/// @param iterations of t-SNE at most, after 250 with exaggeration
/// @param nNeighbors of a point in UMAP, itself counted
/// @param minDist of points in UMAP's map
/// @param epochs of UMAP; 0 for 500 up to 10,000 points and 200 beyond
/// @param neighbors whether all nearest neighbours are searched, or nearly all
/// @param most points at most
/// @param each points at most of each image or patient
/// @param sampleBy among what points are shared out
/// @param patient the column that tells patients apart
/// @param where the images to choose from, as a filter over the metadata
/// @param maskClass whose patches are chosen; all if empty
/// @param coverage of a patch by the mask class at least
/// @param factor above which multiple of the median norm a patch is left out
/// @param foreground which side of the first component is projected
/// @param place the images whose points are placed into the finished map of the others, as a filter
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

        @Doc("Other layers, whose maps of the same points are shown beside it, each turned to fit it")
        List<Layer> layers,

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
                + " 30000 points")
        SearchMode neighbors,

        @Doc(
                value = "Points at most; of more, as many are drawn by lot from each image or patient",
                min = FEWEST_POINTS,
                max = MOST_POINTS)
        int most,

        @Doc(value = "Points at most of each image or patient", min = 1, max = MOST_POINTS)
        int each,

        @Doc("Among what points are shared out evenly") SampleUnit sampleBy,

        @Doc("Column that tells patients apart; without it, one that is named like patient or patient_id")
        Optional<String> patient,

        @Doc("Images to choose from, such as site=A and age>=60")
        Optional<String> where,

        @Doc("Mask class whose patches are chosen; without it, all patches")
        Optional<String> maskClass,

        @Doc(value = "Share of a patch that the mask class covers at least", min = SMALLEST_COVERAGE, max = 1)
        double coverage,

        @Doc(
                value = "A patch is left out if its norm exceeds this many times the median",
                min = SMALLEST_FACTOR,
                max = LARGEST_FACTOR)
        double factor,

        @Doc("Which patches: all, or those on the positive or negative side of the first component, from which the"
                + " components are then computed again; the middle of the images is on the positive side")
        Foreground foreground,

        @Doc("Images that make no map, such as split=test: their points are placed into the finished map of the others")
        Optional<String> place,

        @Doc("Id of the image to show in the colours of the first three components; without it, the first")
        Optional<String> image,

        @Doc("Colour: a column of the metadata; row, column, position or norm of the patch; cluster, or cluster/NAME of"
                + " several that were saved; layer; placed; without it, row or norm")
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

    private static final int MOST_LAYERS = 100;
    private static final double SMALLEST_COVERAGE = 0.001;
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
        layers = List.copyOf(layers);
        if (layers.size() > MOST_LAYERS) {
            throw PatchlensException.usage(
                    "layers", "are " + layers.size() + "; at most " + MOST_LAYERS + " stand side by side", "");
        }
        check("axes", axes, 2, 3);
        check("perplexity", perplexity, SMALLEST_PERPLEXITY, LARGEST_PERPLEXITY);
        check("iterations", iterations, 0, MOST_ITERATIONS);
        check("n-neighbors", nNeighbors, FEWEST_NEIGHBORS, MOST_NEIGHBORS);
        check("min-dist", minDist, 0, 1);
        check("epochs", epochs, 0, MOST_ITERATIONS);
        check("most", most, FEWEST_POINTS, MOST_POINTS);
        check("each", each, 1, MOST_POINTS);
        check("coverage", coverage, SMALLEST_COVERAGE, 1);
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
                List.of(),
                2,
                Metric.EUCLIDEAN,
                30,
                500,
                15,
                0.1,
                0,
                SearchMode.AUTO,
                20_000,
                MOST_POINTS,
                SampleUnit.IMAGE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0.5,
                5,
                Foreground.ALL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                0);
    }

    /// Which points are projected.
    PointChoice choice() {
        return PointChoice.all(points)
                .withMost(most, seed)
                .withEach(each)
                .withSampleUnit(sampleBy, patient)
                .withWhere(where.map(RowFilter::parse).orElseGet(RowFilter::all))
                .withRegion(maskClass.map(name -> new MaskRegion(name, coverage)));
    }

    TsneSettings tsne() {
        TsneSettings usual = TsneSettings.defaults(axes);
        return new TsneSettings(axes, perplexity, usual.earlyExaggeration(), usual.earlyIterations(), iterations, seed);
    }

    UmapSettings umap() {
        return new UmapSettings(axes, nNeighbors, minDist, epochs, seed);
    }
}
