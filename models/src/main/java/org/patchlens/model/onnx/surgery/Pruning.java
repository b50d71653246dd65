package org.patchlens.model.onnx.surgery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.onnx.schema.ValueInfoProto;

/// Leaves out of a graph what its outputs do not need: later blocks, heads, the towers of other inputs.
final class Pruning {
    private Pruning() {}

    /// Goes from the outputs back.
    ///
    /// @param graph inputs, outputs and initializers
    /// @param nodes in an order in which they can be computed
    static GraphProto apply(GraphProto.Builder graph, List<NodeProto> nodes) {
        Set<String> needed = new HashSet<>();
        graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(needed::add);
        List<NodeProto> kept = new ArrayList<>();
        for (NodeProto node : nodes.reversed()) {
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                kept.add(node);
                needed.addAll(node.getInputList());
            }
        }
        List<TensorProto> initializers = graph.getInitializerList().stream()
                .filter(tensor -> needed.contains(tensor.getName()))
                .toList();
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> needed.contains(input.getName()))
                .toList();
        return graph.clone()
                .clearInitializer()
                .addAllInitializer(initializers)
                .clearInput()
                .addAllInput(inputs)
                .clearNode()
                .addAllNode(kept.reversed())
                .build();
    }
}
