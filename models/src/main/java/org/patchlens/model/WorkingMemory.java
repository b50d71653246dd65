package org.patchlens.model;

import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitRequest;

/// What computing takes beside the weights, estimated before anything is allocated.
///
/// @param bytesPerImage outputs, activations and attention matrices that live at the same time
/// @param bytesOfStart what the graph itself holds, the positions of all tokens; below 2 GiB as every graph is
record WorkingMemory(long bytesPerImage, long bytesOfStart) {
    private static final long LARGEST_START = 1L << 30;

    /// Scores and softmax of one block live at the same time.
    private static final long MATRICES_OF_A_BLOCK = 2;

    /// Stream, normed stream, query, key and value in both orders, and context.
    private static final long STREAMS = 9;

    static WorkingMemory of(VitArchitecture vit, PatchGrid grid, VitRequest request) {
        double tokens = vit.layout().tokens(grid);
        double streams = tokens * (STREAMS + request.layers().size()) * vit.dimensions();
        double mlp = mlpMaps(vit.mlp()) * tokens * vit.mlpDimensions();
        double matrices = MATRICES_OF_A_BLOCK * vit.heads() * tokens * tokens;
        double pixels = (double) vit.channels() * request.inputHeight() * request.inputWidth();
        double kept = switch (request.attention()) {
            case AttentionRequest.None() -> 0;
            case AttentionRequest.Cls() -> vit.layers() * tokens * (tokens + vit.heads());
            case AttentionRequest.OfBlock(int _) -> vit.heads() * tokens * tokens;
        };
        return new WorkingMemory((long) (Float.BYTES * (streams + mlp + matrices + pixels + kept)), (long)
                (Float.BYTES * tokens * (vit.dimensions() + rotationPerToken(vit) + biasesPerToken(vit, tokens))));
    }

    /// A table of relative positions is spread over all pairs of tokens once, and a place in it is 8 bytes.
    private static double biasesPerToken(VitArchitecture vit, double tokens) {
        int tables = vit.has(TensorRole.RELATIVE_POSITIONS) ? vit.layers() : 1;
        return vit.hasRelativePositions() ? tokens * (2 + (double) tables * vit.heads()) : 0;
    }

    /// Values of the MLP that live at the same time: before and behind the activation, and the gated product.
    private static int mlpMaps(Mlp mlp) {
        return switch (mlp) {
            case Mlp.Plain _ -> 2;
            case Mlp.Gated _ -> 3;
        };
    }

    /// A cosine and a sine per dimension of a head.
    private static double rotationPerToken(VitArchitecture vit) {
        return switch (vit.positions()) {
            case Positions.Learned _, Positions.RelativeAlone _ -> 0;
            case Positions.Rotary _ -> 2.0 * vit.headDimensions();
        };
    }

    /// For a graph that somebody else wrote: an MLP four times as wide as a token, and for CLS attention all
    /// matrices, since nothing in such a graph says when they can go.
    static WorkingMemory of(VitSession.Sizes sizes, VitRequest request) {
        double tokens = sizes.tokens();
        double streams = tokens * (STREAMS + request.layers().size() + 2 * 4) * sizes.dimensions();
        double matrices = sizes.heads() * tokens * tokens;
        double kept = switch (request.attention()) {
            case AttentionRequest.None() -> 0;
            case AttentionRequest.Cls() -> sizes.layers() * matrices;
            case AttentionRequest.OfBlock(int _) -> matrices;
        };
        double pixels = (double) sizes.channels() * request.inputHeight() * request.inputWidth();
        return new WorkingMemory((long) (Float.BYTES * (streams + MATRICES_OF_A_BLOCK * matrices + pixels + kept)), 0);
    }

    /// @throws PatchlensException if not even one image fits
    void refuseBeyond(long available, VitRequest request) {
        if (bytesPerImage > available || bytesOfStart > LARGEST_START) {
            throw PatchlensException.usage(
                    "size " + request.inputHeight() + " x " + request.inputWidth(),
                    "one image would take " + mebibytes(bytesPerImage) + " MiB of memory, and this machine has "
                            + mebibytes(available),
                    "Choose a smaller size or less attention");
        }
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}
