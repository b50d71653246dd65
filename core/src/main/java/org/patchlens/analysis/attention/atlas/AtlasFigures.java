package org.patchlens.analysis.attention.atlas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [AttentionAtlas].
///
/// @param result that they show
record AtlasFigures(AttentionAtlas.Result result) {
    private static final String WARNING = " Attention says where tokens read from, not what is important.";

    List<Figure> all() {
        List<Figure> figures = new ArrayList<>();
        result.patches().ifPresent(reading -> {
            figures.add(matrices("What patches read, by layer and head", "the patches", reading));
            figures.add(distances(reading));
        });
        result.cls()
                .ifPresent(reading ->
                        figures.add(matrices("What CLS reads, by layer and head", "the CLS token", reading)));
        result.patches().ifPresent(reading -> figures.addAll(tables("Patches", "patches read", reading)));
        result.cls().ifPresent(reading -> figures.addAll(tables("CLS", "the CLS token reads", reading)));
        return figures;
    }

    private Figure matrices(String title, String reader, AttentionAtlas.Reading reading) {
        List<Figure> panels = new ArrayList<>();
        for (HeadMeasure measure : reading.measures()) {
            panels.add(panel(measure));
        }
        return new Figure.Grid(
                title,
                "The attention of " + reader + " of " + images(reading) + " in every layer and head of "
                        + result.model()
                        + ": the mean over images. Below each panel stands what attention that is the same everywhere"
                        + " would give, and the standard deviation over images, mean over heads." + WARNING,
                Math.min(3, panels.size()),
                panels,
                Optional.empty());
    }

    private Figure panel(HeadMeasure measure) {
        boolean share = measure.unit().equals("share");
        double largest = largest(measure.mean());
        float high = (float) Math.max(Float.MIN_NORMAL, largest);
        String title = share ? "share on " + measure.name() : measure.name();
        String uniform = Float.isNaN(measure.uniform())
                ? "not known in this study"
                : "uniform: " + number(measure.uniform()) + "; " + spread(measure) + count(measure.images());
        return new Figure.Heatmap(
                title,
                uniform,
                measure.mean(),
                "head",
                "layer",
                IntStream.range(0, result.heads()).mapToObj(Integer::toString).toList(),
                IntStream.rangeClosed(1, result.layers())
                        .mapToObj(Integer::toString)
                        .toList(),
                new ColorScale(share ? ColorMap.INFERNO : ColorMap.VIRIDIS, 0, high, measure.unit()));
    }

    /// The mean over heads.
    private static String spread(HeadMeasure measure) {
        double sum = 0;
        int heads = measure.deviation().rows() * measure.deviation().columns();
        for (int head = 0; head < heads; head++) {
            sum += measure.deviation()
                    .get(
                            head / measure.deviation().columns(),
                            head % measure.deviation().columns());
        }
        return Double.isNaN(sum) ? "" : "± " + number(sum / heads) + " over ";
    }

    /// As in figure 3 of the paper: a layer whose heads differ has near and far ones.
    private Figure distances(AttentionAtlas.Reading reading) {
        HeadMeasure distance = reading.measure(AtlasScan.DISTANCE).orElseThrow();
        int layers = result.layers();
        FloatMatrix x = FloatMatrix.zeros(1, layers);
        FloatMatrix mean = FloatMatrix.zeros(2, layers);
        FloatMatrix low = FloatMatrix.zeros(2, layers);
        FloatMatrix high = FloatMatrix.zeros(2, layers);
        low.fill(Float.NaN);
        high.fill(Float.NaN);
        for (int layer = 0; layer < layers; layer++) {
            x.set(0, layer, layer + 1);
            float[] heads = distance.mean().rowToArray(layer);
            double sum = 0;
            float nearest = Float.POSITIVE_INFINITY;
            float farthest = Float.NEGATIVE_INFINITY;
            for (float head : heads) {
                sum += head;
                nearest = Math.min(nearest, head);
                farthest = Math.max(farthest, head);
            }
            mean.set(0, layer, (float) (sum / heads.length));
            mean.set(1, layer, distance.uniform());
            low.set(0, layer, nearest);
            high.set(0, layer, farthest);
        }
        return new Figure.Lines(
                "Attention distance over the layers",
                "How far patches of " + images(reading) + " read in " + result.model()
                        + ", in pixels of the preprocessed image: the mean over heads, and the band from the nearest to"
                        + " the farthest head (Raghu et al. 2021)." + WARNING,
                "layer",
                "mean attention distance [pixels]",
                x,
                mean,
                List.of("mean over heads", "uniform attention"),
                false,
                Optional.of(new Figure.Interval(low, high)));
    }

    private List<Figure> tables(String who, String what, AttentionAtlas.Reading reading) {
        String of = "what " + what + " in every head of " + result.model() + ", over " + images(reading) + "."
                + missing() + WARNING;
        return List.of(
                table(who + ": heads", "The mean of " + of, reading, HeadMeasure::mean),
                table(
                        who + ": spread over images",
                        "The standard deviation of " + of,
                        reading,
                        HeadMeasure::deviation));
    }

    private Figure table(
            String title, String caption, AttentionAtlas.Reading reading, Function<HeadMeasure, FloatMatrix> numbers) {
        List<String> headings = new ArrayList<>(List.of("layer", "head"));
        reading.measures().forEach(measure -> headings.add(heading(measure)));
        List<List<String>> rows = new ArrayList<>();
        for (int head : order(reading)) {
            int layer = head / result.heads();
            List<String> row =
                    new ArrayList<>(List.of(Integer.toString(layer + 1), Integer.toString(head % result.heads())));
            for (HeadMeasure measure : reading.measures()) {
                row.add(cell(measure, numbers.apply(measure).get(layer, head % result.heads())));
            }
            rows.add(row);
        }
        return new Figure.Table(title, caption, headings, rows);
    }

    private String missing() {
        return result.patches().isPresent()
                ? ""
                : " Distances are not known: CLS has no place, and what patches read is not stored; --sample computes"
                        + " it.";
    }

    private static String heading(HeadMeasure measure) {
        return measure.unit().equals("share")
                ? "on " + measure.name() + " [%]"
                : measure.name() + " [" + measure.unit() + "]";
    }

    private static String cell(HeadMeasure measure, float value) {
        if (Float.isNaN(value)) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                measure.unit().equals("share") ? "%.2f" : "%.3f",
                measure.unit().equals("share") ? 100 * value : value);
    }

    /// The heads, layer by layer or from the largest number on; among equals layer by layer.
    private List<Integer> order(AttentionAtlas.Reading reading) {
        Optional<HeadMeasure> measure = reading.measure(result.sort());
        List<Integer> heads =
                IntStream.range(0, result.layers() * result.heads()).boxed().toList();
        return measure.map(by -> heads.stream()
                        .sorted(Comparator.comparingDouble((Integer head) ->
                                -orLeast(by.mean().get(head / result.heads(), head % result.heads()))))
                        .toList())
                .orElse(heads);
    }

    private static float orLeast(float value) {
        return Float.isNaN(value) ? Float.NEGATIVE_INFINITY : value;
    }

    private static double largest(FloatMatrix values) {
        double largest = 0;
        for (int row = 0; row < values.rows(); row++) {
            for (int column = 0; column < values.columns(); column++) {
                float value = values.get(row, column);
                largest = Float.isNaN(value) ? largest : Math.max(largest, value);
            }
        }
        return largest;
    }

    private static String images(AttentionAtlas.Reading reading) {
        return reading.images() == reading.of() ? count(reading.of()) : reading.images() + " of " + count(reading.of());
    }

    private static String count(int images) {
        return images + (images == 1 ? " image" : " images");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
