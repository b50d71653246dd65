package org.patchlens.model.onnx;

import java.util.List;
import java.util.stream.LongStream;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.tensor.FloatMatrix;

/// Writes the rotation of queries and keys by the place of their patch, as DINOv3 does it (Simeoni et al. 2025,
/// arXiv:2508.10104).
///
/// A head of d dimensions turns d / 2 pairs (x, x + d / 2). The first d / 4 pairs turn by 2 pi y f, the others by
/// 2 pi x f, with f = theta^(-4 i / d) for i = 0 ... d / 4 - 1 and the centres of patches y, x from -1 to 1 over
/// the input, whatever its size. Special tokens turn by 0.
final class RotationGraph {
    private final OnnxGraph graph;
    private final String cosines;
    private final String signedSines;
    private final String otherHalf;

    RotationGraph(OnnxGraph graph, VitArchitecture vit, PatchGrid grid, double theta) {
        this.graph = graph;
        int tokens = vit.layout().tokens(grid);
        int dimensions = vit.headDimensions();
        FloatMatrix cosine = FloatMatrix.zeros(tokens, dimensions);
        FloatMatrix sine = FloatMatrix.zeros(tokens, dimensions);
        for (int token = 0; token < tokens; token++) {
            int patch = token - vit.layout().firstPatch();
            for (int pair = 0; pair < dimensions / 2; pair++) {
                double angle = patch < 0 ? 0 : angle(grid, patch, pair, dimensions, theta);
                cosine.set(token, pair, (float) Math.cos(angle));
                cosine.set(token, pair + dimensions / 2, (float) Math.cos(angle));
                sine.set(token, pair, (float) -Math.sin(angle));
                sine.set(token, pair + dimensions / 2, (float) Math.sin(angle));
            }
        }
        this.cosines = perToken(cosine);
        this.signedSines = perToken(sine);
        int half = dimensions / 2;
        this.otherHalf = graph.numbers(LongStream.range(0, dimensions)
                .map(i -> (i + half) % dimensions)
                .toArray());
    }

    /// Rotates.
    ///
    /// @param heads `float[B][T][A][d]`
    String apply(String heads) {
        String swapped = graph.node("Gather", List.of(heads, otherHalf), Attributes.NONE.with("axis", -1));
        return graph.node("Add", graph.node("Mul", heads, cosines), graph.node("Mul", swapped, signedSines));
    }

    private String perToken(FloatMatrix matrix) {
        return graph.node("Reshape", graph.matrix(matrix), graph.numbers(1, matrix.rows(), 1, matrix.columns()));
    }

    private static double angle(PatchGrid grid, int patch, int pair, int dimensions, double theta) {
        int frequencies = dimensions / 4;
        double place = pair < frequencies
                ? (grid.row(patch) + 0.5) / grid.rows()
                : (grid.column(patch) + 0.5) / grid.columns();
        double frequency = Math.pow(theta, -4.0 * (pair % frequencies) / dimensions);
        return 2 * Math.PI * (2 * place - 1) * frequency;
    }
}
