package org.patchlens.model.onnx;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.tensor.FloatMatrix;

/// Writes what the CLS token reads: its softmax rows, cut out inside the graph, and its attention rollout.
final class ClsAttentionGraph {
    private final OnnxGraph graph;
    private final VitArchitecture vit;
    private final long tokens;
    private final int cls;
    private final List<String> rows = new ArrayList<>();
    private final List<String> means = new ArrayList<>();

    /// @param tokens T
    ClsAttentionGraph(OnnxGraph graph, VitArchitecture vit, long tokens) {
        this.graph = graph;
        this.vit = vit;
        this.tokens = tokens;
        this.cls = vit.layout().cls().orElseThrow();
    }

    /// Takes from a block what is needed: the CLS row of every head, and the mean over heads.
    ///
    /// Returns the shape that the block gives its tokens, computed from the number of images in what was taken.
    /// That the block needs it to go on is the point: ONNX Runtime would else take rows and means after the last
    /// block, and keep `float[B][A][T][T]` of all blocks until then.
    ///
    /// @param probabilities `float[B][A][T][T]`
    /// @return B * T and D
    String take(String probabilities) {
        String row = graph.node("Gather", List.of(probabilities, graph.numbers(cls)), Attributes.NONE.with("axis", 2));
        String mean = meanOverHeads(probabilities);
        rows.add(graph.node("Reshape", row, graph.numbers(0, vit.heads(), tokens)));
        means.add(mean);
        String images = graph.node("Min", imagesOf(row), imagesOf(mean));
        // [B] * [T, 0] + [0, D]; ONNX Runtime would simplify a Concat and lose the dependency
        String rowsAlone = graph.node("Mul", images, graph.numbers(tokens, 0));
        return graph.node("Add", rowsAlone, graph.numbers(0, vit.dimensions()));
    }

    /// Writes the outputs.
    ///
    /// @return CLS rows `float[B][L * A][T]` and rollout `float[B][T]`
    List<String> finish() {
        String allRows = graph.node("Concat", rows, Attributes.NONE.with("axis", 1));
        graph.output(allRows, (long) vit.layers() * vit.heads(), tokens);
        String rollout = rollout();
        graph.output(rollout, tokens);
        return List.of(allRows, rollout);
    }

    /// The CLS row of the rollout (Abnar and Zuidema 2020, arXiv:2005.00928, section 3).
    ///
    /// The rollout is the product of the blocks' matrices M = (mean over heads + I) with every row divided by its
    /// sum. Softmax rows sum to 1, so the sum is 2 and M = 0.5 mean + 0.5 I. Of the product M(L) ... M(1) only the
    /// CLS row is wanted: a row vector runs from the last block to the first, T x T steps per block instead of T x
    /// T x T.
    private String rollout() {
        FloatMatrix unit = FloatMatrix.zeros(1, Math.toIntExact(tokens));
        unit.set(0, cls, 1);
        String half = graph.scalar(0.5f);
        String row = graph.matrix(unit);
        for (String mean : means.reversed()) {
            String passed = graph.node("MatMul", row, mean);
            row = graph.node("Mul", graph.node("Add", row, passed), half);
        }
        return graph.node("Reshape", row, graph.numbers(-1, tokens));
    }

    /// `float[B][T][T]`, as a product with a row of 1 / A: ONNX Runtime reduces over a dimension in the middle one
    /// number at a time, and computing a product takes a sixth of the time that its mean takes.
    private String meanOverHeads(String probabilities) {
        String flat = graph.node("Reshape", probabilities, graph.numbers(0, vit.heads(), tokens * tokens));
        FloatMatrix shares = FloatMatrix.zeros(1, vit.heads());
        for (int head = 0; head < vit.heads(); head++) {
            shares.set(0, head, 1f / vit.heads());
        }
        String mean = graph.node("MatMul", graph.matrix(shares), flat);
        return graph.node("Reshape", mean, graph.numbers(0, tokens, tokens));
    }

    private String imagesOf(String value) {
        return graph.node(
                "Shape", List.of(value), Attributes.NONE.with("start", 0).with("end", 1));
    }
}
