package org.patchlens.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.onnx.OnnxRuntime;
import org.patchlens.model.onnx.OnnxSession;
import org.patchlens.model.onnx.VitGraph;
import org.patchlens.tensor.FloatMatrix;

/// A model that is ready to compute one kind of request.
///
/// Each run works on as many threads as the [Computation] says. [#run] may be called from several threads at once,
/// each with its own [VitOutput], and gives the same bytes however many there are.
public final class VitSession implements AutoCloseable {
    private final String subject;
    private final Sizes sizes;
    private final PatchGrid grid;
    private final VitRequest request;
    private final VitGraph graph;
    private final OnnxSession session;
    private final AtomicBoolean closed = new AtomicBoolean();

    private VitSession(Plan plan, OnnxSession session) {
        this.subject = plan.subject();
        this.sizes = plan.sizes();
        this.grid = plan.grid();
        this.request = plan.request();
        this.graph = plan.graph();
        this.session = session;
    }

    /// The lengths that results are made of.
    ///
    /// @param layers L
    /// @param heads A; 0 if there is no attention to return
    /// @param dimensions D
    /// @param channels of a picture
    /// @param tokens T
    /// @param imagesPerRun how many images a run of the graph takes, if that is fixed
    record Sizes(int layers, int heads, int dimensions, int channels, int tokens, OptionalInt imagesPerRun) {}

    /// What a session is made of.
    ///
    /// @param subject what the graph is of, for messages
    /// @param graph to run
    /// @param weightsFolder the real folder of the files that the graph's weights lie in
    record Plan(String subject, Sizes sizes, PatchGrid grid, VitRequest request, VitGraph graph, Path weightsFolder) {}

    static VitSession start(Plan plan, Computation computation) {
        return new VitSession(plan, OnnxRuntime.start(plan.graph(), plan.weightsFolder(), plan.subject(), computation));
    }

    /// What is computed.
    public VitRequest request() {
        return request;
    }

    /// The patches of an image, H x W.
    public PatchGrid grid() {
        return grid;
    }

    /// T, the tokens of an image.
    public int tokens() {
        return sizes.tokens();
    }

    /// Room for the results of some images.
    ///
    /// @param images B
    /// @throws PatchlensException if one of the results would not fit into 2 GiB
    public VitOutput allocate(int images) {
        List<FloatMatrix> tokens = new ArrayList<>();
        for (int i = 0; i < request.layers().size(); i++) {
            tokens.add(zeros(images, (long) tokens(), sizes.dimensions()));
        }
        AttentionOutput attention = switch (request.attention()) {
            case AttentionRequest.None() -> new AttentionOutput.None();
            case AttentionRequest.Cls() ->
                new AttentionOutput.Cls(
                        sizes.layers(),
                        sizes.heads(),
                        zeros(images, (long) sizes.layers() * sizes.heads(), tokens()),
                        zeros(images, 1, tokens()));
            case AttentionRequest.OfBlock(int block) ->
                new AttentionOutput.OfBlock(
                        block, sizes.heads(), zeros(images, (long) sizes.heads() * tokens(), tokens()));
        };
        return new VitOutput(images, tokens(), request.layers(), tokens, attention);
    }

    /// Computes into new memory.
    ///
    /// @param pixels `float[B][channels * height * width]`, normalized, planar: one row per image, plane after
    ///     plane
    public VitOutput run(FloatMatrix pixels) {
        VitOutput output = allocate(pixels.rows());
        run(pixels, output);
        return output;
    }

    /// Computes into memory that is used again and again.
    ///
    /// @param pixels `float[B][channels * height * width]`, normalized, planar: one row per image, plane after
    ///     plane
    /// @param output from [#allocate] of this session, for as many images
    public void run(FloatMatrix pixels, VitOutput output) {
        int images = pixels.rows();
        if (images < 1
                || pixels.columns() != (long) sizes.channels() * request.inputHeight() * request.inputWidth()
                || output.images() != images) {
            throw new IllegalArgumentException(pixels + " for " + request + " and " + output.images() + " images");
        }
        int together = sizes.imagesPerRun().orElse(images);
        if (images % together != 0) {
            throw PatchlensException.usage(
                    "batch of " + images,
                    "the graph takes " + together + " images at a time",
                    "Use a multiple of that");
        }
        for (int first = 0; first < images; first += together) {
            compute(pixels.rows(first, first + together), output.part(first, together));
        }
    }

    private void compute(FloatMatrix pixels, VitOutput output) {
        int images = pixels.rows();
        SequencedMap<String, OnnxTensor> results = new LinkedHashMap<>();
        try (OnnxTensor input = tensor(pixels, images, sizes.channels(), request.inputHeight(), request.inputWidth())) {
            wrap(output, results);
            session.session().run(Map.of(VitGraph.PIXELS, input), results).close();
        } catch (OrtException e) {
            throw OnnxRuntime.failed(subject, "the model cannot be run on " + images + " images", e);
        } finally {
            results.values().forEach(OnnxTensor::close);
        }
    }

    private void wrap(VitOutput output, Map<String, OnnxTensor> results) throws OrtException {
        int images = output.images();
        for (int i = 0; i < graph.tokens().size(); i++) {
            FloatMatrix tokens = output.tokens().get(i);
            results.put(graph.tokens().get(i), tensor(tokens, tokens.rows(), tokens.columns()));
        }
        switch (output.attention()) {
            case AttentionOutput.None() -> {}
            case AttentionOutput.Cls(int layers, int heads, FloatMatrix rows, FloatMatrix rollout) -> {
                results.put(graph.attention().getFirst(), tensor(rows, images, (long) layers * heads, tokens()));
                results.put(graph.attention().getLast(), tensor(rollout, images, tokens()));
            }
            case AttentionOutput.OfBlock(int _, int heads, FloatMatrix matrices) ->
                results.put(graph.attention().getFirst(), tensor(matrices, images, heads, tokens(), tokens()));
        }
    }

    /// A tensor over the memory of a matrix, without a copy.
    private static OnnxTensor tensor(FloatMatrix matrix, long... shape) throws OrtException {
        FloatBuffer buffer =
                matrix.segment().asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        return OnnxTensor.createTensor(OnnxRuntime.environment(), buffer, shape);
    }

    private FloatMatrix zeros(int images, long rowsPerImage, int columns) {
        long rows = images * rowsPerImage;
        if (rows * columns > Integer.MAX_VALUE / ValueLayout.JAVA_FLOAT.byteSize()) {
            throw PatchlensException.usage(
                    "batch of " + images,
                    "one result would have " + rows + " x " + columns + " numbers, which is more than 2 GiB",
                    "Compute fewer images at once, or a smaller size");
        }
        return FloatMatrix.zeros((int) rows, columns);
    }

    /// Frees the weights; a second call does nothing.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw OnnxRuntime.failed(subject, "the model cannot be closed", e);
        }
    }
}
