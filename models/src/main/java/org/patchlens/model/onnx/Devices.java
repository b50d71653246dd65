package org.patchlens.model.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.model.architecture.Device;

/// The devices that the ONNX Runtime of this program computes on.
public final class Devices {
    private Devices() {}

    /// The words for what is there, `cpu` first.
    public static String available() {
        Set<OrtProvider> providers = OnnxRuntime.providers();
        return Arrays.stream(Device.values())
                .filter(device -> providers.contains(device.provider()))
                .map(Device::title)
                .collect(Collectors.joining(", "));
    }

    /// Refuses what this program was not built for, and what this machine lacks the libraries of.
    public static void require(Device device) {
        OnnxRuntime.environment(); // so that nothing of the library is used before it is told not to report
        try (SessionOptions options = new SessionOptions()) {
            use(device, options);
        }
    }

    private static void requireBuilt(Device device) {
        if (!OnnxRuntime.providers().contains(device.provider())) {
            throw PatchlensException.usage(
                    "device " + device,
                    "the ONNX Runtime of this program computes on " + available() + " alone",
                    switch (device) {
                        case CUDA -> "Use --device cpu, or build with ./mvnw -Pcuda package";
                        case CPU, COREML, DIRECTML -> "Use --device cpu";
                    });
        }
    }

    /// Makes a session compute on a device.
    static void use(Device device, SessionOptions options) {
        requireBuilt(device);
        try {
            switch (device) {
                case CPU -> {}
                case CUDA -> options.addCUDA(exactCuda());
                case COREML -> options.addCoreML();
                case DIRECTML -> {
                    options.setMemoryPatternOptimization(false); // which DirectML does not support
                    options.addDirectML(0);
                }
            }
        } catch (OrtException e) {
            throw PatchlensException.usage(
                            "device " + device,
                            "ONNX Runtime cannot use it: " + reason(OnnxRuntime.firstLine(e)),
                            "Install what it needs, or use --device cpu")
                    .causedBy(e);
        }
    }

    /// The last part of what ONNX Runtime says, which names the missing library; before it stand source lines.
    static String reason(String message) {
        String start = " with error: ";
        int at = message.lastIndexOf(start);
        return at < 0 ? message : message.substring(at + start.length());
    }

    /// Without TF32, which would round the inputs of every product to 10 bits.
    private static OrtCUDAProviderOptions exactCuda() throws OrtException {
        OrtCUDAProviderOptions options = new OrtCUDAProviderOptions(0);
        options.add("use_tf32", "0");
        return options;
    }
}
