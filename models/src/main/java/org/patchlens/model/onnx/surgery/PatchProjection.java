package org.patchlens.model.onnx.surgery;

import java.util.List;
import java.util.Set;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.TensorProto;

/// The convolution whose steps are as wide as its kernel: it sees every patch once.
///
/// @param output `[B][D][H][W]`
/// @param patchSize the side of a patch in pixels
record PatchProjection(String output, int patchSize) {
    private static final Set<String> CONVOLUTIONS = Set.of("Conv", "ConvInteger", "QLinearConv", "FusedConv");
    private static final Set<String> PER_PIXEL = Set.of(
            "Sub",
            "Div",
            "Mul",
            "Add",
            "Cast",
            "Identity",
            "QuantizeLinear",
            "DequantizeLinear",
            "DynamicQuantizeLinear");
    private static final int LARGEST_PATCH = 256;

    /// @throws Unusable if the first convolution is another
    static PatchProjection find(ValueGraph graph) {
        List<NodeProto> convolutions = graph.nodes().stream()
                .filter(node -> CONVOLUTIONS.contains(node.getOpType())
                        && node.getInputCount() > 1
                        && graph.isPicture(node.getInput(0)))
                .toList();
        if (convolutions.isEmpty()) {
            throw new Unusable("the graph cuts the picture into patches without a convolution, which is not supported");
        }
        NodeProto first = convolutions.getFirst();
        List<Long> kernel = kernel(graph, first);
        List<Long> strides = ValueGraph.numbers(first, "strides");
        long side = kernel.isEmpty() ? 0 : kernel.getFirst();
        boolean square = kernel.size() == 2 && kernel.getLast() == side && strides.equals(kernel);
        if (!square || side < 1 || side > LARGEST_PATCH || !readsPixels(graph, first.getInput(0))) {
            throw new Unusable("its first of " + convolutions.size() + " convolutions has the kernel "
                    + kernel.stream().limit(4).toList() + " and the steps "
                    + strides.stream().limit(4).toList()
                    + ", and the patches of a plain Vision Transformer do not overlap");
        }
        if (convolutions.size() > 1) {
            throw new Unusable("the graph has " + convolutions.size()
                    + " convolutions, and a plain Vision Transformer has one, which makes the patches");
        }
        return new PatchProjection(first.getOutput(0), (int) side);
    }

    private static List<Long> kernel(ValueGraph graph, NodeProto node) {
        List<Long> said = ValueGraph.numbers(node, "kernel_shape");
        int weight = node.getOpType().equals("QLinearConv") ? 3 : 1;
        return !said.isEmpty()
                ? said
                : ValueGraph.input(node, weight)
                        .map(graph::root)
                        .flatMap(graph::initializer)
                        .map(TensorProto::getDimsList)
                        .map(dims -> dims.size() == 4 ? dims.subList(2, 4) : dims)
                        .orElse(List.of());
    }

    /// Whether nothing but arithmetic on single pixels lies between the input and a value.
    private static boolean readsPixels(ValueGraph graph, String value) {
        String at = value;
        while (graph.producer(at).isPresent()) {
            NodeProto node = graph.producer(at).orElseThrow();
            if (!PER_PIXEL.contains(node.getOpType())) {
                return false;
            }
            at = node.getInputList().stream()
                    .filter(graph::isPicture)
                    .findFirst()
                    .orElseThrow();
        }
        return true;
    }
}
