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

    /// @param tokens T
    ClsAttentionGraph(OnnxGraph graph, VitArchitecture vit, long tokens) {
        this.graph = graph;
        this.vit = vit;
        this.tokens = tokens;
        this.cls = vit.layout().cls().orElseThrow();
    }

    /// @param probabilities per block, `float[B][A][T][T]`
    /// @return the outputs: CLS rows `float[B][L * A][T]` and rollout `float[B][T]`
    List<String> write(List<String> probabilities) {
        String index = graph.numbers(cls);
        String rowsOfBlock = graph.numbers(0, vit.heads(), tokens);
        List<String> rows = new ArrayList<>();
        for (String block : probabilities) {
            String row = graph.node("Gather", List.of(block, index), Attributes.NONE.with("axis", 2));
            rows.add(graph.node("Reshape", row, rowsOfBlock));
        }
        String allRows = graph.node("Concat", rows, Attributes.NONE.with("axis", 1));
        graph.output(allRows, (long) vit.layers() * vit.heads(), tokens);
        String rollout = rollout(probabilities);
        graph.output(rollout, tokens);
        return List.of(allRows, rollout);
    }

    /// The CLS row of the rollout (Abnar and Zuidema 2020, arXiv:2005.00928, section 3).
    ///
    /// The rollout is the product of the blocks' matrices M = (mean over heads + I) with every row divided by its
    /// sum.
    /// Softmax rows sum to 1, so the sum is 2 and M = 0.5 mean + 0.5 I. Of the product M(L) ... M(1) only the CLS
    /// row
    /// is wanted: a row vector runs from the last block to the first, T x T steps per block instead of T x T x T.
    private String rollout(List<String> probabilities) {
        FloatMatrix unit = FloatMatrix.zeros(1, Math.toIntExact(tokens));
        unit.set(0, cls, 1);
        String half = graph.scalar(0.5f);
        String heads = graph.numbers(1);
        String row = graph.matrix(unit);
        for (String block : probabilities.reversed()) {
            String mean = graph.node("ReduceMean", List.of(block, heads), Attributes.NONE.with("keepdims", 0));
            String passed = graph.node("MatMul", row, mean);
            row = graph.node("Mul", graph.node("Add", row, passed), half);
        }
        return graph.node("Reshape", row, graph.numbers(-1, tokens));
    }
}
