package org.patchlens.patch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.neighbor.ProximityGraph;
import org.patchlens.patch.ComparedPatches.LayerReduction;
import org.patchlens.study.Study;
import org.patchlens.study.cache.CacheKey;
import org.patchlens.study.cache.StudyCache;
import org.patchlens.study.disk.DurableFiles;
import org.patchlens.study.disk.JsonFields;
import org.patchlens.study.disk.NpyFile;
import org.patchlens.study.disk.NpyHeader;
import org.patchlens.study.disk.NpyWriter;
import org.patchlens.tensor.StoredRows;
import tools.jackson.databind.node.ObjectNode;

/// An index in the cache of a study: `graph.npy` (`int32[N P][edges]`, -1 after the last), `directions.npy`
/// (`float16[N P][D]`, the reduced patches at length 1) and `index.json`.
///
/// @param graph over the patches, image by image
/// @param directions of the patches
/// @param width that a search follows
/// @param recall measured with this width
record IndexFiles(ProximityGraph graph, StoredRows directions, int width, double recall) {
    private static final int FORMAT_VERSION = 1;
    private static final int MOST_EDGES = 1024;
    private static final int WIDEST = 1 << 20;
    private static final int LONGEST_JSON = 1 << 16;
    private static final double RECALL_UNIT = 1e6;

    private static final ValueLayout.OfInt NUMBER = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Under what it is kept: all that it is made of.
    static CacheKey key(Study study, LayerReduction chosen) {
        return CacheKey.of("patch-index", FORMAT_VERSION)
                .with("study", study.fingerprint())
                .with("layer", chosen.layer())
                .with("reduce", chosen.reduction().word())
                .with("outlierFactor", chosen.outliers().factor());
    }

    private static CacheKey key(PatchSimilarity similarity) {
        LayerPatches patches = similarity.patches();
        return key(patches.study(), new LayerReduction(patches.layer(), similarity.reduction(), patches.rule()));
    }

    /// Reads an index whose bytes the cache has compared with their checksums.
    ///
    /// @return empty if there is none, or none of the right shape
    static Optional<IndexFiles> find(PatchSimilarity similarity) {
        LayerPatches patches = similarity.patches();
        return StudyCache.of(patches.study().folder()).find(key(similarity)).flatMap(folder -> read(folder, patches));
    }

    private static Optional<IndexFiles> read(Path folder, LayerPatches patches) {
        try {
            int points = Math.multiplyExact(patches.images(), patches.perImage());
            JsonFields json = JsonFields.read(folder.resolve("index.json"), LONGEST_JSON);
            int edges = json.integer("edges", 1, MOST_EDGES);
            MemorySegment memory = NpyFile.map(
                    folder.resolve("graph.npy"), new NpyHeader("<i4", List.of(points, edges)), Integer.BYTES);
            ProximityGraph graph =
                    new ProximityGraph(points, edges, json.integer("start", 0, points - 1), memory.toArray(NUMBER));
            MemorySegment halves = NpyFile.map(
                    folder.resolve("directions.npy"),
                    new NpyHeader("<f2", List.of(points, patches.dimensions())),
                    Short.BYTES);
            StoredRows directions = new StoredRows(halves, points, patches.dimensions(), StoredRows.Precision.HALF);
            return graph.isSound()
                    ? Optional.of(new IndexFiles(
                            graph,
                            directions,
                            json.integer("width", 1, WIDEST),
                            json.integer("recallPerMillion", 0, (int) RECALL_UNIT) / RECALL_UNIT))
                    : Optional.empty();
        } catch (PatchlensException e) {
            return Optional.empty();
        }
    }

    /// Keeps the index.
    ///
    /// @return whether there was room for it
    boolean keep(PatchSimilarity similarity) {
        return StudyCache.of(similarity.patches().study().folder()).keep(key(similarity), this::write);
    }

    private void write(Path folder) throws IOException {
        try (NpyWriter writer = new NpyWriter(folder.resolve("graph.npy"), "<i4", List.of(graph.degree()))) {
            byte[] row = new byte[graph.degree() * Integer.BYTES];
            MemorySegment numbers = MemorySegment.ofArray(row);
            for (int point = 0; point < graph.points(); point++) {
                MemorySegment.copy(graph.edges(), point * graph.degree(), numbers, NUMBER, 0, graph.degree());
                writer.append(row);
            }
            writer.finish();
        }
        try (NpyWriter writer = new NpyWriter(folder.resolve("directions.npy"), "<f2", List.of(directions.columns()))) {
            for (int row = 0; row < directions.rows(); row++) {
                writer.append(directions.rows(row, row + 1).memory());
            }
            writer.finish();
        }
        ObjectNode json = JsonFields.object();
        json.put("start", graph.start());
        json.put("edges", graph.degree());
        json.put("width", width);
        json.put("recallPerMillion", Math.round(recall * RECALL_UNIT));
        DurableFiles.writeAndSync(folder.resolve("index.json"), JsonFields.write(json));
    }
}
