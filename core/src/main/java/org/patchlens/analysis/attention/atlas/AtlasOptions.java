package org.patchlens.analysis.attention.atlas;

import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.OptionRange;

/// What [AttentionAtlas] measures.
///
/// @param images how many images the CLS token's rows are read of, evenly spread; 0 for all
/// @param sample how many images the model computes whole matrices of, evenly spread; 0 for none
/// @param factor above which multiple of the image's median a patch is an outlier
/// @param sort of the rows of the tables: `layer` or the name of a [HeadMeasure]
/// @param threads 0 for one per processor
public record AtlasOptions(
        @Doc(value = "Images whose stored CLS attention is measured, evenly spread; 0 for all", min = 0, max = MOST)
        int images,

        @Doc(
                value = "Images of which the model computes the whole attention, evenly spread: needed for the distance"
                        + " of patches; 0 for none",
                min = 0,
                max = MOST)
        int sample,

        @Doc(
                value = "A patch is an outlier if its norm exceeds this many times the median of the image",
                min = 1,
                max = 1e6)
        double factor,

        @Doc("Order of the tables: layer, or what begins with the largest: entropy, distance, CLS, registers,"
                + " outliers, border, or a class of the masks")
        String sort,

        @Doc(
                value = "Threads to work with; 0 for one per processor",
                min = 0,
                max = Execution.MOST_THREADS,
                changesResult = false)
        int threads) {
    private static final int MOST = 1_000_000;

    /// The order of the model: layer by layer, head by head.
    static final String BY_LAYER = "layer";

    public AtlasOptions {
        OptionRange.check("images", images, 0, MOST);
        OptionRange.check("sample", sample, 0, MOST);
        OptionRange.check("factor", factor, 1, 1e6);
        OptionRange.check("threads", threads, 0, Execution.MOST_THREADS);
    }

    /// The stored CLS attention of all images.
    public static AtlasOptions defaults() {
        return new AtlasOptions(0, 0, 5, BY_LAYER, 0);
    }

    /// These options with whole matrices of some images.
    public AtlasOptions withSample(int newSample) {
        return new AtlasOptions(images, newSample, factor, sort, threads);
    }

    /// These options with tables in another order.
    public AtlasOptions withSort(String newSort) {
        return new AtlasOptions(images, sample, factor, newSort, threads);
    }

    /// These options with another number of threads.
    public AtlasOptions withThreads(int newThreads) {
        return new AtlasOptions(images, sample, factor, sort, newThreads);
    }

    /// How many threads work.
    int workers() {
        return Execution.workers(threads);
    }
}
