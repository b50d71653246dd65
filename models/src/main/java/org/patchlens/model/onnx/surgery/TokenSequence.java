package org.patchlens.model.onnx.surgery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.onnx.schema.NodeProto;

/// How the sequence of tokens is laid out: which learned tokens are put before the patches.
///
/// @param layout the special tokens
/// @param grid of the patches
/// @param dimensions D
record TokenSequence(TokenLayout layout, PatchGrid grid, int dimensions) {
    private static final int MOST_SPECIAL = 64;
    private static final int LARGEST_DIMENSIONS = 16_384;

    /// The concatenations that learned tokens are put into the sequence by.
    static List<NodeProto> joins(ValueGraph graph, PatchProjection patches, ResidualStream stream) {
        return graph.between(patches.output(), stream.start()).stream()
                .filter(node -> node.getOpType().equals("Concat"))
                .sorted((a, b) -> graph.order(a.getOutput(0)) - graph.order(b.getOutput(0)))
                .toList();
    }

    /// Compares the shapes of patches and stream.
    ///
    /// @param probe has the shapes of the stream, the patches, and of all that is joined
    /// @throws Unusable if the stream is no sequence of patches behind special tokens
    static TokenSequence of(ValueGraph graph, PatchProjection patches, ResidualStream stream, Probe probe) {
        List<Long> plane = probe.shape(patches.output());
        List<Long> tokens = probe.shape(stream.start());
        long height = plane.size() == 4 ? plane.get(2) : 0;
        long width = plane.size() == 4 ? plane.get(3) : 0;
        if (height < 1 || width < 1 || height > PatchGrid.LARGEST_SIDE || width > PatchGrid.LARGEST_SIDE) {
            throw new Unusable("its convolution makes " + plane + ", which is no grid of patches");
        }
        PatchGrid grid = new PatchGrid((int) height, (int) width);
        boolean flat = tokens.size() == 2 && tokens.getFirst() % probe.images() == 0;
        boolean batched = tokens.size() == 3 && tokens.getFirst() == probe.images();
        long count = flat ? tokens.getFirst() / probe.images() : batched ? tokens.get(1) : 0;
        long special = count - grid.patches();
        if (special < 0 || special > MOST_SPECIAL || tokens.getLast() > LARGEST_DIMENSIONS) {
            throw new Unusable("its residual sums are " + tokens + " for " + probe.images() + " pictures of "
                    + grid.patches() + " patches, and a plain Vision Transformer has all patches in every block");
        }
        return new TokenSequence(
                new TokenLayout(prefix(graph, patches, stream, probe, (int) special)),
                grid,
                Math.toIntExact(tokens.getLast()));
    }

    private static List<SpecialToken> prefix(
            ValueGraph graph, PatchProjection patches, ResidualStream stream, Probe probe, int special) {
        List<Integer> groups = new ArrayList<>();
        for (NodeProto join : joins(graph, patches, stream)) {
            refuseTokensBehindPatches(graph, join);
            for (String part : join.getInputList()) {
                List<Long> shape = probe.shape(part);
                if (!graph.isPicture(part) && shape.size() == 3) {
                    groups.add(Math.toIntExact(Math.min(shape.get(1), MOST_SPECIAL + 1)));
                }
            }
        }
        boolean known = groups.stream().mapToInt(Integer::intValue).sum() == special;
        if (!known || special <= 1) {
            return named(special > 0 ? List.of(1, special - 1) : List.of());
        }
        return named(groups);
    }

    private static void refuseTokensBehindPatches(ValueGraph graph, NodeProto join) {
        if (!graph.isPicture(join.getInputList().getLast())) {
            throw new Unusable(
                    "its learned tokens come after the patches, and before them is where they are looked for");
        }
    }

    /// The first token that is put in alone is the CLS token; a second one alone is that of a distilled model
    /// (DeiT); whatever else comes is a register.
    private static List<SpecialToken> named(List<Integer> groups) {
        List<SpecialToken> tokens = new ArrayList<>();
        for (int group : groups) {
            boolean alone = group == 1;
            if (alone && tokens.isEmpty()) {
                tokens.add(SpecialToken.CLS);
            } else if (alone && groups.size() == 2) {
                tokens.add(SpecialToken.DISTILLATION);
            } else {
                tokens.addAll(Collections.nCopies(group, SpecialToken.REGISTER));
            }
        }
        return tokens;
    }
}
