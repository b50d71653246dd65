package org.patchlens.model.onnx.surgery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchlens.model.onnx.schema.NodeProto;

/// The chain of sums x + f(x) that runs through a transformer; the longest one in the graph.
///
/// A sum belongs to a chain if one of its operands is needed to compute the other: that operand is x. What f is
/// does not matter here, so that every spelling of norms, attention and activations is the same.
///
/// @param start what the first sum adds to
/// @param sums in their order, at least one
record ResidualStream(String start, List<Sum> sums) {
    ResidualStream {
        sums = List.copyOf(sums);
    }

    /// x + f(x).
    ///
    /// @param before x
    /// @param after the sum
    /// @param branch the nodes that compute f
    record Sum(String before, String after, Set<NodeProto> branch) {
        Sum {
            branch = Set.copyOf(branch);
        }

        boolean hasOperator(String name) {
            return branch.stream().anyMatch(node -> node.getOpType().contains(name));
        }
    }

    /// @throws Unusable if nothing in the graph is a residual sum
    static ResidualStream find(ValueGraph graph) {
        Map<String, List<Sum>> chains = new HashMap<>();
        List<Sum> longest = List.of();
        for (NodeProto node : graph.nodes()) {
            Optional<Sum> sum = sum(graph, node);
            if (sum.isPresent()) {
                List<Sum> chain = new ArrayList<>(chains.getOrDefault(sum.get().before(), List.of()));
                chain.add(sum.get());
                chains.put(sum.get().after(), chain);
                longest = chain.size() > longest.size() ? chain : longest;
            }
        }
        if (longest.isEmpty()) {
            throw new Unusable("the graph has no residual sums, and so no blocks of a transformer");
        }
        return new ResidualStream(longest.getFirst().before(), longest);
    }

    private static Optional<Sum> sum(ValueGraph graph, NodeProto node) {
        Optional<String> output = output(node);
        if (output.isEmpty() || node.getInputCount() < 2) {
            return Optional.empty();
        }
        String first = graph.root(node.getInput(0));
        String second = graph.root(node.getInput(1));
        if (!graph.isPicture(first) || !graph.isPicture(second) || first.equals(second)) {
            return Optional.empty();
        }
        return sum(graph, first, node.getInput(1), output.get())
                .or(() -> sum(graph, second, node.getInput(0), output.get()));
    }

    private static Optional<Sum> sum(ValueGraph graph, String before, String branch, String after) {
        Set<NodeProto> nodes = graph.between(before, branch);
        return nodes.isEmpty() ? Optional.empty() : Optional.of(new Sum(before, after, nodes));
    }

    private static Optional<String> output(NodeProto node) {
        return switch (node.getOpType()) {
            case "Add" -> Optional.of(node.getOutput(0));
            case "SkipLayerNormalization" ->
                node.getOutputCount() > Rewriting.SKIP_SUM
                        ? Optional.of(node.getOutput(Rewriting.SKIP_SUM))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
