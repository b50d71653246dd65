package org.patchlens.model.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.patchlens.model.onnx.schema.AttributeProto;

/// The attributes of a node.
///
/// @param protos as they are written
public record Attributes(List<AttributeProto> protos) {
    /// No attributes.
    public static final Attributes NONE = new Attributes(List.of());

    public Attributes {
        protos = List.copyOf(protos);
    }

    /// One whole number more.
    public Attributes with(String name, long value) {
        return with(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value));
    }

    /// One number more.
    public Attributes with(String name, float value) {
        return with(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value));
    }

    /// One text more.
    public Attributes withText(String name, String value) {
        return with(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)));
    }

    /// One list of whole numbers more.
    public Attributes withList(String name, long... values) {
        return with(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList()));
    }

    private Attributes with(AttributeProto.Builder attribute) {
        List<AttributeProto> all = new ArrayList<>(protos);
        all.add(attribute.build());
        return new Attributes(all);
    }
}
