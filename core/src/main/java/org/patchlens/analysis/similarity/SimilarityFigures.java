package org.patchlens.analysis.similarity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.Figure.Mark;
import org.patchlens.analysis.Figure.MarkKind;
import org.patchlens.analysis.similarity.Similarity.ImageRank;
import org.patchlens.analysis.similarity.Similarity.Result;
import org.patchlens.analysis.similarity.Similarity.Target;
import org.patchlens.patch.PatchPlace;
import org.patchlens.patch.Reduction;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Similarity].
final class SimilarityFigures {
    private static final int MOST_PANELS = 12;
    private static final int PANELS_ABREAST = 4;
    /// Where each has a colour bar of its own beside it.
    private static final int PANELS_WITH_BARS_ABREAST = 3;
    /// A map without any similarity still needs colours of some width.
    private static final float NARROWEST = 1e-3f;

    private SimilarityFigures() {}

    static List<Figure> of(Result result) {
        List<Figure> figures = new ArrayList<>();
        Target own = result.targets().getFirst();
        result.matrix().ifPresent(matrix -> figures.add(matrix(result, matrix)));
        figures.add(overlay(
                result, own, "Similarity to a patch", own.similarity(), caption(result, own), scale(result, own)));
        if (result.reduce() != Reduction.NONE) {
            figures.add(overlay(
                    result, own, "Cosine to a patch", own.cosine(), cosineCaption(result, own), fixed("cosine")));
        }
        if (result.targets().size() > 1) {
            figures.add(others(result));
        }
        figures.add(table(result));
        return figures;
    }

    private static Figure overlay(
            Result result, Target target, String title, FloatMatrix values, String caption, ColorScale scale) {
        return new Figure.Overlay(
                title, caption, target.index(), values, scale, result.colors().interpolation(), marks(result, target));
    }

    private static List<Mark> marks(Result result, Target target) {
        Stream<PatchPlace> chosen =
                target.index() == result.query().index() ? result.query().patches().stream() : Stream.of();
        return Stream.concat(
                        target.outliers().stream().map(place -> mark(place, MarkKind.OUTLIER)),
                        chosen.map(place -> mark(place, MarkKind.CHOSEN)))
                .toList();
    }

    private static Mark mark(PatchPlace place, MarkKind kind) {
        return new Mark(place.row(), place.column(), kind);
    }

    private static ColorScale scale(Result result, Target target) {
        float limit = switch (result.colors().scale()) {
            case FIXED, STUDY -> result.colors().limit();
            case IMAGE -> largest(result, target);
        };
        float wide = Math.max(NARROWEST, limit);
        return new ColorScale(ColorMap.DIVERGING, -wide, wide, unit(result));
    }

    private static ColorScale fixed(String unit) {
        return new ColorScale(ColorMap.DIVERGING, -1, 1, unit);
    }

    private static String unit(Result result) {
        return switch (result.reduce()) {
            case NONE -> "cosine";
            case CENTER -> "cosine after centring";
            case WHITEN -> "cosine after whitening";
        };
    }

    private static float largest(Result result, Target target) {
        boolean own = target.index() == result.query().index();
        float largest = 0;
        for (int row = 0; row < target.similarity().rows(); row++) {
            for (int column = 0; column < target.similarity().columns(); column++) {
                boolean asked = own && result.query().patches().contains(new PatchPlace(row, column));
                float value = Math.abs(target.similarity().get(row, column));
                largest = asked || Float.isNaN(value) ? largest : Math.max(largest, value);
            }
        }
        return largest;
    }

    private static String caption(Result result, Target target) {
        return "Similarity of " + result.query().text() + " to every patch of " + target.image() + " at layer "
                + result.layer()
                + " of " + result.model() + ", " + result.reduce().text() + ": from " + range(target.similarity())
                + "." + SpannedColors.of(result, scale(result, target)).text() + " "
                + result.common().text(result.reduce()) + outliers(target);
    }

    private static String cosineCaption(Result result, Target target) {
        return "The same, as the cosine of the stored vectors: from " + range(target.cosine())
                + ". Colours span -1 to 1. Two patches of the study, drawn at random, have "
                + number(result.common().cosine()) + " on average.";
    }

    private static String outliers(Target target) {
        int count = target.outliers().size();
        return switch (count) {
            case 0 -> "";
            case 1 -> " The patch crossed out has a token of outlying norm, which says nothing of its place.";
            default ->
                " The " + count + " patches crossed out have tokens of outlying norm, which say nothing of their"
                        + " place.";
        };
    }

    private static String range(FloatMatrix values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int row = 0; row < values.rows(); row++) {
            for (int column = 0; column < values.columns(); column++) {
                float value = values.get(row, column);
                low = Float.isNaN(value) ? low : Math.min(low, value);
                high = Float.isNaN(value) ? high : Math.max(high, value);
            }
        }
        return low > high ? "none, all masked" : number(low) + " to " + number(high);
    }

    private static Figure others(Result result) {
        List<Figure> panels = new ArrayList<>();
        for (int i = 1; i < Math.min(result.targets().size(), MOST_PANELS + 1); i++) {
            panels.add(panel(result, result.targets().get(i), result.ranking().get(i)));
        }
        boolean shared = result.colors().scale() != SimilarityOptions.Scale.IMAGE;
        return new Figure.Grid(
                "Similarity in other images",
                "Similarity of " + result.query().text() + " to the patches of "
                        + (result.ranking().size() - 1)
                        + " other images at layer " + result.layer() + " of " + result.model() + ", "
                        + result.reduce().text()
                        + "; the " + panels.size()
                        + " with the most similar patch, which is marked, and the range of each in " + unit(result)
                        + "."
                        + SpannedColors.of(
                                        result, scale(result, result.targets().getFirst()))
                                .ofEach()
                        + " "
                        + result.common().text(result.reduce()),
                Math.min(shared ? PANELS_ABREAST : PANELS_WITH_BARS_ABREAST, panels.size()),
                panels,
                shared ? Optional.of(scale(result, result.targets().getFirst())) : Optional.empty());
    }

    /// Targets are the first of the ranking, so that the place of the best patch is that of its rank. What the
    /// numbers are stands in the caption of all: beside a small map there is no room for it.
    private static Figure panel(Result result, Target target, ImageRank rank) {
        List<Mark> marks = new ArrayList<>(marks(result, target));
        if (!Float.isNaN(rank.similarity())) {
            marks.add(new Mark(rank.row(), rank.column(), MarkKind.CHOSEN));
        }
        String best = Float.isNaN(rank.similarity()) ? "" : "; best " + rank.row() + "," + rank.column();
        ColorScale scale = scale(result, target);
        return new Figure.Overlay(
                target.image(),
                range(target.similarity()) + best,
                target.index(),
                target.similarity(),
                new ColorScale(scale.map(), scale.low(), scale.high(), ""),
                result.colors().interpolation(),
                marks);
    }

    private static Figure matrix(Result result, SimilarityMatrix matrix) {
        boolean one = matrix.image().equals(matrix.other());
        String order = switch (matrix.order()) {
            case SPATIAL -> "Patches stand row by row over the image.";
            case HIERARCHICAL -> "Patches stand along the tree of an average linkage, similar ones side by side.";
        };
        float largest = 0;
        for (int row = 0; row < matrix.similarity().rows(); row++) {
            for (int column = 0; column < matrix.similarity().columns(); column++) {
                boolean self = matrix.rows().get(row).equals(matrix.columns().get(column)) && one;
                float value = Math.abs(matrix.similarity().get(row, column));
                largest = self ? largest : Math.max(largest, value);
            }
        }
        float limit = result.colors().scale() == SimilarityOptions.Scale.FIXED ? 1 : Math.max(NARROWEST, largest);
        return new Figure.Heatmap(
                "Similarity of all patches",
                "Every patch of " + matrix.image() + " with every patch of " + (one ? "the same image" : matrix.other())
                        + " at layer " + result.layer() + " of " + result.model() + ", "
                        + result.reduce().text() + ": "
                        + range(matrix.similarity()) + ". Colours span " + number(-limit) + " to " + number(limit)
                        + ". " + order + " "
                        + result.common().text(result.reduce()),
                matrix.similarity(),
                "patch of " + matrix.other(),
                "patch of " + matrix.image(),
                matrix.columns().stream().map(SimilarityFigures::name).toList(),
                matrix.rows().stream().map(SimilarityFigures::name).toList(),
                new ColorScale(ColorMap.DIVERGING, -limit, limit, unit(result)));
    }

    private static String name(PatchPlace place) {
        return place.row() + "," + place.column();
    }

    private static Figure table(Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (ImageRank rank : result.ranking()) {
            boolean own = rank.index() == result.query().index();
            rows.add(List.of(
                    rank.image() + (own ? " (the query's)" : ""),
                    rank.row() + "," + rank.column(),
                    number(rank.similarity()),
                    number(rank.cosine())));
        }
        return new Figure.Table(
                "Most similar patch of each image",
                "Similarity to " + result.query().text() + " at layer " + result.layer() + " of " + result.model()
                        + ", " + result.reduce().text() + "; the cosine is that of the stored vectors. "
                        + result.common().text(result.reduce()),
                List.of("image", "patch", "similarity", "cosine"),
                rows);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
    }
}
