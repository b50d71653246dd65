package org.patchlens.analysis.projection;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.OptionRange;
import org.patchlens.analysis.PointOptions;
import org.patchlens.analysis.projection.tsne.TsneSettings;
import org.patchlens.analysis.projection.umap.UmapSettings;
import org.patchlens.embedding.Layer;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.SearchMode;

/// What is projected, and how.
///
/// @param method how points are laid out
/// @param from the points to project
/// @param place the images whose points are placed into the finished map of the others, as a filter
/// @param layers whose maps of the same points are shown beside that of the layer of the points
/// @param axes 2 or 3
/// @param metric between embeddings
/// @param neighbors whether all nearest neighbours are searched, or nearly all
/// @param tsne of the method `TSNE`
/// @param umap of the method `UMAP`
/// @param components what the first components say beside the map
/// @param colorBy what gives points their colours
/// @param execution seed of the sample and of the noise at the start, and threads
public record ProjectionOptions(
        @Doc("How points are laid out: pca keeps the large distances, tsne the neighbours, umap the neighbours and some"
                + " of the shape")
        Method method,

        PointOptions from,

        @Doc("Images that make no map, such as split=test: their points are placed into the finished map of the others")
        Optional<String> place,

        @Doc("Other layers, whose maps of the same points are shown beside it, each turned to fit it")
        List<Layer> layers,

        @Doc(value = "Axes of the map, 2 or 3", min = 2, max = 3)
        int axes,

        @Doc("Distance between embeddings") Metric metric,

        @Doc("Search for neighbours: exact, approximate with its recall in the table, or auto, which is exact up to"
                + " 30000 points")
        SearchMode neighbors,

        Attraction tsne,
        Manifold umap,
        FirstComponents components,

        @Doc("Colour: a column of the metadata; row, column, position or norm of the patch; cluster, or cluster/NAME of"
                + " several that were saved; layer; placed; without it, row or norm")
        Optional<String> colorBy,

        Execution execution) {
    private static final int MOST_LAYERS = 100;
    private static final int MOST_ITERATIONS = 100_000;

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

    /// How t-SNE lays out.
    ///
    /// @param perplexity how many neighbours a point has, softly
    /// @param iterations at most, after 250 with exaggeration
    public record Attraction(
            @Doc(
                    value = "How many neighbours a point has in t-SNE, softly",
                    min = SMALLEST_PERPLEXITY,
                    max = LARGEST_PERPLEXITY)
            double perplexity,

            @Doc(value = "Iterations of t-SNE at most, after 250 with exaggeration", min = 0, max = MOST_ITERATIONS)
            int iterations) {
        private static final double SMALLEST_PERPLEXITY = 1;
        private static final double LARGEST_PERPLEXITY = 1000;

        public Attraction {
            OptionRange.check("perplexity", perplexity, SMALLEST_PERPLEXITY, LARGEST_PERPLEXITY);
            OptionRange.check("iterations", iterations, 0, MOST_ITERATIONS);
        }
    }

    /// How UMAP lays out.
    ///
    /// @param nNeighbors of a point, itself counted
    /// @param minDist of points in the map
    /// @param epochs 0 for 500 up to 10,000 points and 200 beyond
    public record Manifold(
            @Doc(
                    value = "Neighbours of a point in UMAP, itself counted: few show detail, many the large shape",
                    min = FEWEST_NEIGHBORS,
                    max = MOST_NEIGHBORS)
            int nNeighbors,

            @Doc(value = "How near to each other points come in a map by UMAP", min = 0, max = 1)
            double minDist,

            @Doc(value = "Epochs of UMAP; 0 for 500 up to 10000 points and 200 beyond", min = 0, max = MOST_ITERATIONS)
            int epochs) {
        private static final int FEWEST_NEIGHBORS = 2;
        private static final int MOST_NEIGHBORS = 1000;

        public Manifold {
            OptionRange.check("n-neighbors", nNeighbors, FEWEST_NEIGHBORS, MOST_NEIGHBORS);
            OptionRange.check("min-dist", minDist, 0, 1);
            OptionRange.check("epochs", epochs, 0, MOST_ITERATIONS);
        }
    }

    /// What the first principal components choose and show.
    ///
    /// @param foreground which side of the first is projected
    /// @param image the id of the image that is shown in the colours of the first three
    public record FirstComponents(
            @Doc("Which patches: all, or those on the positive or negative side of the first component, from which the"
                    + " components are then computed again; the middle of the images is on the positive side")
            Foreground foreground,

            @Doc("Id of the image to show in the colours of the first three components; without it, the first")
            Optional<String> image) {}

    public ProjectionOptions {
        layers = List.copyOf(layers);
        if (layers.size() > MOST_LAYERS) {
            throw PatchlensException.usage(
                    "layers", "are " + layers.size() + "; at most " + MOST_LAYERS + " stand side by side", "");
        }
        OptionRange.check("axes", axes, 2, 3);
    }

    /// t-SNE of up to 20,000 patches of the deepest layer in two dimensions.
    public static ProjectionOptions defaults() {
        return new ProjectionOptions(
                Method.TSNE,
                PointOptions.defaults(),
                Optional.empty(),
                List.of(),
                2,
                Metric.EUCLIDEAN,
                SearchMode.AUTO,
                new Attraction(30, 500),
                new Manifold(15, 0.1, 0),
                new FirstComponents(Foreground.ALL, Optional.empty()),
                Optional.empty(),
                Execution.defaults());
    }

    TsneSettings tsneSettings() {
        TsneSettings usual = TsneSettings.defaults(axes);
        return new TsneSettings(
                axes,
                tsne.perplexity,
                usual.earlyExaggeration(),
                usual.earlyIterations(),
                tsne.iterations,
                execution.seed());
    }

    UmapSettings umapSettings() {
        return new UmapSettings(axes, umap.nNeighbors, umap.minDist, umap.epochs, execution.seed());
    }
}
