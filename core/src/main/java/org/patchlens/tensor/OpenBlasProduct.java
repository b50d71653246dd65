package org.patchlens.tensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/// The C interface of OpenBLAS, called without a copy for memory on the heap and outside.
///
/// @param sgemm `cblas_sgemm`
record OpenBlasProduct(MethodHandle sgemm) implements PanelProduct {
    private static final int ROW_MAJOR = 101;
    private static final int NOT_TRANSPOSED = 111;
    private static final int TRANSPOSED = 112;

    /// @throws LinkageError if there is no native library for this machine, or Java may not call it
    @SuppressWarnings("restricted") // calling native code is what this class is for
    static OpenBlasProduct load() {
        Loader.load(openblas_nolapack.class);
        SymbolLookup library = SymbolLookup.loaderLookup();
        Linker linker = Linker.nativeLinker();
        MethodHandle setThreads =
                linker.downcallHandle(find(library, "openblas_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));
        call(() -> {
            setThreads.invokeExact(1);
        });
        FunctionDescriptor sgemm = FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT);
        // critical: arrays on the heap are not copied; the garbage collector waits, so products are to be kept
        // small
        return new OpenBlasProduct(
                linker.downcallHandle(find(library, "cblas_sgemm"), sgemm, Linker.Option.critical(true)));
    }

    private static MemorySegment find(SymbolLookup library, String function) {
        return library.find(function)
                .orElseThrow(() -> new UnsatisfiedLinkError(function + " is not in the library that was loaded"));
    }

    @Override
    public void multiply(Panel a, Panel b, Panel out) {
        call(() -> {
            sgemm.invokeExact(
                    ROW_MAJOR,
                    a.transposed() ? TRANSPOSED : NOT_TRANSPOSED,
                    b.transposed() ? TRANSPOSED : NOT_TRANSPOSED,
                    out.rows(),
                    out.columns(),
                    a.width(),
                    1f,
                    a.memory(),
                    a.stride(),
                    b.memory(),
                    b.stride(),
                    0f,
                    out.memory(),
                    out.stride());
        });
    }

    @FunctionalInterface
    private interface NativeCall {
        void run() throws Throwable;
    }

    /// A method handle declares every Throwable; a C function throws none.
    private static void call(NativeCall function) {
        try {
            function.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
