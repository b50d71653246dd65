package org.patchlens.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.architecture.VitWeights;
import org.patchlens.model.onnx.OnnxRuntime;
import org.patchlens.model.onnx.SequenceStart;
import org.patchlens.model.onnx.VitGraph;
import org.patchlens.tensor.FloatMatrix;

/// A model that is ready to compute one kind of request.
///
/// Each run works on one thread. [#run] may be called from several threads at once, each with its own [VitOutput],
/// and
/// gives the same bytes however many there are.
public final class VitSession implements AutoCloseable {
    private final String subject;
    private final VitArchitecture vit;
    private final PatchGrid grid;
    private final VitRequest request;
    private final VitGraph graph;
    private final OrtSession session;
    private final AtomicBoolean closed = new AtomicBoolean();

    private VitSession(
            String subject,
            VitArchitecture vit,
            PatchGrid grid,
            VitRequest request,
            VitGraph graph,
            OrtSession session) {
        this.subject = subject;
        this.vit = vit;
        this.grid = grid;
        this.request = request;
        this.graph = graph;
        this.session = session;
    }

    static VitSession start(Path model, VitArchitecture vit, VitWeights weights, PatchGrid grid, VitRequest request) {
        VitGraph graph = VitGraph.write(vit, weights, SequenceStart.of(vit, weights, grid), request);
        OrtSession session = OnnxRuntime.start(graph.model(), weights.folder(), model.toString());
        return new VitSession(model.toString(), vit, grid, request, graph, session);
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
        return vit.layout().tokens(grid);
    }

    /// Room for the results of some images.
    ///
    /// @param images B
    /// @throws PatchlensException if one of the results would not fit into 2 GiB
    public VitOutput allocate(int images) {
        List<FloatMatrix> tokens = new ArrayList<>();
        for (int i = 0; i < request.layers().size(); i++) {
            tokens.add(zeros(images, (long) tokens(), vit.dimensions()));
        }
        AttentionOutput attention = switch (request.attention()) {
            case AttentionRequest.None() -> new AttentionOutput.None();
            case AttentionRequest.Cls() ->
                new AttentionOutput.Cls(
                        vit.layers(),
                        vit.heads(),
                        zeros(images, (long) vit.layers() * vit.heads(), tokens()),
                        zeros(images, 1, tokens()));
            case AttentionRequest.OfBlock(int block) ->
                new AttentionOutput.OfBlock(block, vit.heads(), zeros(images, (long) vit.heads() * tokens(), tokens()));
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
                || pixels.columns() != (long) vit.channels() * request.inputHeight() * request.inputWidth()
                || output.images() != images) {
            throw new IllegalArgumentException(pixels + " for " + request + " and " + output.images() + " images");
        }
        SequencedMap<String, OnnxTensor> results = new LinkedHashMap<>();
        try (OnnxTensor input = tensor(pixels, images, vit.channels(), request.inputHeight(), request.inputWidth())) {
            wrap(output, results);
            session.run(Map.of(VitGraph.PIXELS, input), results).close();
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
