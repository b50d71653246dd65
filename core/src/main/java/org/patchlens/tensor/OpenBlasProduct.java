package org.patchlens.tensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/// The C interface of OpenBLAS, called without a copy for memory on the heap and outside.
///
/// @param sgemm `cblas_sgemm`, products of matrices
/// @param dgemm `cblas_dgemm`, the same in double precision
/// @param ssyrk `cblas_ssyrk`, products of a matrix with itself
record OpenBlasProduct(MethodHandle sgemm, MethodHandle dgemm, MethodHandle ssyrk) implements PanelProduct {
    private static final int ROW_MAJOR = 101;
    private static final int NOT_TRANSPOSED = 111;
    private static final int TRANSPOSED = 112;
    private static final int UPPER = 121;

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
        return new OpenBlasProduct(
                function(linker, library, "cblas_sgemm", product(JAVA_FLOAT)),
                function(linker, library, "cblas_dgemm", product(JAVA_DOUBLE)),
                function(linker, library, "cblas_ssyrk", square()));
    }

    /// Critical: arrays on the heap are not copied; the garbage collector waits, so products are to be kept small.
    @SuppressWarnings("restricted") // calling native code is what this class is for
    private static MethodHandle function(
            Linker linker, SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return linker.downcallHandle(find(library, name), descriptor, Linker.Option.critical(true));
    }

    private static FunctionDescriptor product(MemoryLayout number) {
        return FunctionDescriptor.ofVoid(
                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, number, ADDRESS, JAVA_INT, ADDRESS,
                JAVA_INT, number, ADDRESS, JAVA_INT);
    }

    private static FunctionDescriptor square() {
        return FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT);
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

    @Override
    public void squareOfColumns(Panel a, Panel out) {
        call(() -> {
            ssyrk.invokeExact(
                    ROW_MAJOR,
                    UPPER,
                    TRANSPOSED,
                    out.rows(),
                    a.rows(),
                    1f,
                    a.memory(),
                    a.stride(),
                    0f,
                    out.memory(),
                    out.stride());
        });
    }

    @Override
    public void multiply(double[] a, double[] b, double[] out, int rows, int columns) {
        int inner = a.length / rows;
        MemorySegment left = MemorySegment.ofArray(a);
        MemorySegment right = MemorySegment.ofArray(b);
        MemorySegment product = MemorySegment.ofArray(out);
        call(() -> {
            dgemm.invokeExact(
                    ROW_MAJOR,
                    NOT_TRANSPOSED,
                    NOT_TRANSPOSED,
                    rows,
                    columns,
                    inner,
                    1d,
                    left,
                    inner,
                    right,
                    columns,
                    0d,
                    product,
                    columns);
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
