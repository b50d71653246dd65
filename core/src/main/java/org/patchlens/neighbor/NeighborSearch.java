package org.patchlens.neighbor;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.patchlens.study.cache.CacheKey;
import org.patchlens.study.cache.StudyCache;
import org.patchlens.study.disk.Checksum;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Searches neighbours once for everybody: the graph of [#SHARED] neighbours is kept in the cache of a study, and
/// who needs fewer takes the first of them.
///
/// @param mode whether all of them must be found
/// @param cache where graphs are kept; without it, only as many neighbours are searched as are asked for
/// @param pool stays open, and belongs to the caller
public record NeighborSearch(SearchMode mode, Optional<StudyCache> cache, TaskPool pool) {
    /// K of the graph that is shared: t-SNE at perplexity 30 needs it, everything else less.
    public static final int SHARED = 90;

    /// Beyond so many points the exact search takes more of the time of a map than is worth its last neighbours.
    public static final int MOST_EXACT = 30_000;

    private static final int FORMAT_VERSION = 2;

    /// A search that keeps what it finds in a study.
    public static NeighborSearch in(Path study, SearchMode mode, TaskPool pool) {
        return new NeighborSearch(mode, Optional.of(StudyCache.of(study)), pool);
    }

    /// Whether this many points are searched exactly.
    public boolean isExact(int points) {
        return switch (mode) {
            case EXACT -> true;
            case APPROXIMATE -> false;
            case AUTO -> points <= MOST_EXACT;
        };
    }

    /// The K nearest other points of every point, from the cache if they have been searched before.
    ///
    /// The same bytes whether they come from there or not.
    ///
    /// @param rows `float[N][D]`, finite
    /// @param k K, 1 to N - 1
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    public MeasuredGraph of(FloatMatrix rows, int k, Metric metric, DoubleConsumer progress) {
        if (cache.isEmpty()) {
            return search(rows, k, metric, progress);
        }
        int shared = Math.max(k, Math.min(SHARED, rows.rows() - 1));
        CacheKey key = CacheKey.of("neighbors", FORMAT_VERSION)
                .with("k", shared)
                .with("metric", metric)
                .with("search", isExact(rows.rows()) ? SearchMode.EXACT : SearchMode.APPROXIMATE)
                .with("points", rows.rows())
                .with("dimensions", rows.columns())
                .with("rows", Checksum.of(rows.segment()));
        Optional<MeasuredGraph> known = cache.get().find(key).flatMap(GraphFiles::read);
        MeasuredGraph graph = known.orElseGet(() -> {
            MeasuredGraph found = search(rows, shared, metric, progress);
            // where nothing can be kept it is searched again next time
            boolean _ = cache.get().keep(key, folder -> GraphFiles.write(found, folder));
            return found;
        });
        return new MeasuredGraph(k == shared ? graph.graph() : graph.graph().first(k), graph.recall());
    }

    private MeasuredGraph search(FloatMatrix rows, int k, Metric metric, DoubleConsumer progress) {
        return isExact(rows.rows())
                ? new MeasuredGraph(ExactNeighbors.of(rows, k, metric, pool, progress), 1)
                : ApproximateNeighbors.of(rows, k, metric, pool, progress);
    }
}
