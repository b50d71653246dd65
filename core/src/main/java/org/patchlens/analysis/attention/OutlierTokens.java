package org.patchlens.analysis.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.patch.OutlierMasking;
import org.patchlens.patch.OutlierRule;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;

/// The patches of one image whose norm exceeds a factor times the median of the image at a layer: tokens that the
/// model uses for something else than their patch (Darcet et al. 2023, arXiv:2309.16588).
///
/// The norms analysis takes the median of the whole study; that of one image needs no other image, and differs
/// little where fewer than half of the patches are outliers.
///
/// @param layer whose norms were taken
/// @param patches their numbers, ascending
public record OutlierTokens(Layer layer, List<Integer> patches) {
    public OutlierTokens {
        patches = List.copyOf(patches);
    }

    /// Finds them at the output of a block, or at the nearest stored block before it.
    ///
    /// @return empty if no block's output up to this one is stored: the final norm hides outliers
    public static Optional<OutlierTokens> find(Study study, int image, int block, double factor) {
        return study.manifest().layers().stream()
                .filter(layer -> !layer.isLast() && layer.index() >= 1 && layer.index() <= block)
                .reduce((first, second) -> second)
                .map(layer -> at(
                        study.embeddings(image, layer),
                        study.images().get(image).id(),
                        factor));
    }

    /// The patches that a map leaves out.
    ///
    /// @param outliers empty if they are not known
    /// @param map `float[H][W]`
    static List<Integer> leftOut(Optional<OutlierTokens> outliers, FloatMatrix map, OutlierMasking masking) {
        return outliers.map(OutlierTokens::patches)
                .filter(patches -> masking.leavesOut(map, patches))
                .orElse(List.of());
    }

    /// A map without what it leaves out, which becomes NaN; a copy.
    static FloatMatrix shown(Optional<OutlierTokens> outliers, FloatMatrix map, OutlierMasking masking) {
        FloatMatrix shown = FloatMatrix.zeros(map.rows(), map.columns());
        shown.copyFrom(map);
        leftOut(outliers, map, masking)
                .forEach(patch -> shown.set(patch / map.columns(), patch % map.columns(), Float.NaN));
        return shown;
    }

    private static OutlierTokens at(PatchEmbeddings embeddings, String image, double factor) {
        float[] norms = Kernels.rowNorms(embeddings.patches());
        for (float norm : norms) {
            if (!Float.isFinite(norm)) {
                throw PatchlensException.badData(
                        image,
                        "a token at layer " + embeddings.layer() + " has a number that is not finite",
                        "If the study is stored as f16, extract it again with --dtype f32");
            }
        }
        float[] sorted = norms.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + (double) sorted[sorted.length / 2]) / 2;
        double threshold = new OutlierRule(factor).threshold(median);
        return new OutlierTokens(
                embeddings.layer(),
                IntStream.range(0, norms.length)
                        .filter(patch -> norms[patch] > threshold)
                        .boxed()
                        .toList());
    }
}
