package org.patchlens.patch;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleConsumer;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.neighbor.BeamSearch;
import org.patchlens.neighbor.ProximityGraph;
import org.patchlens.neighbor.ProximityGraphBuilder;
import org.patchlens.neighbor.SignCodes;
import org.patchlens.patch.ComparedPatches.LayerReduction;
import org.patchlens.study.Study;
import org.patchlens.study.cache.StudyCache;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.StoredRows;
import org.patchlens.tensor.TaskPool;

/// An index over all patches of a layer: it finds most of the nearest patches, and how many is measured when it is
/// made. Safe for several threads.
///
/// It lies in the cache of the study, follows from the study alone, and is refused if the study, the layer, the
/// reduction or the outlier rule is another one. What it finds is ranked by the similarities of the stored patches
/// themselves: it may miss a patch, but says nothing wrong of those that it finds.
public final class PatchIndex {
    /// How many patches an index takes at most: with 768 dimensions, 6 GB.
    private static final int MOST_PATCHES = 4_000_000;

    private static final int NEAREST = 10;
    private static final int MEASURED = 200;
    private static final double WANTED_RECALL = 0.95;
    private static final List<Integer> WIDTHS = List.of(16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024);
    private static final Seed SEED = new Seed(1);
    private static final double SHARE_OF_READING = 0.05;
    private static final double SHARE_OF_MEASURING = 0.05;

    private static final Comparator<PatchHit> BEST_FIRST = Comparator.comparingDouble(
                    (PatchHit hit) -> -hit.similarity())
            .thenComparingInt(PatchHit::image)
            .thenComparingInt(PatchHit::patch);

    /// How many more than wanted are ranked anew, because 16 bits may confuse neighbours.
    private static final int SPARE = 6;

    private final PatchSimilarity similarity;
    private final IndexFiles files;
    private final SignCodes codes;
    private final Queue<BeamSearch> searches = new ConcurrentLinkedQueue<>();

    private PatchIndex(PatchSimilarity similarity, IndexFiles files, SignCodes codes) {
        this.similarity = similarity;
        this.files = files;
        this.codes = codes;
    }

    /// Whether a study seems to hold an index, without a look at its bytes or at those of the patches.
    public static boolean isKept(Study study, LayerReduction chosen) {
        return StudyCache.of(study.folder()).has(IndexFiles.key(study, chosen));
    }

    /// The index that was made of these patches, if the study holds one.
    public static Optional<PatchIndex> find(PatchSimilarity similarity) {
        return IndexFiles.find(similarity)
                .map(files -> new PatchIndex(similarity, files, SignCodes.of(files.directions())));
    }

    /// Makes the index, measures it and keeps it in the study.
    ///
    /// A search follows the smallest number of patches of a list that finds 95 % of the ten nearest patches of
    /// other images, for 200 patches drawn at random; the largest if none does, and then the recall is what it is.
    ///
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    /// @throws PatchlensException if there are more than 4 million patches, or no room on the disk
    public static PatchIndex make(PatchSimilarity similarity, TaskPool pool, DoubleConsumer progress) {
        LayerPatches patches = similarity.patches();
        long count = (long) patches.images() * patches.perImage();
        if (count > MOST_PATCHES) {
            throw PatchlensException.usage(
                    "index",
                    "of " + count + " patches; it takes at most " + MOST_PATCHES,
                    "Search without --index, which is exact");
        }
        StoredRows directions = directions(similarity, pool);
        progress.accept(SHARE_OF_READING);
        ProximityGraph graph = ProximityGraphBuilder.of(
                directions,
                SEED,
                pool,
                done -> progress.accept(SHARE_OF_READING + done * (1 - SHARE_OF_READING - SHARE_OF_MEASURING)));
        PatchIndex measured = measured(similarity, new IndexFiles(graph, directions, 1, 0), pool);
        if (!measured.files.keep(similarity)) {
            throw PatchlensException.badData(
                    patches.study().folder().toString(),
                    "has no room for the index of " + count + " patches",
                    "The cache of a study takes 4 GiB, and the disk must have as much free");
        }
        progress.accept(1);
        return measured;
    }

    private static StoredRows directions(PatchSimilarity similarity, TaskPool pool) {
        LayerPatches patches = similarity.patches();
        int perImage = patches.perImage();
        StoredRows all = StoredRows.ofHalves(patches.images() * perImage, patches.dimensions());
        pool.forEach(patches.images(), image -> all.write(image * perImage, similarity.directions(image)));
        return all;
    }

    private static PatchIndex measured(PatchSimilarity similarity, IndexFiles files, TaskPool pool) {
        SignCodes codes = SignCodes.of(files.directions());
        if (similarity.patches().images() < 2) {
            IndexFiles one = new IndexFiles(files.graph(), files.directions(), WIDTHS.getFirst(), 1);
            return new PatchIndex(similarity, one, codes);
        }
        Exact exact = Exact.of(similarity, pool);
        IndexFiles tried = files;
        for (int width : WIDTHS) {
            tried = new IndexFiles(files.graph(), files.directions(), width, 0);
            double recall = exact.recall(new PatchIndex(similarity, tried, codes), pool);
            tried = new IndexFiles(files.graph(), files.directions(), width, recall);
            if (recall >= WANTED_RECALL) {
                break;
            }
        }
        return new PatchIndex(similarity, tried, codes);
    }

    /// The share of the ten nearest patches of other images that it found when it was made, 0 to 1.
    public double recall() {
        return files.recall();
    }

    /// How many patches a search follows.
    public int width() {
        return files.width();
    }

    /// Its size on disk in bytes.
    public long bytes() {
        return files.directions().memory().byteSize() + (long) files.graph().edges().length * Integer.BYTES;
    }

    /// Patches among the most similar of some images, best first; equal ones by image, then patch.
    ///
    /// The search widens until it has seen enough patches that are wanted, and looks at all if need be.
    ///
    /// @param most how many are wanted
    /// @param images that are searched, by index
    /// @param outliers whether outlier patches may be found
    public List<PatchHit> nearest(PatchQuery query, int most, BitSet images, boolean outliers) {
        int perImage = similarity.patches().perImage();
        long possible = (long) images.cardinality() * perImage;
        IntPredicate wanted = point -> images.get(point / perImage)
                && (outliers || !similarity.patches().isOutlier(point / perImage, point % perImage));
        ScanVector direction = ScanVector.of(query.direction().rowToArray(0));
        BeamSearch polled = searches.poll();
        BeamSearch search = polled == null ? new BeamSearch(files.graph(), files.directions(), codes) : polled;
        try {
            int width = Math.max(files.width(), most);
            search.run(files.graph().start(), direction, width);
            int[] found = search.ranked(wanted);
            while (found.length < Math.min(most + SPARE, possible)
                    && width < files.graph().points()) {
                width = (int) Math.min(files.graph().points(), 4L * width);
                search.run(files.graph().start(), direction, width);
                found = search.ranked(wanted);
            }
            return ranked(query, found, most);
        } finally {
            searches.add(search);
        }
    }

    private List<PatchHit> ranked(PatchQuery query, int[] found, int most) {
        int perImage = similarity.patches().perImage();
        ScanVector vector = ScanVector.of(query.vector().rowToArray(0));
        PatchHit[] hits = new PatchHit[(int) Math.min(found.length, (long) most + SPARE)];
        for (int i = 0; i < hits.length; i++) {
            int image = found[i] / perImage;
            int patch = found[i] % perImage;
            hits[i] = new PatchHit(image, patch, similarity.similarity(vector, query.offset(), image, patch));
        }
        Arrays.sort(hits, BEST_FIRST);
        return List.of(hits.length <= most ? hits : Arrays.copyOf(hits, most));
    }

    /// The truth about a few patches.
    ///
    /// @param queries that were asked
    /// @param nearest of each
    private record Exact(PatchSimilarity similarity, List<PatchHit> queries, List<Set<PatchHit>> nearest) {
        static Exact of(PatchSimilarity similarity, TaskPool pool) {
            RandomGenerator random = SEED.task(1).generator();
            LayerPatches patches = similarity.patches();
            List<PatchHit> queries = IntStream.range(0, MEASURED)
                    .mapToObj(
                            i -> new PatchHit(random.nextInt(patches.images()), random.nextInt(patches.perImage()), 1))
                    .toList();
            List<Set<PatchHit>> nearest = queries.stream()
                    .map(query -> Set.copyOf(similarity.nearest(
                            similarity.query(query.image(), List.of(query.patch())),
                            NEAREST,
                            others(patches, query),
                            true,
                            pool)))
                    .toList();
            return new Exact(similarity, queries, nearest);
        }

        private static BitSet others(LayerPatches patches, PatchHit query) {
            BitSet images = new BitSet();
            images.set(0, patches.images());
            images.clear(query.image());
            return images;
        }

        double recall(PatchIndex index, TaskPool pool) {
            int[] right = new int[queries.size()];
            pool.forEach(queries.size(), i -> {
                PatchHit query = queries.get(i);
                Set<PatchHit> found = new HashSet<>(index.nearest(
                        similarity.query(query.image(), List.of(query.patch())),
                        NEAREST,
                        others(similarity.patches(), query),
                        true));
                found.retainAll(nearest.get(i));
                right[i] = found.size();
            });
            int all = nearest.stream().mapToInt(Set::size).sum();
            return (double) Arrays.stream(right).sum() / all;
        }
    }
}
