package org.patchlens.analysis.projection;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure.ByCategory;
import org.patchlens.analysis.Figure.PointColors;
import org.patchlens.point.PointSet;
import org.patchlens.study.Study;
import org.patchlens.study.result.NumberArray;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultReader;
import org.patchlens.study.result.ResultStore;
import org.patchlens.study.result.SavedResult;
import org.patchlens.tensor.FloatMatrix;

/// The clusters of a result that is kept in the study, by point.
///
/// @param reader of the result
record SavedClusters(ResultReader reader) {
    /// The analysis that makes such results.
    static final String ANALYSIS = "cluster";

    private static final String HOW = "Save clusters with patchlens cluster --save NAME";
    private static final ValueLayout.OfInt INTEGER = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Finds them.
    ///
    /// @param name `cluster/NAME`, or `cluster` for the only one
    /// @throws PatchlensException if there is none of this name, or several without one
    static SavedClusters find(Study study, String name) {
        ResultStore store = new ResultStore(study.folder());
        List<ResultName> kept = store.list().results().stream()
                .map(SavedResult::name)
                .filter(result -> result.analysis().equals(ANALYSIS))
                .toList();
        String names = kept.stream().map(ResultName::toString).collect(Collectors.joining(", "));
        if (kept.isEmpty()) {
            throw PatchlensException.usage("color-by " + name, "the study keeps no clusters", HOW);
        }
        if (name.equals(ANALYSIS) && kept.size() > 1) {
            throw PatchlensException.usage(
                    "color-by cluster", "the study keeps several: " + names, "Name the one that is meant");
        }
        ResultName wanted = kept.stream()
                .filter(result -> name.equals(ANALYSIS) || result.toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        PatchlensException.usage("color-by " + name, "is not in the study, which keeps " + names, HOW));
        return new SavedClusters(store.get(wanted));
    }

    /// A colour per cluster; a point that was not grouped has none.
    ///
    /// @param most clusters that have a colour of their own
    PointColors colors(PointSet points, int most) {
        SavedResult saved = reader.saved();
        if (!saved.ofThisStudy()) {
            throw PatchlensException.usage(
                    "color-by " + saved.name(),
                    "was made of another state of this study",
                    "Remove it with patchlens results --remove, and " + HOW.toLowerCase(Locale.ROOT));
        }
        String unit = saved.options().path("points").asString("");
        if (!unit.equalsIgnoreCase(points.unit().name())) {
            throw PatchlensException.usage(
                    "color-by " + saved.name(),
                    "has groups of points that are " + unit + ", not "
                            + points.unit().name().toLowerCase(Locale.ROOT),
                    "");
        }
        Map<Long, Integer> labels = labels();
        int clusters =
                labels.values().stream().mapToInt(label -> label + 1).max().orElse(0);
        boolean noise = labels.containsValue(-1);
        int shown = Math.min(clusters, most);
        List<String> names = new ArrayList<>(
                IntStream.range(0, shown).mapToObj(label -> "cluster " + label).toList());
        if (clusters > shown) {
            names.add("other clusters");
        }
        if (noise) {
            names.add("noise");
        }
        FloatMatrix values = FloatMatrix.zeros(1, points.size());
        for (int image = 0; image < points.images(); image++) {
            for (int point = points.start(image); point < points.end(image); point++) {
                Integer label = labels.get(key(image, points.patch(point)));
                values.set(0, point, label == null ? Float.NaN : label < 0 ? names.size() - 1 : Math.min(label, shown));
            }
        }
        return new ByCategory("cluster (" + saved.name().name() + ")", values, names);
    }

    private Map<Long, Integer> labels() {
        int[] images = numbers("images");
        int[] patches = numbers("patches");
        int[] labels = numbers("labels");
        if (images.length != labels.length || patches.length != labels.length || least(labels) < -1) {
            throw PatchlensException.badData(
                    reader.saved().folder().toString(), "is not what clusters are kept as", "Remove it");
        }
        Map<Long, Integer> known = HashMap.newHashMap(labels.length);
        for (int i = 0; i < labels.length; i++) {
            known.put(key(images[i], patches[i]), labels[i]);
        }
        return known;
    }

    private static int least(int[] numbers) {
        return Arrays.stream(numbers).min().orElse(0);
    }

    private static long key(int image, int patch) {
        return (long) image << 32 | patch;
    }

    private int[] numbers(String name) {
        NumberArray array = reader.array(name);
        if (array.type() != NumberArray.Type.I32) {
            throw PatchlensException.badData(
                    reader.saved().folder().resolve(name + ".npy").toString(), "holds no whole numbers", "");
        }
        return array.data().toArray(INTEGER);
    }
}
