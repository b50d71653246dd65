package org.patchlens.patch;

import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.patchlens.embedding.Layer;
import org.patchlens.study.Study;
import org.patchlens.tensor.TaskPool;

/// One layer of a study, ready to compare: the plain cosine beside the reduced one, because neither is understood
/// without the other.
///
/// @param patches of the layer
/// @param plain cosines of the stored vectors
/// @param reduced after the reduction that was asked for; the same object as `plain` if none was
public record ComparedPatches(LayerPatches patches, PatchSimilarity plain, PatchSimilarity reduced) {
    /// Prepares a layer; reads all of it, or every k-th image of a large study, two to four times.
    ///
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    public static ComparedPatches of(LayerReduction chosen, Study study, TaskPool pool, DoubleConsumer progress) {
        LayerPatches patches =
                LayerPatches.of(study, chosen.layer(), chosen.outliers(), pool, done -> progress.accept(done / 3));
        PatchSimilarity plain =
                PatchSimilarity.of(patches, Reduction.NONE, pool, done -> progress.accept((1 + done) / 3));
        PatchSimilarity reduced = chosen.reduction() == Reduction.NONE
                ? plain
                : PatchSimilarity.of(patches, chosen.reduction(), pool, done -> progress.accept((2 + done) / 3));
        progress.accept(1);
        return new ComparedPatches(patches, plain, reduced);
    }

    /// What is compared.
    ///
    /// @param layer of the tokens
    /// @param reduction before they are compared
    /// @param outliers when a patch is one
    public record LayerReduction(Layer layer, Reduction reduction, OutlierRule outliers) {
        /// With the outlier rule of the norms.
        public LayerReduction(Layer layer, Reduction reduction) {
            this(layer, reduction, OutlierRule.DEFAULT);
        }
    }

    /// The chosen patches without the outliers among them; all if they are nothing but outliers.
    public List<Integer> ordinary(int image, List<Integer> chosen) {
        List<Integer> ordinary = chosen.stream()
                .filter(patch -> !patches.isOutlier(image, patch))
                .toList();
        return ordinary.isEmpty() ? chosen : ordinary;
    }

    /// The outliers of an image, by number.
    public List<Integer> outliers(int image) {
        BitSet outliers = new BitSet();
        for (int patch = 0; patch < patches.perImage(); patch++) {
            outliers.set(patch, patches.isOutlier(image, patch));
        }
        return outliers.stream().boxed().toList();
    }
}
