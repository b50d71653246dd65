package org.patchlens.model.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.onnx.WindowInterpolation.Kernel;
import org.patchlens.model.safetensors.StoredTensor;
import org.patchlens.model.safetensors.TensorReader;
import org.patchlens.tensor.FloatMatrix;

/// Writes the bias that attention adds for the distance between two patches, as BEiT does it (Bao et al. 2021,
/// arXiv:2106.08254): a table with a number per head for every row and column that two patches are apart, and
/// three more for attention from and to CLS. On another grid than the trained one the table is interpolated.
final class RelativePositions {
    private static final int OF_CLS = 3;

    private final OnnxGraph graph;
    private final GraphSource source;
    private final PatchGrid grid;
    private final Map<String, String> written = new HashMap<>();
    private final String places;

    private RelativePositions(OnnxGraph graph, GraphSource source, PatchGrid grid) {
        this.graph = graph;
        this.source = source;
        this.grid = grid;
        this.places = places();
    }

    /// For an architecture that has relative positions.
    static Optional<RelativePositions> find(OnnxGraph graph, GraphSource source, PatchGrid grid) {
        return source.vit().hasRelativePositions()
                ? Optional.of(new RelativePositions(graph, source, grid))
                : Optional.empty();
    }

    /// The bias of a block.
    ///
    /// @param block 1 to L
    /// @return `float[A][T][T]`
    String bias(int block) {
        StoredTensor table = source.find(TensorRole.RELATIVE_POSITIONS, block)
                .orElseGet(() -> source.weights().get(TensorRole.SHARED_RELATIVE_POSITIONS));
        return written.computeIfAbsent(table.name(), name -> {
            String perHead = graph.node("Squeeze", graph.matrix(perHead(table)), graph.numbers(0));
            return graph.node("Gather", List.of(perHead, places), Attributes.NONE.with("axis", 1));
        });
    }

    /// Where in the table the bias of every two tokens stands, `int64[T][T]`.
    private String places() {
        int patches = grid.patches();
        int tokens = patches + 1;
        long distances = distances(grid).patches();
        long[] places = new long[tokens * tokens];
        for (int from = 0; from < patches; from++) {
            for (int to = 0; to < patches; to++) {
                int rows = grid.row(from) - grid.row(to) + grid.rows() - 1;
                int columns = grid.column(from) - grid.column(to) + grid.columns() - 1;
                places[(from + 1) * tokens + to + 1] = distances(grid).patch(rows, columns);
            }
            places[from + 1] = distances;
            places[(from + 1) * tokens] = distances + 1;
        }
        places[0] = distances + 2;
        return graph.node("Reshape", graph.numbers(places), graph.numbers(tokens, tokens));
    }

    private FloatMatrix perHead(StoredTensor table) {
        VitArchitecture vit = source.vit();
        PatchGrid trained = distances(vit.trainedGrid());
        FloatMatrix stored = TensorReader.read(table, trained.patches() + OF_CLS, vit.heads());
        FloatMatrix patches = stored.rows(0, trained.patches());
        PatchGrid wanted = distances(grid);
        FloatMatrix fitted = wanted.equals(trained)
                ? patches
                : new WindowInterpolation(Kernel.LINEAR).resize(patches, trained, wanted);
        FloatMatrix perHead = FloatMatrix.zeros(vit.heads(), wanted.patches() + OF_CLS);
        for (int head = 0; head < vit.heads(); head++) {
            for (int distance = 0; distance < wanted.patches(); distance++) {
                perHead.set(head, distance, fitted.get(distance, head));
            }
            for (int i = 0; i < OF_CLS; i++) {
                perHead.set(head, wanted.patches() + i, stored.get(trained.patches() + i, head));
            }
        }
        return perHead;
    }

    private static PatchGrid distances(PatchGrid grid) {
        return new PatchGrid(2 * grid.rows() - 1, 2 * grid.columns() - 1);
    }
}
