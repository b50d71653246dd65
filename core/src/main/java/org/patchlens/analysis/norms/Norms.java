package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.OptionRange;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.patch.OutlierMasking;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;

/// How large tokens are at each layer, and which patches are outliers: tokens that the model uses for something
/// else than the content of their patch (Darcet et al. 2023, "Vision Transformers Need Registers",
/// arXiv:2309.16588).
///
/// An outlier is a patch whose Euclidean norm exceeds a factor times the median of its layer. The paper cuts at an
/// absolute 150 for the output of DINOv2-g; a norm has no unit that another layer or model shares, so the rule
/// here is relative. The default of 5 lies in the gap that was measured on chest X-rays with vit-tiny-patch16-224
/// at 224 and 448 pixels: ordinary patches reach up to 3.3 times the median (layer 0), artefacts typically 30 to
/// 50 times, and between 4 and 10 times lie at most 0.15 % of the patches. The paper finds artefacts about 10
/// times as large.
public final class Norms {
    /// The entry of the list of analyses.
    public static final Analysis<Options, Result> ANALYSIS = new Analysis<>(
            "norms",
            "Norms of the tokens at every layer, and the outlier patches among them",
            Options.defaults(),
            Norms::of,
            Norms::figures);

    private static final double SMALLEST_FACTOR = 1;
    private static final double LARGEST_FACTOR = 1e6;

    /// Outliers have begun at a layer where one image in ten has one: fewer may be chance, more are the model's
    /// way.
    private static final float BEGUN = 0.1f;

    private Norms() {}

    /// What to measure.
    ///
    /// @param layers all that are stored if empty
    /// @param factor above which multiple of the layer's median a patch is an outlier
    /// @param image the id of the image that is shown
    /// @param group the column of the metadata whose groups are compared
    /// @param maskOutliers whether outliers are left out of the map of the shown image
    /// @param threads 0 for one per processor
    public record Options(
            @Doc("Layers to measure; without it, all that the study holds")
            List<Layer> layers,

            @Doc(
                    value = "A patch is an outlier if its norm exceeds this many times the median of its layer",
                    min = SMALLEST_FACTOR,
                    max = LARGEST_FACTOR)
            double factor,

            @Doc("Id of the image to show; without it, the one with the most outliers")
            Optional<String> image,

            @Doc("Column of the metadata whose groups are compared, such as site")
            Optional<String> group,

            @Doc("Leave outliers out of the map of the image: auto does where they outshine all other patches")
            OutlierMasking maskOutliers,

            @Doc(
                    value = "Threads to work with; 0 for one per processor",
                    min = 0,
                    max = Execution.MOST_THREADS,
                    changesResult = false)
            int threads) {
        public Options {
            layers = layers.stream().sorted().distinct().toList();
            if (!(factor >= SMALLEST_FACTOR && factor <= LARGEST_FACTOR)) {
                throw PatchlensException.usage("factor", "is " + factor + "; it must be 1 to 1,000,000", "");
            }
            OptionRange.check("threads", threads, 0, Execution.MOST_THREADS);
        }

        /// All layers, factor 5, the most telling image, one thread per processor.
        public static Options defaults() {
            return new Options(List.of(), 5, Optional.empty(), Optional.empty(), OutlierMasking.AUTO, 0);
        }

        /// These options with other layers.
        public Options withLayers(List<Layer> newLayers) {
            return new Options(newLayers, factor, image, group, maskOutliers, threads);
        }

        /// These options with another factor.
        public Options withFactor(double newFactor) {
            return new Options(layers, newFactor, image, group, maskOutliers, threads);
        }

        /// These options with another image shown.
        public Options withImage(String id) {
            return new Options(layers, factor, Optional.of(id), group, maskOutliers, threads);
        }

        /// These options with the groups of a column of the metadata.
        public Options withGroup(String column) {
            return new Options(layers, factor, image, Optional.of(column), maskOutliers, threads);
        }

        /// These options with outliers left out of the map, or not.
        public Options withMaskOutliers(OutlierMasking newMaskOutliers) {
            return new Options(layers, factor, image, group, newMaskOutliers, threads);
        }

        /// These options with another number of threads.
        public Options withThreads(int newThreads) {
            return new Options(layers, factor, image, group, maskOutliers, newThreads);
        }
    }

    /// What was measured.
    ///
    /// @param model the name of the model
    /// @param grid of patches, H x W
    /// @param images N, how many the study holds
    /// @param imagesMeasured how many were measured: all, or every k-th of a study with more than 50 million
    ///     patches
    /// @param factor above which multiple of the layer's median a patch is an outlier
    /// @param outliersBegin the first of the layers at which at least one image in ten has an outlier
    /// @param layers in ascending order
    /// @param histogram a row per layer
    /// @param group the column of the metadata whose groups are compared; empty if none was named
    /// @param verdict whether the model uses patches as registers, and what to do
    /// @param shown one image
    /// @param provenance where it comes from
    public record Result(
            String model,
            PatchGrid grid,
            int images,
            int imagesMeasured,
            double factor,
            Optional<Layer> outliersBegin,
            List<LayerNorms> layers,
            NormHistogram histogram,
            String group,
            RegisterVerdict verdict,
            ShownImage shown,
            Provenance provenance) {
        public Result {
            layers = List.copyOf(layers);
        }
    }

    /// The patch norms of one image at one layer: the layer where outliers begin, else the deepest.
    ///
    /// @param index of the image in the study
    /// @param id of the image
    /// @param layer where the norms are from
    /// @param norms `float[H][W]`
    /// @param outliers the numbers of the patches that are outliers, ascending
    /// @param outliersMasked whether the map leaves them out
    public record ShownImage(
            int index, String id, Layer layer, FloatMatrix norms, List<Integer> outliers, boolean outliersMasked) {
        public ShownImage {
            outliers = List.copyOf(outliers);
        }
    }

    /// Measures all images of a study; holds the norms of one layer at a time.
    ///
    /// @throws PatchlensException if the study has no images, a layer is not stored, the image is unknown, or a
    ///     token holds a number that is not finite
    public static Result of(Study study, Options options, Progress progress) {
        return of(study, options, progress, ScanPlan.MOST_NORMS);
    }

    static Result of(Study study, Options options, Progress progress, long mostNorms) {
        StudyManifest manifest = study.manifest();
        List<Layer> layers = chosenLayers(manifest, options);
        options.image().ifPresent(study::image);
        List<LayerScan> scans = new ArrayList<>();
        ScanPlan plan = ScanPlan.of(study, options, mostNorms);
        ImageGroups groups =
                options.group().map(name -> ImageGroups.of(plan, name)).orElse(ImageGroups.NONE);
        for (Layer layer : layers) {
            long before = (long) scans.size() * plan.images().size();
            long all = (long) layers.size() * plan.images().size();
            scans.add(LayerScan.of(plan, groups, layer, done -> progress.report("norms", before + done, all)));
        }
        Optional<LayerScan> begin = scans.stream()
                .filter(scan -> scan.norms().outliers().imageShare() >= BEGUN)
                .findFirst();
        List<LayerNorms> norms = scans.stream().map(LayerScan::norms).toList();
        Optional<Layer> begins = begin.map(scan -> scan.norms().layer());
        return new Result(
                manifest.model().name(),
                manifest.grid(),
                study.images().size(),
                plan.images().size(),
                options.factor(),
                begins,
                norms,
                NormHistogram.of(scans.stream().map(LayerScan::histogram).toList()),
                groups.column(),
                RegisterVerdict.of(norms, begins, manifest.layout()),
                shown(study, options, begin.orElse(scans.getLast())),
                Provenance.ofThisProgram(
                        manifest.model().sha256(),
                        manifest.provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        0));
    }

    private static List<Layer> chosenLayers(StudyManifest manifest, Options options) {
        for (Layer layer : options.layers()) {
            if (!manifest.layers().contains(layer)) {
                throw PatchlensException.usage(
                        "layer " + layer,
                        "is not in the study, which holds "
                                + manifest.layers().stream()
                                        .map(Layer::toString)
                                        .collect(Collectors.joining(", ")),
                        "Extract it into a study first");
            }
        }
        return options.layers().isEmpty() ? manifest.layers() : options.layers();
    }

    private static ShownImage shown(Study study, Options options, LayerScan scan) {
        StudyImage image =
                options.image().map(study::image).orElseGet(() -> study.images().get(scan.imageWithMostOutliers()));
        PatchEmbeddings tokens = study.embeddings(image.index(), scan.norms().layer());
        PatchGrid grid = tokens.grid();
        FloatMatrix norms = FloatMatrix.of(grid.rows(), grid.columns(), Kernels.rowNorms(tokens.patches()));
        double threshold = scan.norms().outliers().threshold();
        List<Integer> outliers = IntStream.range(0, grid.patches())
                .filter(patch -> norms.get(grid.row(patch), grid.column(patch)) > threshold)
                .boxed()
                .toList();
        boolean masked = options.maskOutliers().leavesOut(norms, outliers);
        return new ShownImage(image.index(), image.id(), scan.norms().layer(), norms, outliers, masked);
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return NormsFigures.of(result);
    }
}
