package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.Figure;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Norms] that compare groups of images.
///
/// @param result that they show
/// @param layer whose norms are compared
record GroupFigures(Norms.Result result, LayerNorms layer) {
    Figure bars() {
        List<LayerNorms.GroupNorms> groups = layer.groups();
        FloatMatrix medians = FloatMatrix.zeros(1, groups.size());
        FloatMatrix low = FloatMatrix.zeros(1, groups.size());
        FloatMatrix high = FloatMatrix.zeros(1, groups.size());
        for (int i = 0; i < groups.size(); i++) {
            medians.set(0, i, groups.get(i).patches().median());
            low.set(0, i, groups.get(i).patches().lowerQuartile());
            high.set(0, i, groups.get(i).patches().upperQuartile());
        }
        return new Figure.Bars(
                "Norms by " + result.group(),
                "The median of the patch norms of the images with each " + result.group() + where()
                        + "; the lines hold the middle half of the patches. In front of each name stands its number of"
                        + " images.",
                result.group(),
                "norm",
                groups.stream()
                        .map(group -> group.images() + ": " + group.value())
                        .toList(),
                medians,
                List.of("median"),
                Optional.of(new Figure.Interval(low, high)));
    }

    Figure table() {
        List<List<String>> rows = new ArrayList<>();
        for (LayerNorms.GroupNorms group : layer.groups()) {
            Distribution patches = group.patches();
            rows.add(List.of(
                    group.value(),
                    Integer.toString(group.images()),
                    Numbers.significant(patches.minimum()),
                    Numbers.significant(patches.lowerQuartile()),
                    Numbers.significant(patches.median()),
                    Numbers.significant(patches.upperQuartile()),
                    Numbers.significant(patches.percentile95()),
                    Numbers.significant(patches.maximum()),
                    Numbers.percent(group.imageShare())));
        }
        return new Figure.Table(
                "Distribution of norms by " + result.group(),
                "How the patch norms of the images with each " + result.group() + " spread" + where() + ".",
                List.of(
                        result.group(),
                        "images",
                        "minimum",
                        "25 %",
                        "median",
                        "75 %",
                        "95 %",
                        "maximum",
                        "images with outliers [%]"),
                rows);
    }

    private String where() {
        return ", at layer " + layer.layer() + " of " + result.model() + ", over " + NormsFigures.images(result);
    }
}
