package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.patchlens.analysis.norms.LayerNorms.GroupNorms;
import org.patchlens.analysis.norms.LayerNorms.SpecialNorms;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.SpecialToken;

/// What one pass over a layer found.
///
/// @param norms what the result says of the layer
/// @param histogram how many patches lie in each bin, see [NormHistogram#counts]
/// @param imageWithMostOutliers its index in the study; the first such image, where there is none the first of all
record LayerScan(LayerNorms norms, List<Integer> histogram, int imageWithMostOutliers) {
    /// @param imagesDone is told how many images are read
    static LayerScan of(ScanPlan plan, ImageGroups groups, Layer layer, LongConsumer imagesDone) {
        TokenNorms norms = TokenNorms.read(plan, layer, imagesDone);
        int firstPatch = plan.layout().firstPatch();
        SortedNorms patches = norms.sorted(token -> token >= firstPatch);
        Distribution distribution = patches.distribution();
        OutlierScan outliers = OutlierScan.of(plan, norms, plan.factor() * distribution.median());
        OutlierPatches found = outliers.patches(layer);
        return new LayerScan(
                new LayerNorms(
                        layer,
                        distribution,
                        special(plan, norms),
                        found,
                        PositionNorms.of(plan, norms, distribution.median(), found.positions()),
                        groups(groups, norms, firstPatch, outliers)),
                NormHistogram.counts(patches),
                plan.images().get(outliers.imageWithMost()).index());
    }

    private static List<SpecialNorms> special(ScanPlan plan, TokenNorms norms) {
        List<SpecialToken> prefix = plan.layout().prefix();
        List<SpecialNorms> special = new ArrayList<>();
        for (SpecialToken kind : new LinkedHashSet<>(prefix)) {
            SortedNorms sorted = norms.sorted(token -> token < prefix.size() && prefix.get(token) == kind);
            special.add(new SpecialNorms(kind, sorted.distribution()));
        }
        return special;
    }

    private static List<GroupNorms> groups(ImageGroups groups, TokenNorms norms, int firstPatch, OutlierScan outliers) {
        List<GroupNorms> measured = new ArrayList<>();
        groups.members().forEach((value, images) -> {
            long affected = images.stream().filter(outliers::isAffected).count();
            measured.add(new GroupNorms(
                    value, images.size(), norms.sorted(images, firstPatch).distribution(), (float)
                            ((double) affected / images.size())));
        });
        return measured;
    }
}
