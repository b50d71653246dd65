package org.patchlens.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.patchlens.model.VitModel;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.onnx.OnnxRuntime;
import org.patchlens.tensor.FloatMatrix;

/// ONNX Runtime alone on the graph that Patchlens runs: one session that uses all threads itself, the inputs
/// preprocessed and in memory, the results dropped.
final class BareRuntime implements AutoCloseable {
    private final OrtSession session;
    private final VitRequest request;
    private final FloatMatrix pixels;
    private final int batch;

    /// @param pixels `float[N][3 * height * width]`
    BareRuntime(VitModel model, VitRequest request, FloatMatrix pixels, int threads, int batch) throws OrtException {
        this.request = request;
        this.pixels = pixels;
        this.batch = batch;
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.addConfigEntry(
                    "session.model_external_initializers_file_folder_path",
                    model.weightsFolder().toString());
            this.session = OnnxRuntime.environment().createSession(model.onnx(request), options);
        }
    }

    /// Runs every image once.
    ///
    /// @return seconds
    double seconds() throws OrtException {
        long begin = System.nanoTime();
        for (int from = 0; from < pixels.rows(); from += batch) {
            run(pixels.rows(from, Math.min(from + batch, pixels.rows())));
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void run(FloatMatrix rows) throws OrtException {
        FloatBuffer buffer =
                rows.segment().asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        long[] shape = {rows.rows(), 3, request.inputHeight(), request.inputWidth()};
        try (OnnxTensor input = OnnxTensor.createTensor(OnnxRuntime.environment(), buffer, shape)) {
            session.run(Map.of(session.getInputNames().iterator().next(), input))
                    .close();
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
