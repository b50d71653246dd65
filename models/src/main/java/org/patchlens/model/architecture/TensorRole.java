package org.patchlens.model.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// What a tensor is for, and the shape that it then has. Weights of linear maps are `[out][in]`.
public enum TensorRole {
    PATCH_WEIGHT(Scope.MODEL, vit -> shape(vit.dimensions(), vit.channels(), vit.patchSize(), vit.patchSize())),
    /// In place of [#PATCH_WEIGHT]: a linear map of the numbers of a patch, row by row, column by column, channel
    /// by channel.
    PATCH_MATRIX(
            Scope.MODEL, vit -> shape(vit.dimensions(), (long) vit.patchSize() * vit.patchSize() * vit.channels())),
    PATCH_BIAS(Scope.MODEL, vit -> shape(vit.dimensions())),
    CLS_TOKEN(Scope.SEQUENCE, vit -> shape(1, 1, vit.dimensions())),
    DISTILLATION_TOKEN(Scope.SEQUENCE, vit -> shape(1, 1, vit.dimensions())),
    REGISTER_TOKENS(Scope.SEQUENCE, vit -> shape(1, vit.layout().registers(), vit.dimensions())),
    POSITION_EMBEDDING(Scope.SEQUENCE, vit -> shape(1, vit.storedPositions(), vit.dimensions())),
    /// One bias per head for every distance between two patches, row by row, then from CLS to a patch, from a
    /// patch to CLS, and from CLS to itself; the same in all blocks.
    SHARED_RELATIVE_POSITIONS(Scope.MODEL, vit -> shape(vit.distances(), vit.heads())),
    INPUT_NORM_WEIGHT(Scope.MODEL, vit -> shape(vit.dimensions())),
    INPUT_NORM_BIAS(Scope.MODEL, vit -> shape(vit.dimensions())),
    FINAL_NORM_WEIGHT(Scope.MODEL, vit -> shape(vit.dimensions())),
    FINAL_NORM_BIAS(Scope.MODEL, vit -> shape(vit.dimensions())),
    ATTENTION_NORM_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions())),
    ATTENTION_NORM_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    QUERY_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions(), vit.dimensions())),
    QUERY_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    KEY_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions(), vit.dimensions())),
    KEY_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    VALUE_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions(), vit.dimensions())),
    VALUE_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    /// The same, of one block.
    RELATIVE_POSITIONS(Scope.BLOCK, vit -> shape(vit.distances(), vit.heads())),
    ATTENTION_OUTPUT_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions(), vit.dimensions())),
    ATTENTION_OUTPUT_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    ATTENTION_SCALE(Scope.BLOCK, vit -> shape(vit.dimensions())),
    MLP_NORM_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions())),
    MLP_NORM_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    MLP_GATE_WEIGHT(Scope.BLOCK, vit -> shape(vit.mlpDimensions(), vit.dimensions())),
    MLP_GATE_BIAS(Scope.BLOCK, vit -> shape(vit.mlpDimensions())),
    MLP_UP_WEIGHT(Scope.BLOCK, vit -> shape(vit.mlpDimensions(), vit.dimensions())),
    MLP_UP_BIAS(Scope.BLOCK, vit -> shape(vit.mlpDimensions())),
    MLP_DOWN_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions(), vit.mlpDimensions())),
    MLP_DOWN_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    MLP_SCALE(Scope.BLOCK, vit -> shape(vit.dimensions()));

    /// How often a role occurs.
    public enum Scope {
        /// Once in the model.
        MODEL,
        /// Once in the model, as rows of the first sequence; leading dimensions of 1 are of no consequence.
        SEQUENCE,
        /// Once in every block.
        BLOCK
    }

    private final Scope scope;

    // only the lambdas above are ever assigned, and none of them has a state
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<VitArchitecture, List<Long>> shape;

    TensorRole(Scope scope, Function<VitArchitecture, List<Long>> shape) {
        this.scope = scope;
        this.shape = shape;
    }

    /// Whether it occurs once or in every block.
    public Scope scope() {
        return scope;
    }

    /// The shape that a tensor of this role has.
    public List<Long> shape(VitArchitecture architecture) {
        return shape.apply(architecture);
    }

    /// Whether a tensor of this shape can play the role.
    public boolean fits(List<Long> found, VitArchitecture architecture) {
        List<Long> expected = shape(architecture);
        return switch (scope) {
            case MODEL, BLOCK -> found.equals(expected);
            case SEQUENCE -> withoutLeadingOnes(found).equals(withoutLeadingOnes(expected));
        };
    }

    private static List<Long> withoutLeadingOnes(List<Long> shape) {
        return shape.stream().dropWhile(side -> side == 1).toList();
    }

    private static List<Long> shape(long... dimensions) {
        return Arrays.stream(dimensions).boxed().toList();
    }
}
