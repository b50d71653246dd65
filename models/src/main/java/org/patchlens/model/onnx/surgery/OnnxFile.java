package org.patchlens.model.onnx.surgery;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.patchlens.PatchlensException;
import org.patchlens.model.onnx.schema.AttributeProto;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.OperatorSetIdProto;

/// A graph in a file, whose weights stay there.
///
/// The bytes are read once and parsed without copying tensors. Large tensors become references into the file, so
/// that afterwards the graph has kilobytes, and ONNX Runtime maps the weights.
///
/// @param path as it was given
/// @param model the graph
/// @param folder the real folder that all references are relative to
/// @param files that hold the graph and its weights, links resolved; the graph first
record OnnxFile(Path path, ModelProto model, Path folder, List<Path> files) {
    /// What one protobuf message, and so one file, can have; a Java array has a few bytes less than 2 GiB.
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    private static final int DEEPEST_MESSAGE = 24;
    private static final int MOST_NODES = 200_000;
    private static final int LEAST_OPSET = 13;

    OnnxFile {
        files = List.copyOf(files);
    }

    /// Reads the graph and checks it and all tensors, before any memory is taken for them.
    ///
    /// @throws PatchlensException if the file is no ONNX graph, is damaged, or refers to files outside its folder
    static OnnxFile read(Path path) {
        Path real = real(path);
        Path folder = Objects.requireNonNull(real.getParent());
        try (FileChannel channel = FileChannel.open(real, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == 0 || size > LARGEST) {
                throw bad(path, "the file has " + size + " bytes, and an ONNX graph has from 1 to " + LARGEST);
            }
            if (size > Runtime.getRuntime().maxMemory() / 2) {
                throw bad(
                        path,
                        "the file has " + size + " bytes, more than half of the memory that Java may take; save its"
                                + " weights as external data, or give Java more memory (-Xmx)");
            }
            byte[] bytes = readAll(channel, (int) size);
            ModelProto model = parse(path, bytes);
            refuseUnreadable(path, model);
            TensorStorage storage = new TensorStorage(path, real, folder, MemorySegment.ofArray(bytes));
            ModelProto light = NodeOrder.sorted(path, storage.externalize(model));
            ShapeConstants.refuseHuge(path, light.getGraph());
            return new OnnxFile(path, light, folder, storage.files());
        } catch (IOException e) {
            throw bad(path, "the file cannot be read: " + e.getMessage()).causedBy(e);
        }
    }

    private static Path real(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new NoSuchFileException(path.toString());
            }
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw bad(path, "there is no such file").causedBy(e);
        } catch (IOException e) {
            throw bad(path, "the file cannot be read: " + e.getMessage()).causedBy(e);
        }
    }

    private static byte[] readAll(FileChannel channel, int size) throws IOException {
        byte[] bytes = new byte[size];
        ByteBuffer open = ByteBuffer.wrap(bytes);
        while (open.hasRemaining()) {
            if (channel.read(open) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
        return bytes;
    }

    private static ModelProto parse(Path path, byte[] bytes) throws IOException {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        input.setRecursionLimit(DEEPEST_MESSAGE);
        input.setSizeLimit(Integer.MAX_VALUE);
        try {
            return ModelProto.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            throw bad(path, "this is no ONNX graph, or a damaged one: " + firstSentence(e))
                    .causedBy(e);
        }
    }

    private static String firstSentence(InvalidProtocolBufferException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    private static void refuseUnreadable(Path path, ModelProto model) {
        GraphProto graph = model.getGraph();
        if (graph.getNodeCount() == 0) {
            throw bad(path, "this is no ONNX graph: it has no nodes");
        }
        if (graph.getNodeCount() > MOST_NODES) {
            throw bad(
                    path, "the graph has " + graph.getNodeCount() + " nodes, and at most " + MOST_NODES + " are read");
        }
        if (graph.getSparseInitializerCount() > 0) {
            throw bad(path, "the graph has sparse tensors, which are not supported");
        }
        if (model.getFunctionsCount() > 0) {
            throw bad(path, "the graph is made of functions of its own, which are not supported; export it inlined");
        }
        if (opset(model) < LEAST_OPSET) {
            throw bad(
                    path,
                    "the graph has operators of version " + opset(model) + ", and " + LEAST_OPSET
                            + " or later is needed; export it again");
        }
        graph.getNodeList().forEach(node -> refuseBranches(path, node));
    }

    /// A plain ViT neither branches nor loops, and what is not there cannot recurse.
    private static void refuseBranches(Path path, NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG() || attribute.getGraphsCount() > 0) {
                throw bad(
                        path,
                        "the graph branches or loops (" + Words.shown(node.getOpType())
                                + "), which a plain Vision Transformer does not");
            }
        }
    }

    /// The version of the standard operators.
    static long opset(ModelProto model) {
        return model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst()
                .orElse(0);
    }

    static PatchlensException bad(Path path, String problem) {
        return PatchlensException.badData(path.toString(), problem, "");
    }
}
