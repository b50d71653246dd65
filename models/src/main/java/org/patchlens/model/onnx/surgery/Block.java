package org.patchlens.model.onnx.surgery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.model.onnx.schema.NodeProto;

/// One block of a transformer: attention, then an MLP.
///
/// @param output its residual sum
/// @param probabilities its attention after the softmax, if the graph has it as a value
/// @param attentionOperator the operator that computes the attention
record Block(String output, Optional<String> probabilities, String attentionOperator) {
    /// Cuts a chain of residual sums into blocks; each begins with the sum that attention is added in.
    ///
    /// @throws Unusable if the chain is not attention and MLP in turn
    static List<Block> of(ResidualStream stream, ValueGraph graph) {
        List<Block> blocks = new ArrayList<>();
        List<ResidualStream.Sum> sums = stream.sums();
        for (int i = 0; i < sums.size(); i += 2) {
            ResidualStream.Sum attention = sums.get(i);
            boolean reads = hasAttention(attention);
            if (!reads || i + 1 == sums.size() || hasAttention(sums.get(i + 1))) {
                throw new Unusable("the graph has " + sums.size() + " residual sums, of which "
                        + sums.stream().filter(Block::hasAttention).count()
                        + " add attention, and in a plain Vision Transformer attention and MLP take turns");
            }
            blocks.add(of(attention, sums.get(i + 1).after(), graph));
        }
        return blocks;
    }

    private static boolean hasAttention(ResidualStream.Sum sum) {
        return sum.hasOperator("Softmax") || sum.hasOperator("Attention");
    }

    private static Block of(ResidualStream.Sum sum, String output, ValueGraph graph) {
        List<NodeProto> softmaxes = sum.branch().stream()
                .filter(node -> node.getOpType().equals("Softmax") && isBetweenProducts(node, graph))
                .toList();
        String operator = sum.branch().stream()
                .map(NodeProto::getOpType)
                .filter(name -> name.contains("Attention"))
                .findFirst()
                .orElse("Softmax");
        return softmaxes.size() == 1
                ? new Block(output, Optional.of(softmaxes.getFirst().getOutput(0)), operator)
                : new Block(output, Optional.empty(), operator);
    }

    /// Whether what it turns into probabilities comes from a product of query and key, both of the picture.
    private static boolean isBetweenProducts(NodeProto softmax, ValueGraph graph) {
        String value = softmax.getInput(0);
        while (true) {
            Optional<NodeProto> made = graph.producer(value);
            if (made.isEmpty()) {
                return false;
            }
            NodeProto node = made.get();
            if (node.getOpType().startsWith("MatMul") || node.getOpType().equals("FusedMatMul")) {
                return node.getInputCount() > 1
                        && graph.isPicture(node.getInput(0))
                        && graph.isPicture(node.getInput(1));
            }
            Optional<String> next =
                    node.getInputList().stream().filter(graph::isPicture).findFirst();
            if (next.isEmpty()) {
                return false;
            }
            value = next.get();
        }
    }
}
