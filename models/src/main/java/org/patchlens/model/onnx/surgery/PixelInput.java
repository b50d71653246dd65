package org.patchlens.model.onnx.surgery;

import java.util.List;
import org.patchlens.model.onnx.Attributes;
import org.patchlens.model.onnx.VitGraph;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.TensorProto;

/// A copy of a graph that takes [VitGraph#PIXELS] as 32-bit floats, whatever its own input is called and made of.
final class PixelInput {
    private PixelInput() {}

    /// Copies all nodes and no outputs.
    ///
    /// @return all nodes, no outputs
    static GraphEdit copy(ModelProto model, ImageInput input, int height, int width) {
        GraphEdit edit = new GraphEdit(model);
        edit.input(VitGraph.PIXELS, input.channels(), height, width);
        if (!input.name().equals(VitGraph.PIXELS)) {
            edit.nodeInto(
                    input.name(), "Cast", List.of(VitGraph.PIXELS), Attributes.NONE.with("to", (long) input.type()));
        } else if (input.type() != TensorProto.DataType.FLOAT_VALUE) {
            throw new Unusable("its input is called " + VitGraph.PIXELS + " and has 16-bit floats; rename the input");
        }
        model.getGraph().getNodeList().forEach(edit::add);
        return edit;
    }
}
