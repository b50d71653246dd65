package org.patchlens.model.onnx.surgery;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.model.onnx.OnnxRuntime;
import org.patchlens.model.onnx.VitGraph;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.TensorProto;

/// The shapes of some values when the graph runs on black pictures. Only shapes leave the run, so that it takes no
/// more memory than running the model does.
///
/// @param images that the run took
/// @param shapes by value
record Probe(int images, Map<String, List<Long>> shapes) {
    private static final long MOST_NUMBERS = 64L << 20;

    Probe {
        shapes = Map.copyOf(shapes);
    }

    /// What a run is made of.
    ///
    /// @param model the graph
    /// @param input of pictures
    /// @param folder that its weights are relative to
    /// @param path of the graph, for messages
    record Subject(ModelProto model, ImageInput input, Path folder, Path path) {}

    /// The shape of a value.
    List<Long> shape(String value) {
        return shapes.getOrDefault(value, List.of());
    }

    /// Runs the graph once.
    ///
    /// @throws PatchlensException if it does not run on that many pictures of that size
    static Probe run(Subject subject, int images, int height, int width, List<String> values) {
        if ((long) images * subject.input().channels() * height * width > MOST_NUMBERS) {
            throw OnnxFile.bad(subject.path(), "a picture of " + height + " x " + width + " pixels is too large");
        }
        GraphEdit edit = PixelInput.copy(subject.model(), subject.input(), height, width);
        List<String> shapes = new ArrayList<>();
        for (String value : values) {
            String shape = edit.node("Shape", value);
            edit.output(shape, TensorProto.DataType.INT64);
            shapes.add(shape);
        }
        long[] dimensions = {images, subject.input().channels(), height, width};
        ModelProto graph = edit.buildPruned();
        GraphMemory.refuseHuge(subject, graph, dimensions);
        FloatBuffer black = FloatBuffer.allocate(images * subject.input().channels() * height * width);
        try (OrtSession session = OnnxRuntime.start(
                        graph, subject.folder(), subject.path().toString());
                OnnxTensor pixels = OnnxTensor.createTensor(OnnxRuntime.environment(), black, dimensions);
                OrtSession.Result result = session.run(Map.of(VitGraph.PIXELS, pixels))) {
            Map<String, List<Long>> found = new HashMap<>();
            for (int i = 0; i < values.size(); i++) {
                found.put(values.get(i), numbers(result.get(shapes.get(i))));
            }
            return new Probe(images, found);
        } catch (OrtException e) {
            throw OnnxRuntime.failed(subject.path().toString(), "the graph cannot be run", e);
        }
    }

    private static List<Long> numbers(Optional<OnnxValue> value) {
        if (value.orElseThrow() instanceof OnnxTensor tensor) {
            LongBuffer numbers = tensor.getLongBuffer();
            List<Long> list = new ArrayList<>();
            while (numbers.hasRemaining()) {
                list.add(numbers.get());
            }
            return list;
        }
        return List.of();
    }
}
