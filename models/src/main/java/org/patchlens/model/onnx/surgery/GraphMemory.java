package org.patchlens.model.onnx.surgery;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.patchlens.PatchlensException;
import org.patchlens.model.onnx.MachineMemory;
import org.patchlens.model.onnx.OnnxRuntime;
import org.patchlens.model.onnx.VitGraph;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.onnx.schema.ValueInfoProto;

/// Refuses graphs of a few nodes that double a tensor until no machine holds it, before anything is computed.
///
/// ONNX Runtime tells the shapes that follow from the graph alone; what depends on shapes that are themselves
/// computed it does not always know, and that counts as one number.
final class GraphMemory {
    private static final int LARGEST_INSIDE = 1024;

    private final GraphProto graph;
    private final Map<String, Double> numbers = new HashMap<>();
    private final Map<String, Integer> lastReader = new HashMap<>();

    private GraphMemory(GraphProto graph) {
        this.graph = graph;
        for (int i = 0; i < graph.getNodeCount(); i++) {
            for (String input : graph.getNode(i).getInputList()) {
                lastReader.put(input, i);
            }
        }
    }

    /// @param model whose nodes are in an order in which they can be computed
    /// @param pixels `[B, channels, height, width]`
    /// @throws PatchlensException if values that live at the same time take more than half of the machine's memory
    static void refuseHuge(Probe.Subject subject, ModelProto model, long... pixels) {
        GraphMemory memory = new GraphMemory(model.getGraph());
        memory.infer(subject, model, pixels);
        double needed = Float.BYTES * memory.mostAtOnce();
        long allowed = MachineMemory.bytes() / 2;
        if (needed > allowed) {
            throw OnnxFile.bad(
                    subject.path(),
                    String.format(
                            Locale.ROOT,
                            "computing the graph would take %.1e bytes of memory at once, and half of this machine's"
                                    + " memory is %.1e",
                            needed,
                            (double) allowed));
        }
    }

    /// Every value leaves the graph as floats, so that it has a type; nothing is run.
    private void infer(Probe.Subject subject, ModelProto model, long... pixels) {
        GraphEdit edit = new GraphEdit(withoutWeights(model, pixels));
        graph.getNodeList().forEach(edit::add);
        Map<String, String> values = new HashMap<>();
        for (NodeProto node : graph.getNodeList()) {
            for (String value : node.getOutputList()) {
                if (!value.isEmpty()) {
                    String floats = edit.cast(value, TensorProto.DataType.FLOAT_VALUE);
                    edit.outputOfAnyShape(floats);
                    values.put(floats, value);
                }
            }
        }
        OnnxRuntime.inferredShapes(edit.buildPruned(), subject.folder())
                .forEach((floats, shape) -> numbers.put(values.getOrDefault(floats, ""), product(shape)));
    }

    /// Weights become inputs, whose numbers nobody reads.
    private static ModelProto withoutWeights(ModelProto model, long... pixels) {
        GraphProto.Builder light =
                model.getGraph().toBuilder().clearInitializer().clearInput();
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            if (tensor.getSerializedSize() <= LARGEST_INSIDE && tensor.getExternalDataCount() == 0) {
                light.addInitializer(tensor);
            } else {
                light.addInput(GraphEdit.fixed(tensor.getName(), tensor.getDataType(), tensor.getDimsList()));
            }
        }
        List<Long> sides = Arrays.stream(pixels).boxed().toList();
        ValueInfoProto input = GraphEdit.fixed(VitGraph.PIXELS, TensorProto.DataType.FLOAT_VALUE, sides);
        return model.toBuilder().setGraph(light.addInput(input)).build();
    }

    private static double product(long... shape) {
        double product = 1;
        for (long side : shape) {
            product *= Math.max(1, side);
        }
        return product;
    }

    /// A value lives from the node that makes it to the last one that reads it.
    private double mostAtOnce() {
        double live = 0;
        double most = 0;
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            live += node.getOutputList().stream().mapToDouble(this::size).sum();
            most = Math.max(most, live);
            for (String input : new HashSet<>(node.getInputList())) {
                live -= lastReader.getOrDefault(input, -1) == i ? size(input) : 0;
            }
        }
        return most;
    }

    /// 0 for weights, which stay in their file.
    private double size(String value) {
        return numbers.getOrDefault(value, 0.0);
    }
}
