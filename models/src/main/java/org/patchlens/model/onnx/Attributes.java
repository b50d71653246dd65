package org.patchlens.model.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.patchlens.model.onnx.schema.AttributeProto;

/// The attributes of a node.
///
/// @param protos as they are written
record Attributes(List<AttributeProto> protos) {
    static final Attributes NONE = new Attributes(List.of());

    Attributes {
        protos = List.copyOf(protos);
    }

    Attributes with(String name, long value) {
        return with(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value));
    }

    Attributes with(String name, float value) {
        return with(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value));
    }

    Attributes withText(String name, String value) {
        return with(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)));
    }

    Attributes withList(String name, long... values) {
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
