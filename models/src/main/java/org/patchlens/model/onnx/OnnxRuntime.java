package org.patchlens.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.file.Path;
import org.patchlens.PatchlensException;
import org.patchlens.model.onnx.schema.ModelProto;

/// The one place that starts ONNX Runtime.
public final class OnnxRuntime {
    private OnnxRuntime() {}

    /// The environment of the process; its own log is silent, errors come as exceptions.
    public static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "patchlens");
    }

    /// Makes a graph ready to run.
    ///
    /// One thread works on a run; who wants more runs several at once. The result of a run then never depends on
    /// the number of threads. Denormal numbers are kept as they are: ONNX Runtime would flush them only in the
    /// thread that makes the session, and results would depend on the thread.
    ///
    /// @param weightsFolder the real folder of the files that the graph's weights lie in
    /// @param subject what the graph is of, for messages
    public static OrtSession start(ModelProto graph, Path weightsFolder, String subject) {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OptLevel.ALL_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.addConfigEntry("session.model_external_initializers_file_folder_path", weightsFolder.toString());
            return environment().createSession(graph.toByteArray(), options);
        } catch (OrtException e) {
            throw failed(subject, "the model cannot be started", e);
        }
    }

    /// An exception of ONNX Runtime in the words of Patchlens.
    public static PatchlensException failed(String subject, String problem, OrtException e) {
        return PatchlensException.badData(subject, problem + ": ONNX Runtime says \"" + firstLine(e) + "\"", "")
                .causedBy(e);
    }

    private static String firstLine(OrtException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
