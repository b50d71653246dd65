package org.patchlens.model.onnx.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.onnx.Attributes;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.TensorProto;

/// A copy of somebody's graph with outputs for tokens and attention, all of them 32-bit floats.
final class ForeignGraph {
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private final GraphEdit edit;
    private final TokenLayout layout;
    private final int tokens;
    private final int dimensions;

    /// Adds to a copy.
    ///
    /// @param edit a copy of all nodes
    /// @param tokens T
    /// @param dimensions D
    ForeignGraph(GraphEdit edit, TokenLayout layout, int tokens, int dimensions) {
        this.edit = edit;
        this.layout = layout;
        this.tokens = tokens;
        this.dimensions = dimensions;
    }

    /// Returns a value of the stream as `float[B * T][D]`.
    String tokens(String value) {
        String rows = edit.node("Reshape", edit.cast(value, FLOAT), edit.numbers(-1, dimensions));
        edit.output(rows, TensorProto.DataType.FLOAT, dimensions);
        return rows;
    }

    /// Returns the attention of one block as `float[B][A][T][T]`.
    String matrices(String probabilities, int heads) {
        String matrices = separate(probabilities, heads);
        edit.output(matrices, TensorProto.DataType.FLOAT, heads, tokens, tokens);
        return matrices;
    }

    /// Returns what the CLS token reads in every block and head, and the CLS row of the rollout.
    ///
    /// @return CLS rows `float[B][L * A][T]` and rollout `float[B][T]`
    List<String> cls(List<String> probabilities, int heads) {
        int cls = layout.cls().orElseThrow();
        List<String> rows = new ArrayList<>();
        List<String> means = new ArrayList<>();
        for (String ofBlock : probabilities) {
            String matrices = separate(ofBlock, heads);
            String row = edit.node("Gather", List.of(matrices, edit.numbers(cls)), Attributes.NONE.with("axis", 2));
            rows.add(edit.node("Reshape", row, edit.numbers(0, heads, tokens)));
            means.add(meanOverHeads(matrices, heads));
        }
        String all = edit.node("Concat", rows, Attributes.NONE.with("axis", 1));
        edit.output(all, TensorProto.DataType.FLOAT, (long) rows.size() * heads, tokens);
        String rollout = rollout(means, cls);
        edit.output(rollout, TensorProto.DataType.FLOAT, tokens);
        return List.of(all, rollout);
    }

    /// `float[B][T][T]`, as a product with a row of 1 / A, which ONNX Runtime computes faster than a mean.
    private String meanOverHeads(String matrices, int heads) {
        float[] shares = new float[heads];
        Arrays.fill(shares, 1f / heads);
        String flat = edit.node("Reshape", matrices, edit.numbers(0, heads, (long) tokens * tokens));
        String mean = edit.node("MatMul", edit.floats(shares, 1, 1, heads), flat);
        return edit.node("Reshape", mean, edit.numbers(0, tokens, tokens));
    }

    /// The CLS row of the rollout (Abnar and Zuidema 2020, arXiv:2005.00928, section 3), from the last block to
    /// the first, where softmax rows sum to 1: row = (row + row * mean) / 2.
    private String rollout(List<String> means, int cls) {
        float[] unit = new float[tokens];
        unit[cls] = 1;
        String half = edit.floats(new float[] {0.5f}, 1);
        String row = edit.floats(unit, 1, 1, tokens);
        for (String mean : means.reversed()) {
            row = edit.node("Mul", edit.node("Add", row, edit.node("MatMul", row, mean)), half);
        }
        return edit.node("Reshape", row, edit.numbers(-1, tokens));
    }

    /// `float[B][A][T][T]`, also where the graph has heads and pictures in one dimension.
    private String separate(String probabilities, int heads) {
        return edit.node("Reshape", edit.cast(probabilities, FLOAT), edit.numbers(-1, heads, tokens, tokens));
    }

    ModelProto build() {
        return edit.buildPruned();
    }
}
