package org.patchlens.model.onnx.surgery;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchlens.model.onnx.schema.NodeProto;

/// The LayerNorm of all tokens after the last block: one operator, or spelled out as (x - mean(x)) / sqrt(variance
/// + epsilon) * weight + bias.
final class FinalNorm {
    private FinalNorm() {}

    /// Looks behind the last block.
    ///
    /// @param stream the output of the last block
    /// @return what the norm makes; empty if the graph pools before it norms, or does not norm
    static Optional<String> after(String stream, ValueGraph graph) {
        Optional<String> fused = graph.producer(stream)
                .filter(node -> node.getOpType().equals("SkipLayerNormalization"))
                .map(node -> node.getOutput(0))
                .filter(output -> !graph.consumers(output).isEmpty() || isReturned(output, graph));
        return fused.or(() -> operator(stream, graph)).or(() -> spelledOut(stream, graph));
    }

    private static boolean isReturned(String value, ValueGraph graph) {
        return graph.outputs().contains(value);
    }

    private static Optional<String> operator(String stream, ValueGraph graph) {
        return aliases(stream, graph).stream()
                .flatMap(alias -> graph.consumers(alias).stream())
                .filter(node -> node.getOpType().equals("LayerNormalization")
                        || node.getOpType().equals("SimplifiedLayerNormalization")
                        || node.getOpType().equals("RMSNormalization"))
                .map(node -> node.getOutput(0))
                .findFirst();
    }

    private static Optional<String> spelledOut(String stream, ValueGraph graph) {
        return aliases(stream, graph).stream()
                .flatMap(alias -> graph.consumers(alias).stream())
                .filter(node -> node.getOpType().equals("Sub") && isMean(node.getInput(1), stream, graph))
                .map(node -> node.getOutput(0))
                .findFirst()
                .flatMap(centred -> scaled(centred, graph));
    }

    /// The stream and the same numbers in another type.
    private static List<String> aliases(String stream, ValueGraph graph) {
        return Stream.concat(
                        Stream.of(stream),
                        graph.consumers(stream).stream()
                                .filter(node -> node.getOpType().equals("Cast"))
                                .map(node -> node.getOutput(0)))
                .toList();
    }

    private static boolean isMean(String value, String stream, ValueGraph graph) {
        return graph.producer(value)
                .filter(node -> node.getOpType().equals("ReduceMean"))
                .filter(node -> graph.root(node.getInput(0)).equals(graph.root(stream)))
                .isPresent();
    }

    private static Optional<String> scaled(String centred, ValueGraph graph) {
        Optional<String> value = next(centred, graph, List.of("Div"));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String normed = value.get();
        String weighted = next(normed, graph, List.of("Cast", "Mul")).orElse(normed);
        if (graph.producer(weighted)
                .filter(node -> node.getOpType().equals("Cast"))
                .isPresent()) {
            weighted = next(weighted, graph, List.of("Mul")).orElse(weighted);
        }
        return Optional.of(next(weighted, graph, List.of("Add")).orElse(weighted));
    }

    private static Optional<String> next(String value, ValueGraph graph, List<String> operators) {
        return graph.consumers(value).stream()
                .filter(node -> operators.contains(node.getOpType()))
                .map(NodeProto::getOutputList)
                .map(List::getFirst)
                .findFirst();
    }
}
