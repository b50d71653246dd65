package org.patchlens.model.onnx.surgery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.patchlens.model.onnx.schema.AttributeProto;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.onnx.schema.ValueInfoProto;

/// Who makes and who reads each value of a graph, and which values carry the picture.
///
/// A value carries the picture if its numbers depend on pixels; those that depend on the picture's size alone do
/// not.
final class ValueGraph {
    private static final Set<String> SIZE_ONLY = Set.of("Shape", "Size");
    private static final Set<String> SAME_NUMBERS =
            Set.of("Cast", "CastLike", "Identity", "Dropout", "QuantizeLinear", "DequantizeLinear");

    private final GraphProto graph;
    private final Map<String, Integer> producers = new HashMap<>();
    private final Map<String, List<NodeProto>> consumers = new HashMap<>();
    private final Map<String, TensorProto> initializers = new HashMap<>();
    private final Set<String> pictures = new HashSet<>();

    /// Follows all nodes once.
    ///
    /// @param graph whose nodes are in an order in which they can be computed
    /// @param image the input that holds the picture
    ValueGraph(GraphProto graph, String image) {
        this.graph = graph;
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        pictures.add(image);
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            boolean picture = !SIZE_ONLY.contains(node.getOpType());
            boolean reads = false;
            for (String input : node.getInputList()) {
                reads |= pictures.contains(input);
                consumers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
            }
            for (String output : node.getOutputList()) {
                if (!output.isEmpty()) {
                    producers.put(output, i);
                }
            }
            if (picture && reads) {
                pictures.addAll(node.getOutputList());
                pictures.remove("");
            }
        }
    }

    List<NodeProto> nodes() {
        return graph.getNodeList();
    }

    /// What the graph returns.
    List<String> outputs() {
        return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    /// Whether the numbers of a value depend on pixels.
    boolean isPicture(String value) {
        return pictures.contains(value);
    }

    Optional<NodeProto> producer(String value) {
        return Optional.ofNullable(producers.get(value)).map(graph::getNode);
    }

    /// Where the node that makes a value comes; -1 for inputs.
    int order(String value) {
        return producers.getOrDefault(value, -1);
    }

    List<NodeProto> consumers(String value) {
        return consumers.getOrDefault(value, List.of());
    }

    Optional<TensorProto> initializer(String value) {
        return Optional.ofNullable(initializers.get(value));
    }

    /// The first value with the same numbers: what a Cast was given, and so on.
    String root(String value) {
        String root = value;
        Optional<NodeProto> node = producer(root);
        while (node.isPresent()
                && SAME_NUMBERS.contains(node.get().getOpType())
                && node.get().getInputCount() > 0) {
            root = node.get().getInput(0);
            node = producer(root);
        }
        return root;
    }

    /// The nodes between two values, those that carry the picture and that `to` needs, without going beyond
    /// `from`.
    ///
    /// @return in no particular order; empty if `to` does not depend on `from`
    Set<NodeProto> between(String from, String to) {
        int first = producers.getOrDefault(from, -1);
        Set<NodeProto> passed = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>(Set.of(to));
        Deque<String> open = new ArrayDeque<>(seen);
        boolean reached = false;
        while (!open.isEmpty()) {
            String value = open.remove();
            int index = producers.getOrDefault(value, -1);
            // a fused residual and norm makes both at once
            reached |= value.equals(from) || (index >= 0 && index == first);
            if (index <= first) {
                continue;
            }
            NodeProto node = graph.getNode(index);
            passed.add(node);
            for (String input : node.getInputList()) {
                if (isPicture(input) && seen.add(input)) {
                    open.add(input);
                }
            }
        }
        return reached ? passed : Set.of();
    }

    /// A whole number among the attributes.
    static OptionalInt number(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .mapToInt(attribute -> Math.clamp(attribute.getI(), Integer.MIN_VALUE, Integer.MAX_VALUE))
                .findFirst();
    }

    /// A list of whole numbers among the attributes; empty if there is none.
    static List<Long> numbers(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .map(AttributeProto::getIntsList)
                .findFirst()
                .orElse(List.of());
    }

    /// An input that may be left out.
    static Optional<String> input(NodeProto node, int index) {
        return node.getInputCount() > index && !node.getInput(index).isEmpty()
                ? Optional.of(node.getInput(index))
                : Optional.empty();
    }
}
