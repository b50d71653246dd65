package org.patchlens.model.onnx;

import java.util.List;
import java.util.Optional;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.Activation;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitWeights;

/// Writes the blocks of a Vision Transformer: x + attention(norm(x)), then x + mlp(norm(x)).
///
/// Tokens are one matrix `float[B * T][D]`, so that every linear map is one product, whose result does not depend
/// on how many images share the matrix.
final class BlockGraph {
    private final OnnxGraph graph;
    private final VitArchitecture vit;
    private final GraphSource source;
    private final LinearGraph linear;
    private final long tokens;
    private final Optional<RotationGraph> rotation;
    private final Optional<RelativePositions> relative;

    BlockGraph(OnnxGraph graph, GraphSource source, PatchGrid grid) {
        this.graph = graph;
        this.source = source;
        this.vit = source.vit();
        this.linear = new LinearGraph(graph, source.precision());
        this.tokens = vit.layout().tokens(grid);
        this.relative = RelativePositions.find(graph, source, grid);
        this.rotation = switch (vit.positions()) {
            case Positions.Learned _, Positions.RelativeAlone _ -> Optional.empty();
            case Positions.Rotary(double theta) -> Optional.of(new RotationGraph(graph, vit, grid, theta));
        };
    }

    /// What a block makes.
    ///
    /// @param stream its output, `float[B * T][D]`
    /// @param probabilities its attention after the softmax, `float[B][A][T][T]`
    record Values(String stream, String probabilities) {}

    /// Writes one block.
    ///
    /// @param block 1 to L
    /// @param stream `float[B * T][D]`
    /// @param cls reads along, if the attention of the CLS token is wanted
    Values write(int block, String stream, Optional<ClsAttentionGraph> cls) {
        String normed = norm(stream, block, TensorRole.ATTENTION_NORM_WEIGHT, TensorRole.ATTENTION_NORM_BIAS);
        String queries = heads(linear(normed, block, TensorRole.QUERY_WEIGHT, TensorRole.QUERY_BIAS));
        String keys = heads(linear(normed, block, TensorRole.KEY_WEIGHT, TensorRole.KEY_BIAS));
        String values = heads(linear(normed, block, TensorRole.VALUE_WEIGHT, TensorRole.VALUE_BIAS));
        String query = reordered(rotated(queries), 0, 2, 1, 3);
        String key = reordered(rotated(keys), 0, 2, 3, 1);
        String value = reordered(values, 0, 2, 1, 3);
        String scale = graph.scalar((float) (1 / Math.sqrt(vit.headDimensions())));
        String products = graph.node("Mul", graph.node("MatMul", query, key), scale);
        String scores = relative.map(positions -> graph.node("Add", products, positions.bias(block)))
                .orElse(products);
        String probabilities = graph.node("Softmax", List.of(scores), Attributes.NONE.with("axis", -1));
        String context = graph.node("MatMul", probabilities, value);
        String merged = reordered(context, 0, 2, 1, 3);
        String shape =
                cls.map(reader -> reader.take(probabilities)).orElseGet(() -> graph.numbers(-1, vit.dimensions()));
        String rows = graph.node("Reshape", merged, shape);
        String attended = linear(rows, block, TensorRole.ATTENTION_OUTPUT_WEIGHT, TensorRole.ATTENTION_OUTPUT_BIAS);
        String middle = graph.node("Add", scaled(attended, block, TensorRole.ATTENTION_SCALE), stream);
        String seen = scaled(mlp(block, middle), block, TensorRole.MLP_SCALE);
        return new Values(graph.node("Add", seen, middle), probabilities);
    }

    /// The sequence as the first block takes it: normed, if the architecture has a norm there.
    String inputNorm(String stream) {
        return vit.has(TensorRole.INPUT_NORM_WEIGHT)
                ? norm(stream, 1, TensorRole.INPUT_NORM_WEIGHT, TensorRole.INPUT_NORM_BIAS)
                : stream;
    }

    /// The norm after the last block; a value of its own even if the architecture has none, since an output may
    /// not have two names.
    String finalNorm(String stream) {
        return vit.has(TensorRole.FINAL_NORM_WEIGHT)
                ? norm(stream, 1, TensorRole.FINAL_NORM_WEIGHT, TensorRole.FINAL_NORM_BIAS)
                : graph.node("Identity", stream);
    }

    private String mlp(int block, String stream) {
        String normed = norm(stream, block, TensorRole.MLP_NORM_WEIGHT, TensorRole.MLP_NORM_BIAS);
        String up = linear(normed, block, TensorRole.MLP_UP_WEIGHT, TensorRole.MLP_UP_BIAS);
        String inside = switch (vit.mlp()) {
            case Mlp.Plain(int _, Activation activation) -> activate(up, activation);
            case Mlp.Gated(int _, Activation activation) -> {
                String gate = linear(normed, block, TensorRole.MLP_GATE_WEIGHT, TensorRole.MLP_GATE_BIAS);
                yield graph.node("Mul", activate(gate, activation), up);
            }
        };
        return linear(inside, block, TensorRole.MLP_DOWN_WEIGHT, TensorRole.MLP_DOWN_BIAS);
    }

    /// One factor per dimension (LayerScale, Touvron et al. 2021, arXiv:2103.17239), if the architecture has it.
    private String scaled(String value, int block, TensorRole scale) {
        return source.find(scale, block)
                .map(factors -> graph.node("Mul", value, graph.weight(factors)))
                .orElse(value);
    }

    private String activate(String value, Activation activation) {
        return switch (activation) {
            case GELU -> graph.node("Gelu", value);
            case GELU_TANH -> graph.node("Gelu", List.of(value), Attributes.NONE.withText("approximate", "tanh"));
            case QUICK_GELU ->
                graph.node(OnnxGraph.MICROSOFT, "QuickGelu", List.of(value), Attributes.NONE.with("alpha", 1.702f));
            case RELU -> graph.node("Relu", value);
            case SILU -> graph.node("Mul", value, graph.node("Sigmoid", value));
        };
    }

    /// `float[B * T][D]` to heads, `float[B][T][A][D / A]`.
    private String heads(String value) {
        return graph.node("Reshape", value, graph.numbers(-1, tokens, vit.heads(), vit.headDimensions()));
    }

    private String rotated(String heads) {
        return rotation.map(turn -> turn.apply(heads)).orElse(heads);
    }

    private String reordered(String heads, long... order) {
        return graph.node("Transpose", List.of(heads), Attributes.NONE.withList("perm", order));
    }

    private String linear(String value, int block, TensorRole weight, TensorRole bias) {
        return linear.apply(value, source.weights().get(weight, block), source.find(bias, block));
    }

    private String norm(String value, int block, TensorRole weight, TensorRole bias) {
        VitWeights weights = source.weights();
        return NormGraph.write(graph, value, weights.get(weight, block), weights.get(bias, block), vit.normEpsilon());
    }
}
