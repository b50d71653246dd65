package org.patchlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchlens.analysis.OptionsSchemaTest.DEFAULTS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.OptionsSchemaTest.Everything;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OptionsJsonTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final OptionsSchema<Everything> schema = OptionsSchema.of(DEFAULTS);

    @Test
    void optionsStandInTheOrderOfTheRecord() {
        assertThat(OptionsJson.json(schema, DEFAULTS))
                .hasToString(
                        "{\"neighbours\":15,\"seed\":9223372036854775807,\"earlyExaggeration\":12.5,\"distance\":0.1,"
                            + "\"scaled\":true,\"pooling\":\"cls-token\",\"layer\":\"last\",\"column\":null,\"layers\":[],"
                            + "\"ways\":[\"mean\",\"cls-token\"],\"threads\":0}");
    }

    @Test
    void theProvenanceLeavesOutWhatCannotChangeTheResult() {
        assertThat(OptionsJson.provenance(DEFAULTS)).endsWith("\"ways\":[\"mean\",\"cls-token\"]}");
    }

    @Test
    void optionsComeBackFromTheirJson() {
        assertThat(OptionsJson.parse(schema, OptionsJson.json(schema, DEFAULTS)))
                .isEqualTo(DEFAULTS);
        JsonNode some = MAPPER.readTree("{\"layers\":[\"3\",\"last\"],\"column\":\"site\",\"layer\":4}");
        Everything parsed = OptionsJson.parse(schema, some);
        assertThat(OptionsJson.parse(schema, OptionsJson.json(schema, parsed))).isEqualTo(parsed);
        assertThat(schema.texts(parsed))
                .containsEntry("layers", "3,last")
                .containsEntry("column", "site")
                .containsEntry("layer", "4")
                .containsEntry("neighbours", "15");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | [options] a JSON object is expected; [] was given.",
                "{\"neighbours\":[1]} | [neighbours] a single value is expected; [1] was given.",
                "{\"neighbours\":null} | [neighbours] a single value is expected; null was given.",
                "{\"neighbours\":0} | [--neighbours] takes a whole number, 1 to 100; \"0\" was given.",
                "{\"layers\":[[1]]} | [layers] a single value is expected; [1] was given.",
                "{\"scaled\":1} | [--scaled] takes true or false; \"1\" was given.",
            })
    void jsonIsCheckedAsFlagsAre(String json, String message) {
        assertThatThrownBy(() -> OptionsJson.parse(schema, MAPPER.readTree(json)))
                .isInstanceOf(PatchlensException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheKeysThereAre() {
        assertThatThrownBy(() -> OptionsJson.parse(schema, MAPPER.readTree("{\"earlyExageration\":1}")))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("neighbours, seed, earlyExaggeration")
                .hasMessageEndingWith("Did you mean earlyExaggeration?");
    }

    @Test
    void theSchemaSaysWhatIsAllowed() {
        JsonNode root = OptionsJson.schema(schema);
        assertThat(root.at("/additionalProperties").asBoolean()).isFalse();
        JsonNode properties = root.get("properties");
        assertThat(properties.get("neighbours"))
                .hasToString("{\"title\":\"Neighbours\",\"description\":\"How many"
                        + " neighbours\",\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"default\":15}");
        assertThat(properties.get("pooling"))
                .hasToString("{\"title\":\"Pooling\",\"description\":\"How tokens become one\",\"type\":\"string\","
                        + "\"enum\":[\"mean\",\"cls-token\"],\"default\":\"cls-token\"}");
        assertThat(properties.get("column"))
                .hasToString("{\"title\":\"Column\",\"description\":\"A"
                        + " column\",\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}],\"default\":null}");
        assertThat(properties.get("layers"))
                .hasToString(
                        "{\"title\":\"Layers\",\"description\":\"Layers\",\"type\":\"array\",\"items\":{\"type\":\"string\","
                            + "\"pattern\":\"^(last|[0-9]+)$\"},\"default\":[]}");
    }
}
