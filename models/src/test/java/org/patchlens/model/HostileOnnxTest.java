package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.onnx.schema.AttributeProto;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.StringStringEntryProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.tensor.FloatMatrix;

/// Whatever a stranger's graph says, it is either computed with or refused in a sentence.
/// `-Pnightly` asks for tens of thousands of cases; each starts ONNX Runtime, so that a third of them must do.
class HostileOnnxTest {
    private static final Path PLAIN = Resources.path("exports/vit/eager-legacy-17.onnx");
    private static final Path EXTERNAL = Resources.path("exports/vit/external.onnx_data");
    private static final int CASES = Integer.getInteger("patchlens.fuzz", 900) / 3;

    @TempDir
    private Path folder;

    @Test
    void anEmptyFileIsRefused() throws IOException {
        expectRefused(new byte[0], "the file has 0 bytes");
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> OnnxVitModel.load(folder.resolve("none.onnx"))).hasMessageContaining("no such file");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        expectRefused("{\"model_type\": \"vit\"}".getBytes(StandardCharsets.UTF_8), "no ONNX graph");
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(PLAIN);
        for (int length = 1; length < whole.length; length += 4093) {
            expectRefused(Arrays.copyOf(whole, length), "ONNX graph");
        }
    }

    @Test
    void mutatedFilesAreComputedWithOrRefused() throws IOException {
        List<Path> exports = exports();
        int refused = 0;
        for (int seed = 0; seed < CASES; seed++) {
            byte[] whole = Files.readAllBytes(exports.get(seed % exports.size()));
            refused += refusedOrComputed(mutate(whole, seed), seed);
        }
        // most bytes are weights, whose change is no error; most changes of the others are
        assertThat(refused).isBetween(CASES / 10, CASES - 1);
    }

    @Test
    void mutatedGraphsAreComputedWithOrRefused() throws IOException {
        List<Path> exports = exports();
        int refused = 0;
        for (int seed = 0; seed < CASES; seed++) {
            ModelProto whole = ModelProto.parseFrom(Files.readAllBytes(exports.get(seed % exports.size())));
            refused +=
                    refusedOrComputed(mutate(whole, new SplittableRandom(seed)).toByteArray(), seed);
        }
        assertThat(refused).isGreaterThan(CASES / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../weights", "/etc/passwd", "link", "", "a/../../weights", "\0"})
    void weightsOutsideTheFolderAreRefused(String location) throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside")).resolve("weights");
        Files.write(outside, new byte[1 << 16]);
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        Files.write(folder.resolve("weights"), new byte[1 << 16]);
        Path model = inside.resolve("model.onnx");
        Files.write(model, withExternal(location, "0", "2048").toByteArray());
        expectRefused(model, "lies in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "9223372036854775807", "many"})
    void offsetsOutsideTheFileAreRefused(String offset) throws IOException {
        Files.write(folder.resolve("weights"), new byte[1 << 16]);
        Path model = folder.resolve("model.onnx");
        Files.write(model, withExternal("weights", offset, "2048").toByteArray());
        expectRefused(model, "the tensor");
    }

    @Test
    void shapesThatNobodyHasMemoryForAreRefused() throws IOException {
        expectRefused(
                changed(graph -> graph.setInitializer(
                        0,
                        graph.getInitializer(0).toBuilder()
                                .clearDims()
                                .addDims(1L << 40)
                                .addDims(1L << 40))),
                "impossible shape");
        expectRefused(
                changed(graph -> graph.setInitializer(
                        0, graph.getInitializer(0).toBuilder().clearDims().addDims(1L << 40))),
                "bytes where its shape needs");
        expectRefused(
                changed(graph -> graph.addInitializer(TensorProto.newBuilder()
                                .setName("huge")
                                .setDataType(TensorProto.DataType.INT64_VALUE)
                                .addDims(1)
                                .addInt64Data(1L << 50))
                        .addNode(node("ConstantOfShape", "huge", "enormous"))),
                "more than any Vision Transformer has");
    }

    /// A few kilobytes that would become 10^20 bytes; red, this test takes the memory of the machine.
    @ParameterizedTest
    @ValueSource(strings = {"model.embeddings.position_embeddings", "pixel_values"})
    void graphsThatDoubleATensorAgainAndAgainAreRefused(String start) throws IOException {
        ModelProto.Builder model = plain().toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        List<NodeProto> nodes = graph.getNodeList();
        graph.clearNode();
        String doubled = start;
        for (int i = 0; i < 60; i++) {
            NodeProto twice = node("Concat", doubled, "doubled" + i);
            graph.addNode(twice.toBuilder().addInput(doubled).addAttribute(number("axis", 1)));
            doubled = twice.getOutput(0);
        }
        graph.addNode(node("ReduceMean", doubled, "mean").toBuilder().addAttribute(number("keepdims", 0)));
        graph.addNode(node("Add", "model.embeddings.position_embeddings", "moved").toBuilder()
                .addInput("mean"));
        for (NodeProto node : nodes) {
            int positions = node.getInputList().indexOf("model.embeddings.position_embeddings");
            graph.addNode(
                    positions < 0
                            ? node
                            : node.toBuilder().setInput(positions, "moved").build());
        }
        expectRefused(model.build().toByteArray(), "bytes of memory at once");
    }

    /// Weights as references into the file, as bytes inside the graph, and as lists of numbers.
    @ParameterizedTest
    @CsvSource({
        "false, onnx::MatMul_270, NaN",
        "false, model.layers.1.mlp.fc1.bias, Infinity",
        "true, model.layers.1.mlp.fc1.bias, NaN"
    })
    void weightsThatAreNoNumbersAreRefusedByName(boolean listed, String name, float value) throws IOException {
        Path file = folder.resolve("model.onnx");
        Files.write(file, changed(graph -> spoilt(graph, name, value, listed)));
        try (OnnxVitModel model = OnnxVitModel.load(file)) {
            VitRequest request = VitRequest.ofTokens(
                    model.grid().rows() * model.description().patchSize(),
                    model.grid().columns() * model.description().patchSize(),
                    List.of(Layer.LAST));
            assertThatThrownBy(() -> model.open(request))
                    .isInstanceOfSatisfying(
                            PatchlensException.class,
                            e -> assertThat(e.category()).isEqualTo(PatchlensException.Category.BAD_DATA))
                    .hasMessageContaining("the tensor " + name + " holds NaN or infinity");
        }
    }

    @Test
    void graphsInsideGraphsAreRefused() throws IOException {
        GraphProto inner =
                GraphProto.newBuilder().addNode(node("Relu", "a", "b")).build();
        NodeProto branch = node("If", "pixel_values", "branched").toBuilder()
                .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(inner))
                .build();
        expectRefused(changed(graph -> graph.addNode(branch)), "branches or loops (If)");
    }

    @Test
    void graphsNestedBeyondReasonAreRefused() throws IOException {
        GraphProto inner = GraphProto.getDefaultInstance();
        for (int depth = 0; depth < 200; depth++) {
            inner = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .addAttribute(AttributeProto.newBuilder().setG(inner)))
                    .build();
        }
        expectRefused(ModelProto.newBuilder().setGraph(inner).build().toByteArray(), "no ONNX graph, or a damaged one");
    }

    @Test
    void circlesAndLooseEndsAreRefused() throws IOException {
        expectRefused(
                changed(graph -> graph.addNode(node("Relu", "b", "a")).addNode(node("Relu", "a", "b"))),
                "runs in a circle");
        expectRefused(changed(graph -> graph.addNode(node("Relu", "nothing", "a"))), "which nothing makes");
        expectRefused(changed(graph -> graph.addNode(graph.getNode(0))), "is made twice");
    }

    @Test
    void unknownOperatorsAreRefused() throws IOException {
        expectRefused(
                changed(graph -> {
                    for (int i = 0; i < graph.getNodeCount(); i++) {
                        if (graph.getNode(i).getOpType().equals("Erf")) {
                            graph.setNode(i, graph.getNode(i).toBuilder().setOpType("Exfiltrate"));
                        }
                    }
                    return graph;
                }),
                "Exfiltrate");
    }

    /// @param listed whether the numbers become a list of floats instead of bytes
    private static GraphProto.Builder spoilt(GraphProto.Builder graph, String name, float value, boolean listed) {
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto.Builder tensor = graph.getInitializerBuilder(i);
            if (tensor.getName().equals(name)) {
                ByteBuffer bytes =
                        ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
                bytes.putFloat(bytes.capacity() - Float.BYTES, value);
                if (listed) {
                    tensor.clearRawData();
                    while (bytes.hasRemaining()) {
                        tensor.addFloatData(bytes.getFloat());
                    }
                } else {
                    tensor.setRawData(ByteString.copyFrom(bytes));
                }
            }
        }
        return graph;
    }

    /// Graphs of every exporter, element type and fusion; what one of them refers to lies beside the mutated file.
    private List<Path> exports() throws IOException {
        try (Stream<Path> files = Files.walk(Resources.path("exports"))) {
            List<Path> exports = files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
            assertThat(exports).hasSizeGreaterThan(30);
            Files.copy(EXTERNAL, folder.resolve(EXTERNAL.getFileName().toString()));
            return exports;
        }
    }

    private static NodeProto node(String operator, String input, String output) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addInput(input)
                .addOutput(output)
                .build();
    }

    private static AttributeProto number(String name, long number) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(number)
                .build();
    }

    private static ModelProto plain() throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(PLAIN));
    }

    private static byte[] changed(UnaryOperator<GraphProto.Builder> change) throws IOException {
        ModelProto model = plain();
        return model.toBuilder()
                .setGraph(change.apply(model.getGraph().toBuilder()))
                .build()
                .toByteArray();
    }

    private static ModelProto withExternal(String location, String offset, String length) throws IOException {
        ModelProto model = plain();
        int last = model.getGraph().getInitializerCount() - 1;
        TensorProto.Builder tensor = model.getGraph().getInitializer(last).toBuilder()
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", offset))
                .addExternalData(entry("length", length));
        return model.toBuilder()
                .setGraph(model.getGraph().toBuilder().setInitializer(last, tensor))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /// Changes one node or tensor: its operator, what it reads, its numbers, its shape, or that it exists.
    private static ModelProto mutate(ModelProto model, SplittableRandom random) {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        int node = random.nextInt(graph.getNodeCount());
        int other = random.nextInt(graph.getNodeCount());
        int tensor = random.nextInt(graph.getInitializerCount());
        NodeProto.Builder changed = graph.getNode(node).toBuilder();
        switch (random.nextInt(6)) {
            case 0 -> graph.removeNode(node);
            case 1 -> graph.setNode(node, changed.setOpType(graph.getNode(other).getOpType()));
            case 2 -> {
                if (changed.getInputCount() > 0) {
                    changed.setInput(
                            random.nextInt(changed.getInputCount()),
                            graph.getNode(other).getOutput(0));
                }
                graph.setNode(node, changed);
            }
            case 3 -> {
                if (changed.getAttributeCount() > 0) {
                    AttributeProto.Builder attribute = changed.getAttribute(0).toBuilder();
                    attribute.setI(random.nextLong(-3, 5)).clearInts().addInts(random.nextLong(-3, 9));
                    attribute.setT(attribute.getT().toBuilder().setRawData(ByteString.copyFrom(new byte[8])));
                    changed.setAttribute(0, attribute);
                }
                graph.setNode(node, changed);
            }
            case 4 -> {
                TensorProto.Builder shaped = graph.getInitializer(tensor).toBuilder();
                List<Long> dims = shaped.getDimsList().reversed();
                graph.setInitializer(tensor, shaped.clearDims().addAllDims(dims).addDims(1));
            }
            default ->
                graph.setInitializer(
                        tensor, graph.getInitializer(tensor).toBuilder().setDataType(random.nextInt(-1, 30)));
        }
        return model.toBuilder().setGraph(graph).build();
    }

    /// Changes or drops one to four bytes.
    private static byte[] mutate(byte[] bytes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] mutated = bytes.clone();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = random.nextInt(mutated.length);
            mutated[at] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(mutated, random.nextInt(1, mutated.length)) : mutated;
    }

    /// @return 1 if the model was refused
    private int refusedOrComputed(byte[] bytes, int seed) throws IOException {
        Path file = folder.resolve("mutated.onnx");
        Files.write(file, bytes);
        try (OnnxVitModel model = OnnxVitModel.load(file)) {
            int height = model.grid().rows() * model.description().patchSize();
            int width = model.grid().columns() * model.description().patchSize();
            AttentionRequest attention = model.contents()
                            .readable()
                            .endsWith("attention of " + model.description().layers())
                    ? AttentionRequest.CLS
                    : AttentionRequest.NONE;
            try (VitSession session = model.open(new VitRequest(height, width, List.of(Layer.LAST), attention))) {
                session.run(FloatMatrix.zeros(1, 3 * height * width));
                return 0;
            }
        } catch (PatchlensException e) {
            assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\n").hasSizeLessThan(1500);
            return 1;
        }
    }

    private void expectRefused(byte[] bytes, String reason) throws IOException {
        Path file = folder.resolve("model.onnx");
        Files.write(file, bytes);
        expectRefused(file, reason);
    }

    private static void expectRefused(Path file, String reason) {
        assertThatThrownBy(() -> OnnxVitModel.load(file))
                .isInstanceOfSatisfying(PatchlensException.class, e -> {
                    assertThat(e.category()).isEqualTo(PatchlensException.Category.BAD_DATA);
                    assertThat(e.getMessage()).doesNotContain("\n");
                })
                .hasMessageContaining(reason);
    }
}
