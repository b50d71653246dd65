package org.patchlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;

class OptionsSchemaTest {
    enum Pooling {
        MEAN,
        CLS_TOKEN
    }

    record Everything(
            @Doc(value = "How many neighbours", min = 1, max = 100)
            int neighbours,

            @Doc("Of everything random") long seed,
            @Doc(value = "How tight", min = 0) float earlyExaggeration,
            @Doc(value = "How far", max = 1) double distance,
            @Doc("Whether rows are scaled") boolean scaled,
            @Doc("How tokens become one") Pooling pooling,
            @Doc("Where") Layer layer,
            @Doc("A column") Optional<String> column,
            @Doc("Layers") List<Layer> layers,
            @Doc("Ways") List<Pooling> ways,

            @Doc(value = "Threads", min = 0, max = 8, changesResult = false)
            int threads) {
        Everything {
            if (neighbours == 13) {
                throw PatchlensException.usage("--neighbours", "13 is refused by the record", "");
            }
        }
    }

    static final Everything DEFAULTS = new Everything(
            15,
            Long.MAX_VALUE,
            12.5f,
            0.1,
            true,
            Pooling.CLS_TOKEN,
            Layer.LAST,
            Optional.empty(),
            List.of(),
            List.of(Pooling.MEAN, Pooling.CLS_TOKEN),
            0);

    private final OptionsSchema<Everything> schema = OptionsSchema.of(DEFAULTS);

    @Test
    void aComponentBecomesAFlag() {
        Option option = schema.options().get(2);
        assertThat(option.flag()).isEqualTo("--early-exaggeration");
        assertThat(option.help()).isEqualTo("How tight; at least 0 (default: 12.5)");
        assertThat(schema.options().get(0).help()).isEqualTo("How many neighbours; 1 to 100 (default: 15)");
        assertThat(schema.options().get(3).help()).isEqualTo("How far; at most 1 (default: 0.1)");
        assertThat(schema.options().get(7).help()).isEqualTo("A column");
        assertThat(schema.options().get(8).placeholder()).isEqualTo("LAYER,...");
        assertThat(schema.options().get(5).placeholder()).isEqualTo("mean|cls-token");
        assertThat(schema.options().get(9).defaultText()).isEqualTo("mean,cls-token");
    }

    @Test
    void everyTypeIsReadFromText() {
        Everything parsed = schema.parse(Map.ofEntries(
                Map.entry("neighbours", "1"),
                Map.entry("seed", "-9223372036854775808"),
                Map.entry("early-exaggeration", "1e2"),
                Map.entry("distance", "-0.25"),
                Map.entry("scaled", "false"),
                Map.entry("pooling", "mean"),
                Map.entry("layer", "7"),
                Map.entry("column", "age, in years"),
                Map.entry("layers", "1,6,last"),
                Map.entry("ways", ""),
                Map.entry("threads", "8")));
        assertThat(parsed)
                .isEqualTo(new Everything(
                        1,
                        Long.MIN_VALUE,
                        100,
                        -0.25,
                        false,
                        Pooling.MEAN,
                        new Layer(7),
                        Optional.of("age, in years"),
                        List.of(new Layer(1), new Layer(6), Layer.LAST),
                        List.of(),
                        8));
        assertThat(schema.parse(schema.texts(parsed))).isEqualTo(parsed);
    }

    @Test
    void whatIsNotGivenStaysAsItIs() {
        assertThat(schema.parse(Map.of())).isEqualTo(DEFAULTS);
        assertThat(schema.parse(schema.texts(DEFAULTS))).isEqualTo(DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "neighbours | 0 | [--neighbours] takes a whole number, 1 to 100; \"0\" was given.",
                "neighbours | 101 | [--neighbours] takes a whole number, 1 to 100; \"101\" was given.",
                "neighbours | 1.5 | [--neighbours] takes a whole number, 1 to 100; \"1.5\" was given.",
                "neighbours | 99999999999 | [--neighbours] takes a whole number, 1 to 100; \"99999999999\" was given.",
                "seed | x | [--seed] takes a whole number; \"x\" was given.",
                "early-exaggeration | NaN | [--early-exaggeration] takes a number, at least 0; \"NaN\" was given.",
                "early-exaggeration | 1e39 | [--early-exaggeration] takes a number, at least 0; \"1e39\" was given.",
                "distance | 1.01 | [--distance] takes a number, at most 1; \"1.01\" was given.",
                "scaled | yes | [--scaled] takes true or false; \"yes\" was given.",
                "pooling | max | [--pooling] takes one of mean, cls-token; \"max\" was given.",
                "layer | first | [layer first] a layer is a number from 0, or last.",
                "layers | 1,,2 | [layer ] a layer is a number from 0, or last.",
                "neighbours | 13 | [--neighbours] 13 is refused by the record.",
                "neighbour | 1 | [neighbour] there is no such option; the options are neighbours, seed,"
                        + " early-exaggeration, distance, scaled, pooling, layer, column, layers, ways, threads."
                        + " Did you mean neighbours?",
                "perplexity | 1 | [perplexity] there is no such option; the options are neighbours, seed,"
                        + " early-exaggeration, distance, scaled, pooling, layer, column, layers, ways, threads.",
            })
    void whatCannotBeMeantIsRefusedWithWhatIsAllowed(String name, String text, String message) {
        assertThatThrownBy(() -> schema.parse(Map.of(name, text)))
                .isInstanceOf(PatchlensException.class)
                .hasMessage(message)
                .extracting(e -> ((PatchlensException) e).category())
                .isEqualTo(PatchlensException.Category.USAGE);
    }

    @Test
    void anOptionWithoutDocOrOfAnUnknownTypeIsAMistakeOfTheProgrammer() {
        record Undocumented(int neighbours) {}
        record Unknown(@Doc("How long") Duration time) {}
        assertThatThrownBy(() -> OptionsSchema.of(new Undocumented(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neighbours")
                .hasMessageContaining("has no @Doc");
        assertThatThrownBy(() -> OptionsSchema.of(new Unknown(Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time")
                .hasMessageContaining("has a type that options cannot have");
    }

    record Search(
            @Doc("Which ones") Layer layer,
            Limits limits,
            @Doc("How") Pooling pooling) {}

    record Limits(
            @Doc(value = "Hits at most", min = 1) int most,
            Place place,
            @Doc("A column") Optional<String> column) {
        Limits {
            if (most == 13) {
                throw PatchlensException.usage("--most", "13 is refused by the group", "");
            }
        }
    }

    record Place(@Doc("Which row") int row) {}

    @Test
    void aRecordOfOptionsIsAGroupThatOnlyJavaSees() {
        Search defaults = new Search(Layer.LAST, new Limits(5, new Place(2), Optional.empty()), Pooling.MEAN);
        OptionsSchema<Search> grouped = OptionsSchema.of(defaults);
        assertThat(grouped.options().stream().map(Option::flag))
                .containsExactly("--layer", "--most", "--row", "--column", "--pooling");
        Search expected = new Search(new Layer(3), new Limits(7, new Place(9), Optional.of("age")), Pooling.MEAN);
        assertThat(grouped.parse(Map.of("layer", "3", "most", "7", "row", "9", "column", "age")))
                .isEqualTo(expected);
        assertThat(grouped.parse(grouped.texts(expected))).isEqualTo(expected);
        assertThat(OptionsJson.parse(grouped, OptionsJson.json(grouped, expected)))
                .isEqualTo(expected);
        assertThat(grouped.parse(Map.of())).isEqualTo(defaults);
        assertThatThrownBy(() -> grouped.parse(Map.of("most", "13")))
                .hasMessage("[--most] 13 is refused by the group.");
    }

    @Test
    void oneNameForTwoOptionsIsAMistakeOfTheProgrammer() {
        record Twice(@Doc("Which row") int row, Place place) {}
        assertThatThrownBy(() -> OptionsSchema.of(new Twice(1, new Place(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("have one name: [row, row]");
    }

    @Test
    void anAnalysisWithoutOptionsHasAnEmptySchema() {
        record Nothing() {}
        assertThat(OptionsSchema.of(new Nothing()).parse(Map.of())).isEqualTo(new Nothing());
        assertThatThrownBy(() -> OptionsSchema.of(new Nothing()).parse(Map.of("x", "1")))
                .hasMessage("[x] there are no options here.");
    }
}
