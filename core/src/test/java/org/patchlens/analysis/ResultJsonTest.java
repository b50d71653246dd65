package org.patchlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.tensor.FloatMatrix;

class ResultJsonTest {
    record Result(
            float share,
            double threshold,
            FloatMatrix map,
            List<Layer> layers,
            SpecialToken token,
            Optional<Float> nothing,
            Optional<Layer> begin,
            PatchGrid grid,
            Provenance provenance) {}

    private static final Provenance PROVENANCE =
            new Provenance("ab", "resize", "{\"layers\":[\"last\"]}", 7, "0.1.0", "25", "linux/amd64");

    @Test
    void aResultIsWrittenInTheOrderOfItsRecord() {
        Result result = new Result(
                0.1f,
                Double.NaN,
                FloatMatrix.of(2, 2, 1, Float.NaN, 1e10f, Float.NEGATIVE_INFINITY),
                List.of(new Layer(8), Layer.LAST),
                SpecialToken.CLS,
                Optional.empty(),
                Optional.of(new Layer(8)),
                new PatchGrid(2, 3),
                PROVENANCE);
        assertThat(ResultJson.text(result)).isEqualTo("""
            {
              "share" : 0.1,
              "threshold" : null,
              "map" : [ [ 1.0, null ], [ 1.0E10, null ] ],
              "layers" : [ "8", "last" ],
              "token" : "cls",
              "nothing" : null,
              "begin" : "8",
              "grid" : {
                "rows" : 2,
                "columns" : 3
              },
              "provenance" : {
                "modelSha256" : "ab",
                "preprocessing" : "resize",
                "options" : {
                  "layers" : [ "last" ]
                },
                "seed" : 7,
                "version" : "0.1.0",
                "javaVersion" : "25",
                "platform" : "linux/amd64"
              }
            }
            """);
    }

    @Test
    void optionsThatAreNoJsonAreWrittenAsText() {
        record Bare(Provenance provenance) {}
        Provenance odd = new Provenance("ab", "", "layers=\"last\"", 0, "", "", "");
        assertThat(ResultJson.text(new Bare(odd))).contains("\"options\" : \"layers=\\\"last\\\"\"");
    }
}
