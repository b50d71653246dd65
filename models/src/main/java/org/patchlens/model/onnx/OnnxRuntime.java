package org.patchlens.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchlens.PatchlensException;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.safetensors.StoredTensor;

/// The one place that starts ONNX Runtime.
public final class OnnxRuntime {
    private OnnxRuntime() {}

    /// The environment of the process; its own log is silent, errors come as exceptions, and nothing is reported
    /// to anybody.
    public static OrtEnvironment environment() {
        return Started.ENVIRONMENT;
    }

    private static final class Started {
        private static final OrtEnvironment ENVIRONMENT = start();

        private static OrtEnvironment start() {
            Telemetry.switchOff();
            OrtEnvironment started =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "patchlens");
            Telemetry.switchOff(started);
            return started;
        }
    }

    /// What this build of ONNX Runtime computes on.
    static Set<OrtProvider> providers() {
        environment(); // so that nothing of the library is used before it is told not to report
        return OrtEnvironment.getAvailableProviders();
    }

    /// Makes a graph ready to run on one thread.
    ///
    /// Who wants more threads runs several at once. Denormal numbers are kept as they are: ONNX Runtime would
    /// flush them only in the thread that makes the session, and results would depend on the thread.
    ///
    /// @param weightsFolder the real folder of the files that the graph's weights lie in
    /// @param subject what the graph is of, for messages
    public static OrtSession start(ModelProto graph, Path weightsFolder, String subject) {
        VitGraph alone = new VitGraph(graph, List.of(), List.of(), List.of());
        return start(alone, weightsFolder, subject, Computation.PLAIN).session();
    }

    /// Makes a graph ready to run. The result of a run does not depend on the number of threads.
    ///
    /// @param weightsFolder the real folder of the files that the graph's weights lie in
    /// @param subject what the graph is of, for messages
    /// @throws PatchlensException if the device is not there, or the graph cannot be loaded
    public static OnnxSession start(VitGraph graph, Path weightsFolder, String subject, Computation computation) {
        Map<String, OnnxTensor> weights = new HashMap<>();
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(computation.threads());
            options.setInterOpNumThreads(1);
            options.setExecutionMode(ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OptLevel.ALL_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.addConfigEntry("session.model_external_initializers_file_folder_path", weightsFolder.toString());
            Devices.use(computation.device(), options);
            for (StoredTensor tensor : graph.int8Weights()) {
                Int8Weight.of(tensor, Arena.ofAuto()).addTo(weights);
            }
            options.addExternalInitializers(Map.copyOf(weights));
            OrtSession session = environment().createSession(graph.model().toByteArray(), options);
            return new OnnxSession(session, List.copyOf(weights.values()));
        } catch (OrtException e) {
            weights.values().forEach(OnnxTensor::close);
            throw failed(subject, "the model cannot be started", e);
        }
    }

    /// The shapes of a graph's outputs as far as they follow from the graph; -1 is a side that does not.
    ///
    /// Nothing is computed, not even what depends on constants alone.
    ///
    /// @param weightsFolder the real folder of the files that the graph's weights lie in
    /// @return by output; empty if the graph cannot be loaded
    public static Map<String, long[]> inferredShapes(ModelProto graph, Path weightsFolder) {
        Map<String, long[]> shapes = new HashMap<>();
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(OptLevel.NO_OPT);
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.addConfigEntry("session.model_external_initializers_file_folder_path", weightsFolder.toString());
            try (OrtSession session = environment().createSession(graph.toByteArray(), options)) {
                session.getOutputInfo().forEach((name, node) -> {
                    if (node.getInfo() instanceof TensorInfo tensor) {
                        shapes.put(name, tensor.getShape());
                    }
                });
            }
        } catch (OrtException e) {
            // whoever starts the graph in earnest hears why
            return Map.of();
        }
        return shapes;
    }

    /// An exception of ONNX Runtime in the words of Patchlens.
    public static PatchlensException failed(String subject, String problem, OrtException e) {
        return PatchlensException.badData(subject, problem + ": ONNX Runtime says \"" + firstLine(e) + "\"", "")
                .causedBy(e);
    }

    static String firstLine(OrtException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
