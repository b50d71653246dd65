package org.patchlens.model.onnx.surgery;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.patchlens.model.onnx.Attributes;
import org.patchlens.model.onnx.schema.AttributeProto;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.TensorProto;

/// Spells operators that fuse a whole attention out as products and a softmax, so that there is a softmax to read,
/// and makes a fused residual and norm return the residual as well.
///
/// What has masks, a cache or rotary positions inside stays as it is; its attention cannot be read then.
final class Rewriting {
    /// The domain of the operators that ONNX Runtime adds.
    static final String MICROSOFT = "com.microsoft";

    /// Where the residual is among the outputs of SkipLayerNormalization.
    static final int SKIP_SUM = 3;

    private final GraphEdit edit;
    private final ElementTypes types;
    private final ValueGraph graph;

    private Rewriting(ModelProto model) {
        this.edit = new GraphEdit(model);
        this.types = new ElementTypes(model.getGraph());
        this.graph = new ValueGraph(model.getGraph(), "");
    }

    static ModelProto apply(ModelProto model) {
        Rewriting rewriting = new Rewriting(model);
        model.getGraph().getNodeList().forEach(rewriting::copy);
        return rewriting.edit.buildWithOwnOutputs();
    }

    private record Operands(String query, String key, String value) {}

    private void copy(NodeProto node) {
        boolean done = switch (node.getDomain() + ":" + node.getOpType()) {
            case MICROSOFT + ":SkipLayerNormalization" -> addSkip(node);
            case MICROSOFT + ":Attention" -> spellPacked(node);
            case MICROSOFT + ":MultiHeadAttention" -> spellMultiHead(node);
            case ":Attention", "ai.onnx:Attention" -> spellStandard(node);
            default -> false;
        };
        if (!done) {
            edit.add(node);
        }
    }

    private boolean addSkip(NodeProto node) {
        NodeProto.Builder wider = node.toBuilder();
        while (wider.getOutputCount() < SKIP_SUM) {
            wider.addOutput("");
        }
        if (wider.getOutputCount() == SKIP_SUM) {
            wider.addOutput(edit.nextName());
        } else if (wider.getOutput(SKIP_SUM).isEmpty()) {
            wider.setOutput(SKIP_SUM, edit.nextName());
        }
        edit.add(wider.build());
        return true;
    }

    /// One matrix for query, key and value.
    private boolean spellPacked(NodeProto node) {
        Optional<TensorProto> weight = ValueGraph.input(node, 1).flatMap(graph::initializer);
        int heads = ValueGraph.number(node, "num_heads").orElse(0);
        if (heads < 1
                || weight.isEmpty()
                || weight.get().getDimsCount() != 2
                || hasMore(node, 3)
                || isSet(node, "unidirectional", "do_rotary")
                || !ValueGraph.numbers(node, "qkv_hidden_sizes").isEmpty()) {
            return false;
        }
        String product = edit.node("MatMul", node.getInput(0), node.getInput(1));
        String sum = ValueGraph.input(node, 2)
                .map(bias -> edit.node("Add", product, bias))
                .orElse(product);
        long width = weight.get().getDims(1) / 3;
        List<String> parts = edit.split(sum, width, width, width);
        spell(node, merged(new Operands(parts.get(0), parts.get(1), parts.get(2)), heads), true);
        return true;
    }

    private boolean spellMultiHead(NodeProto node) {
        int heads = ValueGraph.number(node, "num_heads").orElse(0);
        boolean separate =
                IntStream.range(0, 3).allMatch(i -> ValueGraph.input(node, i).isPresent());
        Optional<String> bias = ValueGraph.input(node, 3);
        Optional<TensorProto> stored = bias.flatMap(graph::initializer);
        if (heads < 1
                || !separate
                || hasMore(node, 4)
                || isSet(node, "unidirectional")
                || (bias.isPresent() && (stored.isEmpty() || stored.get().getDimsCount() != 1))) {
            return false;
        }
        Operands plain = new Operands(node.getInput(0), node.getInput(1), node.getInput(2));
        Operands biased = stored.map(tensor -> withBias(plain, tensor)).orElse(plain);
        spell(node, merged(biased, heads), true);
        return true;
    }

    private Operands withBias(Operands operands, TensorProto bias) {
        long width = bias.getDims(0) / 3;
        List<String> parts = edit.split(bias.getName(), width, width, width);
        return new Operands(
                edit.node("Add", operands.query, parts.get(0)),
                edit.node("Add", operands.key, parts.get(1)),
                edit.node("Add", operands.value, parts.get(2)));
    }

    /// The operator of standard ONNX since version 23.
    private boolean spellStandard(NodeProto node) {
        int heads = ValueGraph.number(node, "q_num_heads").orElse(0);
        if (hasMore(node, 4)
                || node.getInputCount() < 3
                || isSet(node, "is_causal")
                || ValueGraph.number(node, "kv_num_heads").orElse(heads) != heads
                || decimal(node, "softcap").orElse(0) != 0) {
            return false;
        }
        Operands operands = new Operands(node.getInput(0), node.getInput(1), node.getInput(2));
        if (heads > 0) {
            spell(node, merged(operands, heads), true);
        } else {
            spell(node, operands, false);
        }
        return true;
    }

    /// `[B][T][A * d]` as `[B][A][T][d]`.
    private Operands merged(Operands operands, int heads) {
        return new Operands(heads(operands.query, heads), heads(operands.key, heads), heads(operands.value, heads));
    }

    private String heads(String value, int heads) {
        return edit.transpose(edit.node("Reshape", value, edit.numbers(0, 0, heads, -1)), 0, 2, 1, 3);
    }

    /// softmax(q k' / sqrt(d)) v, into the output that the fused operator had.
    ///
    /// @param operands `[B][A][T][d]`
    /// @param merge whether the output is `[B][T][A * d]`, or as the operands are
    private void spell(NodeProto node, Operands operands, boolean merge) {
        String output = node.getOutput(0);
        String scores = edit.node("MatMul", operands.query, edit.transpose(operands.key, 0, 1, 3, 2));
        String scaled = edit.node("Mul", scores, scale(node, operands.query));
        String masked = isStandard(node)
                ? ValueGraph.input(node, 3)
                        .map(mask -> mask(scaled, mask, types.of(node.getInput(0))))
                        .orElse(scaled)
                : scaled;
        String probabilities = edit.node("Softmax", List.of(masked), Attributes.NONE.with("axis", -1));
        List<String> product = List.of(probabilities, operands.value);
        if (merge) {
            String context = edit.node("MatMul", product, Attributes.NONE);
            List<String> inputs = List.of(edit.transpose(context, 0, 2, 1, 3), edit.numbers(0, 0, -1));
            edit.nodeInto(output, "Reshape", inputs, Attributes.NONE);
        } else {
            edit.nodeInto(output, "MatMul", product, Attributes.NONE);
        }
    }

    /// Exporters add masks that hide nothing; they are kept, since nobody says so.
    private String mask(String scores, String mask, int type) {
        if (types.of(mask) != TensorProto.DataType.BOOL_VALUE) {
            return edit.node("Add", scores, mask);
        }
        String hidden = edit.floats(new float[] {Float.NEGATIVE_INFINITY}, 1);
        return edit.node("Where", mask, scores, edit.cast(hidden, type));
    }

    private static boolean isStandard(NodeProto node) {
        return !node.getDomain().equals(MICROSOFT);
    }

    /// What the operator says, or one over the root of the last dimension.
    private String scale(NodeProto node, String query) {
        int type = types.of(node.getInput(0));
        OptionalDouble said = decimal(node, "scale");
        if (said.isPresent() && said.getAsDouble() != 0) {
            return edit.cast(edit.floats(new float[] {(float) said.getAsDouble()}, 1), type);
        }
        String width = edit.node(
                "Gather", List.of(edit.node("Shape", query), edit.numbers(3)), Attributes.NONE.with("axis", 0));
        String root = edit.node("Sqrt", edit.cast(width, TensorProto.DataType.FLOAT_VALUE));
        return edit.cast(edit.node("Reciprocal", root), type);
    }

    /// Inputs or outputs beyond those of a plain attention.
    private static boolean hasMore(NodeProto node, int inputs) {
        return IntStream.range(inputs, node.getInputCount())
                        .anyMatch(i -> ValueGraph.input(node, i).isPresent())
                || node.getOutputList().stream().skip(1).anyMatch(name -> !name.isEmpty());
    }

    private static boolean isSet(NodeProto node, String... names) {
        return List.of(names).stream()
                .anyMatch(name -> ValueGraph.number(node, name).orElse(0) != 0);
    }

    private static OptionalDouble decimal(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .mapToDouble(AttributeProto::getF)
                .findFirst();
    }
}
