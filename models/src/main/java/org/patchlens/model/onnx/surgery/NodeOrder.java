package org.patchlens.model.onnx.surgery;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.NodeProto;

/// Puts the nodes of a graph into an order in which they can be computed; some converters add theirs at the end.
///
/// What follows values back to where they come from ends only because no value needs itself; a graph that has no
/// such order is refused here.
final class NodeOrder {
    private final Path path;
    private final GraphProto graph;
    private final Set<String> given = new HashSet<>(Set.of(""));
    private final Map<String, Integer> makers = new HashMap<>();

    private NodeOrder(Path path, GraphProto graph) {
        this.path = path;
        this.graph = graph;
    }

    static ModelProto sorted(Path path, ModelProto model) {
        NodeOrder order = new NodeOrder(path, model.getGraph());
        order.collect();
        GraphProto sorted = model.getGraph().toBuilder()
                .clearNode()
                .addAllNode(order.sort())
                .build();
        return model.toBuilder().setGraph(sorted).build();
    }

    private void collect() {
        graph.getInputList().forEach(input -> given.add(input.getName()));
        graph.getInitializerList().forEach(tensor -> given.add(tensor.getName()));
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            if (node.getOutputCount() == 0 || node.getOutput(0).isEmpty()) {
                throw OnnxFile.bad(path, "the node " + Words.shown(node.getOpType()) + " makes nothing");
            }
            for (String output : node.getOutputList()) {
                if (!output.isEmpty() && (given.contains(output) || makers.put(output, i) != null)) {
                    throw OnnxFile.bad(path, "the value " + Words.shown(output) + " is made twice");
                }
            }
        }
    }

    /// Nodes as soon as all that they read is there.
    private List<NodeProto> sort() {
        int[] missing = new int[graph.getNodeCount()];
        Map<Integer, List<Integer>> readers = new HashMap<>();
        Deque<Integer> ready = new ArrayDeque<>();
        for (int i = 0; i < missing.length; i++) {
            for (String input : graph.getNode(i).getInputList()) {
                if (!given.contains(input)) {
                    readers.computeIfAbsent(maker(i, input), _ -> new ArrayList<>())
                            .add(i);
                    missing[i]++;
                }
            }
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<NodeProto> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted.add(graph.getNode(next));
            for (int reader : readers.getOrDefault(next, List.of())) {
                missing[reader]--;
                if (missing[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        if (sorted.size() < missing.length) {
            throw OnnxFile.bad(
                    path,
                    "the graph runs in a circle: " + (missing.length - sorted.size())
                            + " of its nodes need their own results");
        }
        return sorted;
    }

    private int maker(int reader, String input) {
        Integer maker = makers.get(input);
        if (maker == null) {
            throw OnnxFile.bad(
                    path,
                    "the node " + Words.shown(graph.getNode(reader).getOpType()) + " reads the value "
                            + Words.shown(input) + ", which nothing makes");
        }
        return maker;
    }
}
