package org.patchlens.model.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.architecture.VitWeights;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.safetensors.StoredTensor;
import org.patchlens.tensor.FloatMatrix;

/// The graph of a Vision Transformer that computes what is asked for and nothing else.
///
/// Its input is [#PIXELS], `float[B][channels][height][width]`.
///
/// @param model a few kilobytes; its weights are references into their files
/// @param tokens the outputs `float[B * T][D]`, one per layer of the request
/// @param attention the outputs of the attention: none; or the CLS rows `float[B][L * A][T]` and the rollout
///     `float[B][T]`; or the matrices `float[B][A][T][T]`
/// @param int8Weights the weights that are handed over in 8-bit integers when the graph is loaded
public record VitGraph(ModelProto model, List<String> tokens, List<String> attention, List<StoredTensor> int8Weights) {
    /// The name of the input.
    public static final String PIXELS = "pixels";

    public VitGraph {
        tokens = List.copyOf(tokens);
        attention = List.copyOf(attention);
        int8Weights = List.copyOf(int8Weights);
    }

    /// Writes the graph.
    ///
    /// @param start `float[T][D]`, what is added to the sequence of patches before the first block
    /// @param request settled against the architecture: its layers and blocks exist
    public static VitGraph write(GraphSource source, FloatMatrix start, VitRequest request) {
        return new Writer(source, request).write(start);
    }

    private static final class Writer {
        private final OnnxGraph graph = new OnnxGraph();
        private final GraphSource source;
        private final VitArchitecture vit;
        private final VitWeights weights;
        private final VitRequest request;
        private final PatchGrid grid;
        private final long sequence;

        Writer(GraphSource source, VitRequest request) {
            this.source = source;
            this.vit = source.vit();
            this.weights = source.weights();
            this.request = request;
            this.grid = vit.grid(request.inputHeight(), request.inputWidth());
            this.sequence = vit.layout().tokens(grid);
        }

        VitGraph write(FloatMatrix start) {
            graph.input(PIXELS, vit.channels(), request.inputHeight(), request.inputWidth());
            BlockGraph blocks = new BlockGraph(graph, source, grid);
            Optional<ClsAttentionGraph> cls = request.attention() instanceof AttentionRequest.Cls
                    ? Optional.of(new ClsAttentionGraph(graph, vit, sequence))
                    : Optional.empty();
            List<String> tokens = new ArrayList<>();
            List<String> probabilities = new ArrayList<>();
            String stream = blocks.inputNorm(sequence(start));
            outputAt(new Layer(0), stream, tokens);
            for (int block = 1; block <= deepest(); block++) {
                BlockGraph.Values values = blocks.write(block, stream, cls);
                stream = values.stream();
                probabilities.add(values.probabilities());
                outputAt(new Layer(block), stream, tokens);
            }
            if (request.layers().contains(Layer.LAST)) {
                outputAt(Layer.LAST, blocks.finalNorm(stream), tokens);
            }
            List<String> attention = attention(probabilities, cls);
            return new VitGraph(graph.build(), tokens, attention, graph.int8Weights());
        }

        /// The sequence before the first block: patches through one convolution, room for the special tokens in
        /// front of them, and the start added.
        private String sequence(FloatMatrix start) {
            long side = vit.patchSize();
            List<String> inputs = new ArrayList<>(List.of(PIXELS, patchWeight()));
            if (vit.has(TensorRole.PATCH_BIAS)) {
                inputs.add(graph.weight(weights.get(TensorRole.PATCH_BIAS)));
            }
            String planes = graph.node(
                    "Conv",
                    inputs,
                    Attributes.NONE.withList("kernel_shape", side, side).withList("strides", side, side));
            String flat = graph.node("Reshape", planes, graph.numbers(0, vit.dimensions(), grid.patches()));
            String patches = graph.node("Transpose", List.of(flat), Attributes.NONE.withList("perm", 0, 2, 1));
            String padded =
                    graph.node("Pad", patches, graph.numbers(0, vit.layout().firstPatch(), 0, 0, 0, 0));
            String sum = graph.node("Add", padded, graph.matrix(start));
            return graph.node("Reshape", sum, graph.numbers(-1, vit.dimensions()));
        }

        /// `float[D][channels][side][side]`.
        private String patchWeight() {
            if (vit.has(TensorRole.PATCH_WEIGHT)) {
                return graph.weight(weights.get(TensorRole.PATCH_WEIGHT));
            }
            long side = vit.patchSize();
            String matrix = graph.weight(weights.get(TensorRole.PATCH_MATRIX));
            String cells = graph.node("Reshape", matrix, graph.numbers(vit.dimensions(), side, side, vit.channels()));
            return graph.node("Transpose", List.of(cells), Attributes.NONE.withList("perm", 0, 3, 1, 2));
        }

        private void outputAt(Layer layer, String value, List<String> tokens) {
            if (request.layers().contains(layer)) {
                graph.output(value, vit.dimensions());
                tokens.add(value);
            }
        }

        private List<String> attention(List<String> probabilities, Optional<ClsAttentionGraph> cls) {
            if (request.attention() instanceof AttentionRequest.OfBlock(int block)) {
                String matrices = probabilities.get(block - 1);
                graph.output(matrices, vit.heads(), sequence, sequence);
                return List.of(matrices);
            }
            return cls.map(ClsAttentionGraph::finish).orElse(List.of());
        }

        private int deepest() {
            int ofLayers =
                    request.layers().isEmpty() ? 0 : request.layers().getLast().index();
            int ofAttention = switch (request.attention()) {
                case AttentionRequest.None() -> 0;
                case AttentionRequest.Cls() -> vit.layers();
                case AttentionRequest.OfBlock(int block) -> block;
            };
            return Math.min(Math.max(ofLayers, ofAttention), vit.layers());
        }
    }
}
