package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchlens.Shared;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// The real model ViT-Ti/16 against what transformers 5.18 computed with it (torch, 32-bit floats, eager
/// attention).
///
/// Tolerance: the reference itself is 4e-4 away from a computation in 64 bits, with values up to 37.
class VitTinyTest {
    private static final double MAX_DIFFERENCE = 1e-3;
    private static final double MIN_COSINE = 0.9999;

    @Test
    void tokensAndAttentionAreThoseOfTransformers() {
        Golden reference = new Golden(Shared.path("models/vit-tiny-patch16-224/reference_io.safetensors"));
        FloatMatrix pixels = reference.get("pixel_values").reshape(2, 3 * 224 * 224);
        try (VitModel model = VitModel.load(Shared.path("models/vit-tiny-patch16-224"));
                VitSession session = model.open(new VitRequest(
                        224, 224, List.of(new Layer(6), Layer.LAST), new AttentionRequest.OfBlock(12)))) {
            VitOutput output = session.run(pixels);
            expectClose(output.tokens(new Layer(6)), reference.get("hidden_states.6"));
            expectClose(output.tokens(Layer.LAST), reference.get("last_hidden_state"));
            var attention = (AttentionOutput.OfBlock) output.attention();
            expectClose(attention.matrices().rows(0, 3 * 197), reference.get("attentions.11"));
        }
    }

    private static void expectClose(FloatMatrix actual, FloatMatrix expected) {
        assertThat(Parity.maxDifference(actual, expected)).isLessThan(MAX_DIFFERENCE);
        assertThat(Parity.minCosine(actual, expected)).isGreaterThan(MIN_COSINE);
    }
}
