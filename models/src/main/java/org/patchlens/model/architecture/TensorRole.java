package org.patchlens.model.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// What a tensor is for, and the shape that it then has. Weights of linear maps are `[out][in]`.
public enum TensorRole {
    PATCH_WEIGHT(Scope.MODEL, vit -> shape(vit.dimensions(), vit.channels(), vit.patchSize(), vit.patchSize())),
    PATCH_BIAS(Scope.MODEL, vit -> shape(vit.dimensions())),
    CLS_TOKEN(Scope.MODEL, vit -> shape(1, 1, vit.dimensions())),
    POSITION_EMBEDDING(Scope.MODEL, vit -> shape(1, vit.positions().count(), vit.dimensions())),
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
    ATTENTION_OUTPUT_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions(), vit.dimensions())),
    ATTENTION_OUTPUT_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    MLP_NORM_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions())),
    MLP_NORM_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions())),
    MLP_UP_WEIGHT(Scope.BLOCK, vit -> shape(vit.mlpDimensions(), vit.dimensions())),
    MLP_UP_BIAS(Scope.BLOCK, vit -> shape(vit.mlpDimensions())),
    MLP_DOWN_WEIGHT(Scope.BLOCK, vit -> shape(vit.dimensions(), vit.mlpDimensions())),
    MLP_DOWN_BIAS(Scope.BLOCK, vit -> shape(vit.dimensions()));

    /// How often a role occurs.
    public enum Scope {
        /// Once in the model.
        MODEL,
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

    private static List<Long> shape(long... dimensions) {
        return Arrays.stream(dimensions).boxed().toList();
    }
}
