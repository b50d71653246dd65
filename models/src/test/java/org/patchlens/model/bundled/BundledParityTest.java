package org.patchlens.model.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.embedding.Layer;
import org.patchlens.model.AttentionOutput;
import org.patchlens.model.Golden;
import org.patchlens.model.Parity;
import org.patchlens.model.Resources;
import org.patchlens.model.VitModel;
import org.patchlens.model.VitOutput;
import org.patchlens.model.VitSession;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// The model that comes along computes what transformers computes with the same files, every layer and the rollout
/// of its attention, at its own size and at half of it.
///
/// Oracle: `tools/reference/bundled.py`, 32-bit floats from the same 16-bit weights. Tolerance: both sides add in
/// different orders, as for the teacher, whose shape it has; the largest tokens are about as large as there.
class BundledParityTest {
    private static final double MAX_DIFFERENCE = 1e-3;
    private static final double MIN_COSINE = 0.9999;

    @TempDir
    private Path cache;

    @ParameterizedTest
    @ValueSource(ints = {224, 448})
    void tokensAndAttentionAreThoseOfTransformers(int size) {
        Golden golden = new Golden(Resources.path("bundled/expected.safetensors"));
        FloatMatrix picked = golden.get(size + ".rows");
        FloatMatrix hidden = golden.get(size + ".hidden");
        try (VitModel model = VitModel.load(BundledModel.folder(cache))) {
            List<Layer> layers = layers(model.architecture().layers());
            VitRequest request = new VitRequest(size, size, layers, AttentionRequest.CLS);
            try (VitSession session = model.open(request)) {
                VitOutput output = session.run(picture(golden, size));
                for (int i = 0; i < layers.size(); i++) {
                    int first = i * picked.columns();
                    FloatMatrix tokens = rows(output.tokens(layers.get(i)), picked);
                    expectClose(tokens, hidden.rows(first, first + picked.columns()));
                }
                var attention = (AttentionOutput.Cls) output.attention();
                expectClose(attention.rollout(), golden.get(size + ".rollout"));
            }
        }
    }

    /// The picture of the golden file in grey cells: several to a patch.
    private static FloatMatrix picture(Golden golden, int size) {
        FloatMatrix cells = golden.get("picture");
        int cell = size / cells.rows();
        FloatMatrix pixels = FloatMatrix.zeros(1, 3 * size * size);
        for (int i = 0; i < pixels.columns(); i++) {
            int place = i % (size * size);
            pixels.set(0, i, cells.get(place / size / cell, place % size / cell));
        }
        return pixels;
    }

    private static List<Layer> layers(int blocks) {
        return Stream.concat(IntStream.rangeClosed(0, blocks).mapToObj(Layer::new), Stream.of(Layer.LAST))
                .toList();
    }

    private static FloatMatrix rows(FloatMatrix tokens, FloatMatrix picked) {
        FloatMatrix rows = FloatMatrix.zeros(picked.columns(), tokens.columns());
        for (int i = 0; i < rows.rows(); i++) {
            int row = (int) picked.get(0, i);
            rows.rows(i, i + 1).copyFrom(tokens.rows(row, row + 1));
        }
        return rows;
    }

    private static void expectClose(FloatMatrix actual, FloatMatrix expected) {
        assertThat(Parity.maxDifference(actual, expected)).isLessThanOrEqualTo(MAX_DIFFERENCE);
        assertThat(Parity.minCosine(actual, expected)).isGreaterThan(MIN_COSINE);
    }
}
