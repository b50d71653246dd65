package org.patchlens.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Keeps ONNX Runtime from reporting to its makers.
///
/// Since 1.29 the official builds for Linux and macOS report processes and models to a server, unless a variable
/// is in the environment of the process when ONNX Runtime starts. Before that they search what they collect with
/// regular expressions that run out of stack on a command line of some 4,000 characters: a hundred files on it,
/// and the process was gone without a word.
final class Telemetry {
    /// What ONNX Runtime reads; with it nothing is collected, kept or sent.
    static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private Telemetry() {}

    /// Before ONNX Runtime starts: sets the variable in this process, which Java itself cannot. Windows has no
    /// `setenv`, and there ONNX Runtime does not report by itself.
    @SuppressWarnings("restricted") // calling native code is what this method is for
    static void switchOff() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("setenv").ifPresent(address -> {
            MethodHandle setenv = linker.downcallHandle(
                    address,
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            try (Arena arena = Arena.ofConfined()) {
                int failed = set(setenv, arena.allocateFrom(VARIABLE), arena.allocateFrom("1"));
                if (failed != 0) {
                    throw new IllegalStateException("setenv returned " + failed);
                }
            }
        });
    }

    /// After it has started: switches off what other systems collect.
    static void switchOff(OrtEnvironment environment) {
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw OnnxRuntime.failed("ONNX Runtime", "its telemetry cannot be switched off", e);
        }
    }

    private static int set(MethodHandle setenv, MemorySegment name, MemorySegment value) {
        try {
            return (int) setenv.invokeExact(name, value, 1);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            // a method handle declares everything that its target could throw, and C throws nothing
            throw new IllegalStateException("setenv threw", e);
        }
    }
}
