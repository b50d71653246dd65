package org.patchlens.model.onnx.surgery;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.patchlens.PatchlensException;
import org.patchlens.model.onnx.schema.AttributeProto;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.StringStringEntryProto;
import org.patchlens.model.onnx.schema.TensorProto;

/// Checks where the numbers of a graph lie, and replaces those that lie in the graph's file by references.
final class TensorStorage {
    /// Small tensors are shapes and positions, which ONNX Runtime wants to see when it loads the graph.
    private static final int LARGEST_INSIDE = 1024;

    private static final int MOST_DIMENSIONS = 8;

    private final Path path;
    private final Path real;
    private final Path folder;
    private final MemorySegment parsed;
    private final SequencedSet<Path> files = new LinkedHashSet<>();
    private final Map<String, Path> locations = new HashMap<>();

    /// Starts without having looked at any tensor.
    ///
    /// @param path of the graph as it was given, for messages
    /// @param real the same, links resolved
    /// @param folder of `real`
    /// @param parsed the bytes that the graph was parsed from
    TensorStorage(Path path, Path real, Path folder, MemorySegment parsed) {
        this.path = path;
        this.real = real;
        this.folder = folder;
        this.parsed = parsed;
        files.add(real);
    }

    /// The files that hold the graph and its tensors, the graph first.
    List<Path> files() {
        return List.copyOf(files);
    }

    /// The same model with its large tensors as references relative to the folder.
    ModelProto externalize(ModelProto model) {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        graph.clearValueInfo().clearMetadataProps().clearDocString();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            graph.setInitializer(i, externalize(graph.getInitializer(i)));
        }
        List<NodeProto> nodes = new ArrayList<>();
        for (NodeProto node : graph.getNodeList()) {
            if (isConstant(node)) {
                TensorProto tensor = node.getAttribute(0).getT();
                graph.addInitializer(externalize(
                        tensor.toBuilder().setName(node.getOutput(0)).build()));
            } else {
                node.getAttributeList().forEach(this::check);
                nodes.add(node);
            }
        }
        graph.clearNode().addAllNode(nodes);
        return ModelProto.newBuilder()
                .setIrVersion(model.getIrVersion())
                .addAllOpsetImport(model.getOpsetImportList())
                .setGraph(graph)
                .build();
    }

    private static boolean isConstant(NodeProto node) {
        return node.getOpType().equals("Constant")
                && node.getOutputCount() == 1
                && node.getAttributeCount() == 1
                && node.getAttribute(0).hasT();
    }

    private void check(AttributeProto attribute) {
        if (attribute.hasT()) {
            refuseExternalAttribute(attribute.getT());
        }
        attribute.getTensorsList().forEach(this::refuseExternalAttribute);
    }

    private void refuseExternalAttribute(TensorProto tensor) {
        if (isExternal(tensor)) {
            throw bad(tensor, "lies in another file although it is an attribute");
        }
    }

    private TensorProto externalize(TensorProto tensor) {
        long bytes = bytes(tensor);
        if (isExternal(tensor)) {
            return outside(tensor, bytes);
        }
        if (!tensor.hasRawData()) {
            return tensor;
        }
        ByteString raw = tensor.getRawData();
        if (raw.size() != bytes) {
            throw bad(tensor, "has " + raw.size() + " bytes where its shape needs " + bytes);
        }
        if (bytes <= LARGEST_INSIDE) {
            // a copy, so that nothing holds on to the bytes of the whole file
            return tensor.toBuilder()
                    .setRawData(ByteString.copyFrom(raw.toByteArray()))
                    .build();
        }
        ByteBuffer view = raw.asReadOnlyByteBuffer();
        long offset = MemorySegment.ofBuffer(view).address() - parsed.address();
        return reference(tensor, real, offset, bytes);
    }

    /// A tensor in another file, which must lie in the graph's folder when all links are resolved.
    private TensorProto outside(TensorProto tensor, long bytes) {
        Map<String, String> entries = new HashMap<>();
        tensor.getExternalDataList().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        Path file = locations.get(entries.getOrDefault("location", ""));
        if (file == null) {
            file = located(tensor, entries.getOrDefault("location", ""));
            locations.put(entries.getOrDefault("location", ""), file);
        }
        long offset = number(tensor, entries.getOrDefault("offset", "0"));
        long length = number(tensor, entries.getOrDefault("length", Long.toString(bytes)));
        long size = size(file);
        if (length != bytes || offset > size || length > size - offset) {
            throw bad(
                    tensor,
                    "needs " + bytes + " bytes, and the graph refers to " + length + " at " + offset + " of "
                            + Words.shown(
                                    Objects.requireNonNull(file.getFileName()).toString()) + ", which has "
                            + size);
        }
        files.add(file);
        return reference(tensor, file, offset, bytes);
    }

    private Path located(TensorProto tensor, String location) {
        try {
            Path relative = Path.of(location);
            if (location.isEmpty()
                    || relative.isAbsolute()
                    || relative.normalize().startsWith("..")) {
                throw bad(tensor, "lies in " + Words.shown(location) + ", outside the folder of the graph");
            }
            Path named =
                    Objects.requireNonNull(path.toAbsolutePath().getParent()).resolve(relative);
            Path file = named.toRealPath();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                throw bad(tensor, "lies in " + Words.shown(location) + ", which leads outside the folder of the graph");
            }
            return file;
        } catch (InvalidPathException | IOException e) {
            throw bad(tensor, "lies in " + Words.shown(location) + ", and there is no such file")
                    .causedBy(e);
        }
    }

    private TensorProto reference(TensorProto tensor, Path file, long offset, long bytes) {
        return TensorProto.newBuilder()
                .setName(tensor.getName())
                .addAllDims(tensor.getDimsList())
                .setDataType(tensor.getDataType())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", folder.relativize(file).toString()))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Long.toString(bytes)))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /// How many bytes a tensor has by its shape and type.
    private long bytes(TensorProto tensor) {
        if (tensor.getDimsCount() > MOST_DIMENSIONS) {
            throw bad(
                    tensor,
                    "has " + tensor.getDimsCount() + " dimensions, and at most " + MOST_DIMENSIONS + " are read");
        }
        long bytes = bytesOfOne(tensor);
        for (long side : tensor.getDimsList()) {
            if (side < 0 || (side > 0 && bytes > Long.MAX_VALUE / side)) {
                throw bad(tensor, "has the impossible shape " + tensor.getDimsList());
            }
            bytes *= side;
        }
        return bytes;
    }

    private long bytesOfOne(TensorProto tensor) {
        return NumberTypes.find(tensor.getDataType())
                .map(type -> type.bits() / 8)
                .orElseThrow(() -> bad(tensor, "is of type " + shownType(tensor) + ", which is not supported"));
    }

    private static String shownType(TensorProto tensor) {
        TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
        return type == null ? Integer.toString(tensor.getDataType()) : type.name();
    }

    private static boolean isExternal(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0;
    }

    private long number(TensorProto tensor, String digits) {
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(tensor, "lies at " + Words.shown(digits) + ", which is no position in a file")
                    .causedBy(e);
        }
        throw bad(tensor, "lies at " + Words.shown(digits) + ", which is no position in a file");
    }

    private long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw OnnxFile.bad(path, "its weights in " + file + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private PatchlensException bad(TensorProto tensor, String problem) {
        return OnnxFile.bad(path, "the tensor " + Words.shown(tensor.getName()) + " " + problem);
    }
}
