package org.patchlens.model.architecture;

import java.util.Set;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;

/// What a Vision Transformer consists of (Dosovitskiy et al. 2020, arXiv:2010.11929): everything that its graph
/// depends on besides the weights. Blocks normalise before attention and before the MLP.
///
/// @param family as the configuration names it, such as `vit`
/// @param layers L, the number of blocks
/// @param heads A, the number of attention heads; divides `dimensions`
/// @param dimensions D, the length of a token
/// @param mlp how a block treats each token alone
/// @param channels of the input
/// @param imageHeight of the trained input in pixels
/// @param imageWidth of the trained input in pixels
/// @param patchSize the side of a patch in pixels
/// @param layout the special tokens of the sequence
/// @param positions how patches know their place
/// @param normEpsilon what every LayerNorm adds to the variance
/// @param roles the tensors that this architecture has; a bias, a scale or a norm that is not listed
///     does not exist
public record VitArchitecture(
        String family,
        int layers,
        int heads,
        int dimensions,
        Mlp mlp,
        int channels,
        int imageHeight,
        int imageWidth,
        int patchSize,
        TokenLayout layout,
        Positions positions,
        float normEpsilon,
        Set<TensorRole> roles) {
    public VitArchitecture {
        roles = Set.copyOf(roles);
        if (dimensions % heads != 0) {
            throw new IllegalArgumentException(dimensions + " dimensions cannot be split into " + heads + " heads");
        }
    }

    /// The length of a token inside one head, D / A.
    public int headDimensions() {
        return dimensions / heads;
    }

    /// The length of a token inside the MLP.
    public int mlpDimensions() {
        return mlp.dimensions();
    }

    /// The grid of the trained input; a rest of the image that fills no patch is not seen, as in a convolution.
    public PatchGrid trainedGrid() {
        return grid(imageHeight, imageWidth);
    }

    /// How many vectors of positions are stored.
    int storedPositions() {
        return switch (positions) {
            case Positions.Learned learned -> learned.count();
            case Positions.Rotary _, Positions.RelativeAlone _ -> 0;
        };
    }

    /// How many biases a table of relative positions has for a head: rows and columns apart on the trained grid,
    /// and three for CLS.
    long distances() {
        PatchGrid grid = trainedGrid();
        return (2L * grid.rows() - 1) * (2L * grid.columns() - 1) + 3;
    }

    /// Whether blocks add a bias for distances to their attention.
    public boolean hasRelativePositions() {
        return has(TensorRole.RELATIVE_POSITIONS) || has(TensorRole.SHARED_RELATIVE_POSITIONS);
    }

    /// Whether the architecture has a tensor of this role.
    public boolean has(TensorRole role) {
        return roles.contains(role);
    }

    /// The grid of an input whose sides are multiples of the patch size.
    public PatchGrid grid(int inputHeight, int inputWidth) {
        return new PatchGrid(inputHeight / patchSize, inputWidth / patchSize);
    }
}
