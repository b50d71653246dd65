package org.patchlens.tutorial;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.neighbors.Neighbors;
import org.patchlens.analysis.neighbors.NeighborsOptions;
import org.patchlens.analysis.similarity.Similarity;
import org.patchlens.analysis.similarity.SimilarityOptions;
import org.patchlens.patch.LayerPatches;
import org.patchlens.patch.PatchHit;
import org.patchlens.patch.PatchQuery;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.patch.Reduction;
import org.patchlens.study.Study;
import org.patchlens.tensor.TaskPool;

/// The programs of `docs/how-to/find-similar-patches.md`.
final class FindSimilarPatches {
    private FindSimilarPatches() {}

    // similarity: begin
    static Similarity.Result compare(Path folder) {
        try (Study study = Study.open(folder)) {
            SimilarityOptions options =
                    SimilarityOptions.defaults().withImage("image-4.png").withPatch(2, 1);
            return Similarity.of(study, options.withToAll(), Progress.NONE);
        }
    }
    // similarity: end

    // neighbors: begin
    static Neighbors.Result find(Path folder) {
        try (Study study = Study.open(folder)) {
            NeighborsOptions options =
                    NeighborsOptions.defaults().withImage("image-4.png").withPatch(2, 1);
            return Neighbors.of(study, options.withWhere("site=A"), Progress.NONE);
        }
    }
    // neighbors: end

    // often: begin
    static void askOften(Path folder) {
        try (Study study = Study.open(folder);
                TaskPool pool = TaskPool.ofThisMachine()) {
            LayerPatches patches = LayerPatches.of(study, study.deepestLayer(), pool);
            PatchSimilarity similarity = PatchSimilarity.of(patches, Reduction.CENTER, pool);
            BitSet everywhere = new BitSet();
            everywhere.set(0, patches.images());
            for (int patch = 0; patch < patches.perImage(); patch++) {
                PatchQuery query = similarity.query(4, List.of(patch));
                float[] map = similarity.map(query, 0);
                PatchHit second =
                        similarity.nearest(query, 2, everywhere, true, pool).getLast();
                System.out.println("patch " + patch + ": " + map.length + " similarities, nearest " + second);
            }
        }
    }
    // often: end
}
