package org.patchlens.model.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.safetensors.StoredTensor;

/// Writes linear maps, x W' + b, over the weights as they lie in the file, `[out][in]`.
///
/// With 8-bit integers every token has a scale of its own, its largest magnitude / 127, so that a token with large
/// values leaves the others their bits, and so that a result does not depend on what else is computed with it. A
/// token is then whole numbers from 1 to 255 around 128, a weight from -64 to 64 ([Int8Weight] says why).
final class LinearGraph {
    /// Below every norm that a token has; a token of zeros alone would be divided by zero.
    private static final float SMALLEST_SCALE = 1e-30f;

    private final OnnxGraph graph;
    private final Precision precision;
    private final Map<String, Rounded> rounded = new HashMap<>();

    LinearGraph(OnnxGraph graph, Precision precision) {
        this.graph = graph;
        this.precision = precision;
    }

    /// Tokens as 8-bit integers.
    ///
    /// @param numbers `uint8[B * T][D]`
    /// @param scales `float[B * T][1]`
    private record Rounded(String numbers, String scales) {}

    /// Writes one map.
    ///
    /// @param value `float[B * T][in]`
    /// @return `float[B * T][out]`
    String apply(String value, StoredTensor weight, Optional<StoredTensor> bias) {
        return switch (precision) {
            case FP32 -> inFloats(value, weight, bias);
            case INT8 -> inIntegers(value, weight, bias);
        };
    }

    private String inFloats(String value, StoredTensor weight, Optional<StoredTensor> bias) {
        List<String> inputs = new ArrayList<>(List.of(value, graph.weight(weight)));
        bias.ifPresent(tensor -> inputs.add(graph.weight(tensor)));
        return graph.node("Gemm", inputs, Attributes.NONE.with("transB", 1));
    }

    private String inIntegers(String value, StoredTensor weight, Optional<StoredTensor> bias) {
        Rounded tokens = rounded.computeIfAbsent(value, this::round);
        OnnxGraph.Int8Names names = graph.int8Weight(weight);
        String product = graph.node(
                OnnxGraph.MICROSOFT,
                "MatMulIntegerToFloat",
                List.of(tokens.numbers(), names.numbers(), graph.scalar(1), names.scales(), graph.uint8(128)),
                Attributes.NONE);
        String scaled = graph.node("Mul", product, tokens.scales());
        return bias.map(tensor -> graph.node("Add", scaled, graph.weight(tensor)))
                .orElse(scaled);
    }

    private Rounded round(String value) {
        String largest = graph.node("ReduceMax", graph.node("Abs", value), graph.numbers(1));
        String scale = graph.node("Mul", largest, graph.scalar(1f / 127));
        String scales = graph.node("Max", scale, graph.scalar(SMALLEST_SCALE));
        String numbers =
                graph.node("QuantizeLinear", graph.node("Div", value, scales), graph.scalar(1), graph.uint8(128));
        return new Rounded(numbers, scales);
    }
}
