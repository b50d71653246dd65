package org.patchlens.analysis.norms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.ResultJson;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Oracle: numpy in double precision, `tools/reference/norms.py`.
class NormsGoldenTest {
    private static final int IMAGES = 7;
    private static final int TOKENS = 15;
    private static final int DIMENSIONS = 24;
    private static final int BLOCKS = 2;
    private static final int HEADS = 3;
    private static final List<Layer> LAYERS = List.of(new Layer(0), new Layer(2), Layer.LAST);

    /// A norm of 24 numbers is a sum with at most 7 roundings, a root and one rounding to a float, each of 2^-24
    /// of the value; spreads are differences of norms that are at most 10 times as large as they are.
    private static final double RELATIVE = 10 * 9 * 0x1p-24;

    @TempDir
    Path folder;

    @Test
    void everyNumberIsThatOfNumpy() throws IOException {
        FloatBuffer numbers = FloatBuffer.wrap(floats(read("golden-tokens.f32")));
        SyntheticStudy synthetic = new SyntheticStudy(
                        IMAGES,
                        new PatchGrid(3, 4),
                        TokenLayout.clsAndRegisters(2),
                        DIMENSIONS,
                        BLOCKS,
                        LAYERS,
                        (image, layer) -> slice(
                                numbers,
                                (LAYERS.indexOf(layer) * IMAGES + image) * TOKENS * DIMENSIONS,
                                TOKENS,
                                DIMENSIONS),
                        Optional.of(image -> attention(numbers, image)))
                .with(MetadataColumn.of("site", List.of("north", "north", "south", "north", "south", "north", "")));
        JsonMapper mapper = JsonMapper.shared();
        JsonNode golden = mapper.readTree(read("golden.json")).get("layers");
        try (Study study = synthetic.write(folder)) {
            Norms.Result result = Norms.of(study, Norms.Options.defaults().withGroup("site"), Progress.NONE);
            JsonNode layers = mapper.readTree(ResultJson.text(result)).get("layers");
            assertThat(layers.size()).isEqualTo(golden.size());
            for (int i = 0; i < golden.size(); i++) {
                compareLayer(layers.get(i), golden.get(i));
            }
            assertThat(result.outliersBegin()).contains(new Layer(2));
        }
    }

    private static void compareLayer(JsonNode found, JsonNode golden) {
        assertThat(found.get("layer")).isEqualTo(golden.get("layer"));
        compareNumbers(found.get("patches"), golden.get("patches"));
        compareNumbers(found.at("/special/0/norms"), golden.get("cls"));
        compareNumbers(found.at("/special/1/norms"), golden.get("registers"));
        for (String name : List.of("threshold", "patchShare", "imageShare", "clsAttention")) {
            compare(name, found.get("outliers").get(name), golden.get(name));
        }
        comparePlaces(found.get("positions"), golden.get("place"));
        assertThat(found.get("groups").size()).isEqualTo(2);
        for (int group = 0; group < 2; group++) {
            compareGroup(found.get("groups").get(group), golden.get("groups").get(group == 0 ? "north" : "south"));
        }
        JsonNode positions = found.get("outliers").get("positions");
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                String patch = row + "," + column;
                compare(
                        patch,
                        positions.get(row).get(column),
                        golden.get("positions").get(row).get(column));
            }
        }
    }

    private static void comparePlaces(JsonNode found, JsonNode golden) {
        for (int patch = 0; patch < 12; patch++) {
            compare(
                    "place " + patch,
                    found.get("map").get(patch / 4).get(patch % 4),
                    golden.get("map").get(patch / 4).get(patch % 4));
        }
        for (int ring = 0; ring < 10; ring++) {
            compare(
                    "ring " + ring,
                    found.get("radial").get(0).get(ring),
                    golden.get("radial").get(ring));
        }
    }

    private static void compareGroup(JsonNode found, JsonNode golden) {
        assertThat(found.get("images").asInt()).isEqualTo(golden.get("images").asInt());
        compare("imageShare", found.get("imageShare"), golden.get("imageShare"));
        compareNumbers(found.get("patches"), golden.get("patches"));
    }

    private static void compareNumbers(JsonNode found, JsonNode golden) {
        assertThat(found.propertyNames()).containsExactlyInAnyOrderElementsOf(golden.propertyNames());
        golden.propertyNames().forEach(name -> compare(name, found.get(name), golden.get(name)));
    }

    private static void compare(String name, JsonNode found, JsonNode golden) {
        if (golden.isNull()) {
            assertThat(found.isNull()).as(name).isTrue();
            return;
        }
        assertThat(found.asDouble())
                .as(name)
                .isCloseTo(golden.asDouble(), Offset.offset(RELATIVE * Math.abs(golden.asDouble())));
    }

    private static ClsAttention attention(FloatBuffer numbers, int image) {
        int start = LAYERS.size() * IMAGES * TOKENS * DIMENSIONS + image * BLOCKS * HEADS * TOKENS;
        FloatMatrix rows = slice(numbers, start, BLOCKS * HEADS, TOKENS);
        return new ClsAttention(BLOCKS, HEADS, rows, rows.row(0));
    }

    private static FloatMatrix slice(FloatBuffer numbers, int start, int rows, int columns) {
        float[] values = new float[rows * columns];
        numbers.get(start, values);
        return FloatMatrix.of(rows, columns, values);
    }

    private static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(NormsGoldenTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
