package org.patchlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.study.result.NumberArray;
import org.patchlens.tensor.FloatMatrix;

class FigureJsonTest {
    private static final SequencedMap<String, NumberArray> NONE = new LinkedHashMap<>();
    private static final FloatMatrix POINTS = FloatMatrix.of(2, 2, 1, 2.5f, Float.NaN, -0.0f);
    private static final Figure.Scatter SCATTER = new Figure.Scatter(
            "Map",
            "Points.",
            POINTS,
            List.of("x", "y"),
            new Figure.ByCategory("label", FloatMatrix.of(1, 2, 0, Float.NaN), List.of("covid")));
    private static final Figure.Heatmap HEATMAP = new Figure.Heatmap(
            "Heads",
            "Rows.",
            POINTS,
            "head",
            "block",
            List.of(),
            List.of("a", "ü \"quoted\""),
            new ColorScale(ColorMap.DIVERGING, -1, 1.5f, "°"));
    private static final List<Figure> ALL = List.of(
            HEATMAP,
            SCATTER,
            new Figure.Overlay("O", "C.", 3, POINTS, new ColorScale(ColorMap.INFERNO, 0, 1, "")),
            new Figure.PatchColors("P", "C.", 3, new PatchGrid(1, 2), FloatMatrix.zeros(2, 3)),
            new Figure.Bars("B", "C.", "x", "y", List.of("one", "two"), POINTS, List.of("s", "t")),
            new Figure.Lines("L", "C.", "x", "y", FloatMatrix.of(1, 2, 1, 2), POINTS, List.of("s", "t"), true),
            new Figure.Scatter(
                    "N",
                    "C.",
                    POINTS,
                    List.of("x", "y"),
                    new Figure.ByNumber("age", FloatMatrix.of(1, 2, 40, 50), HEATMAP.scale()),
                    Optional.of(new Figure.PointNames(List.of("a.png"), FloatMatrix.zeros(3, 2)))),
            new Figure.Overlay(
                    "M",
                    "C.",
                    3,
                    POINTS,
                    HEATMAP.scale(),
                    Figure.Interpolation.BILINEAR,
                    List.of(new Figure.Mark(1, 0, Figure.MarkKind.CHOSEN))),
            new Figure.Matches(
                    "X", "C.", 1, 2, new PatchGrid(2, 3), List.of(new Figure.Match(0, 1, 1, 2, 0.5f)), HEATMAP.scale()),
            new Figure.Bars(
                    "I",
                    "C.",
                    "x",
                    "y",
                    List.of("one", "two"),
                    POINTS,
                    List.of("s", "t"),
                    Optional.of(new Figure.Interval(FloatMatrix.zeros(2, 2), POINTS))),
            new Figure.Grid("G", "C.", 2, List.of(SCATTER, HEATMAP), Optional.of(HEATMAP.scale())),
            new Figure.Table("T", "", List.of("a"), List.of(List.of("1"), List.of("2"))));

    @Test
    void everyKindComesBackAsItWas() {
        assertThat(FigureJson.parse(FigureJson.text(ALL), NONE)).isEqualTo(ALL);
    }

    @Test
    void everyKindThatThereIsIsAmongTheSamples() {
        assertThat(ALL.stream().map(Object::getClass).distinct())
                .hasSameElementsAs(Arrays.asList(Figure.class.getPermittedSubclasses()).stream()
                        .filter(Class::isRecord)
                        .toList());
    }

    @Test
    void aFigureSaysItsKindFirst() {
        assertThat(FigureJson.text(List.of(SCATTER)))
                .isEqualTo("[{\"kind\":\"scatter\",\"title\":\"Map\",\"caption\":\"Points.\","
                               + "\"points\":[[1.0,2.5],[null,-0.0]],\"axes\":[\"x\",\"y\"],\"colors\":{\"kind\":\"by-category\","
                               + "\"name\":\"label\",\"values\":[[0.0,null]],\"categories\":[\"covid\"]},\"names\":null}]");
    }

    record Result(FloatMatrix positions, List<Integer> images, List<Integer> none, Provenance provenance) {}

    @Test
    void arraysOfTheResultAreSetAsideOnceAndFiguresNameThem() {
        FloatMatrix positions = FloatMatrix.zeros(600, 2);
        List<Integer> images = IntStream.range(0, 600).boxed().toList();
        SeparateArrays arrays = new SeparateArrays();
        Provenance provenance = new Provenance("ab", "", "{}", 0, "", "", "");
        String result = ResultJson.text(new Result(positions, images, List.of(), provenance), arrays);
        assertThat(result.replaceAll("\\s+", ""))
                .startsWith("{\"positions\":{\"array\":\"positions\",\"type\":\"f32\",\"shape\":[600,2]},"
                        + "\"images\":{\"array\":\"images\",\"type\":\"i32\",\"shape\":[600]},");
        Figure.Scatter map = new Figure.Scatter(
                "M",
                "C.",
                positions,
                List.of("x", "y"),
                new Figure.ByCategory("label", FloatMatrix.zeros(1, 600), List.of("a")));
        Figure.Heatmap large =
                new Figure.Heatmap("H", "C.", FloatMatrix.zeros(50, 50), "", "", List.of(), List.of(), HEATMAP.scale());
        List<Figure> figures = List.of(map, HEATMAP, large);
        String text = FigureJson.text(figures, arrays.called("figures"));
        assertThat(text).contains("\"points\":{\"array\":\"positions\",", "\"values\":[[1.0,2.5],[null,-0.0]]");
        assertThat(arrays.arrays().keySet()).containsExactly("positions", "images", "none", "figures-2-values");
        assertThat(FigureJson.parse(text, arrays.arrays())).isEqualTo(figures);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[{}]",
                "[{\"kind\":\"java.lang.Runtime\"}]",
                "[{\"kind\":\"table\",\"title\":\"T\",\"caption\":\"\",\"columns\":[\"a\"],\"rows\":[[\"1\",\"2\"]]}]",
                "[{\"kind\":\"overlay\",\"values\":{\"array\":\"none\"}}]",
                "[{\"kind\":\"overlay\",\"values\":[[1],[1,2]]}]",
                "[{\"kind\":\"overlay\",\"scale\":{\"map\":\"rainbow\",\"low\":0,\"high\":1,\"unit\":\"\"}}]",
            })
    void whatIsNoFigureIsRefusedInASentence(String text) {
        assertThatThrownBy(() -> FigureJson.parse(text, NONE))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[figures] cannot be read: ");
    }
}
