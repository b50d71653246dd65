package org.patchlens.model.family;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;

/// The tensors that follow from the parts of an architecture.
final class Roles {
    /// What only some families have.
    private static final Set<TensorRole> EXTRAS = Set.of(
            TensorRole.CLS_TOKEN,
            TensorRole.DISTILLATION_TOKEN,
            TensorRole.REGISTER_TOKENS,
            TensorRole.POSITION_EMBEDDING,
            TensorRole.PATCH_MATRIX,
            TensorRole.RELATIVE_POSITIONS,
            TensorRole.SHARED_RELATIVE_POSITIONS,
            TensorRole.INPUT_NORM_WEIGHT,
            TensorRole.INPUT_NORM_BIAS,
            TensorRole.ATTENTION_SCALE,
            TensorRole.MLP_GATE_WEIGHT,
            TensorRole.MLP_GATE_BIAS,
            TensorRole.MLP_SCALE);

    private Roles() {}

    /// Everything that every family has and what these parts need, all biases included; may be changed.
    static Set<TensorRole> of(TokenLayout layout, Positions positions, Mlp mlp) {
        Set<TensorRole> roles = EnumSet.allOf(TensorRole.class);
        roles.removeAll(EXTRAS);
        layout.prefix()
                .forEach(token -> roles.add(
                        switch (token) {
                            case CLS -> TensorRole.CLS_TOKEN;
                            case DISTILLATION -> TensorRole.DISTILLATION_TOKEN;
                            case REGISTER -> TensorRole.REGISTER_TOKENS;
                        }));
        roles.addAll(
                switch (positions) {
                    case Positions.Learned _ -> List.of(TensorRole.POSITION_EMBEDDING);
                    case Positions.Rotary _, Positions.RelativeAlone _ -> List.of();
                });
        roles.addAll(
                switch (mlp) {
                    case Mlp.Plain _ -> List.of();
                    case Mlp.Gated _ -> List.of(TensorRole.MLP_GATE_WEIGHT, TensorRole.MLP_GATE_BIAS);
                });
        return roles;
    }

    /// Takes the biases of query, key and value away if the configuration says so.
    static void applyQueryBias(ModelConfig config, Set<TensorRole> roles) {
        if (!config.flag("qkv_bias", true)) {
            roles.removeAll(Set.of(TensorRole.QUERY_BIAS, TensorRole.KEY_BIAS, TensorRole.VALUE_BIAS));
        }
    }
}
