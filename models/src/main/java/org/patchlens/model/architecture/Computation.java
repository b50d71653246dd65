package org.patchlens.model.architecture;

/// How a session computes what is asked of it.
///
/// @param precision of the linear maps; changes the result
/// @param device that computes; another one adds in another order, which changes the last bits of the result
/// @param threads that work on one run together, at least 1; never changes the result
public record Computation(Precision precision, Device device, int threads) {
    /// 32-bit floats on one thread of the processor.
    public static final Computation PLAIN = new Computation(Precision.FP32, Device.CPU, 1);

    public Computation {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
    }

    /// The same with other numbers.
    public Computation withPrecision(Precision newPrecision) {
        return new Computation(newPrecision, device, threads);
    }

    /// The same with other threads.
    public Computation withThreads(int newThreads) {
        return new Computation(precision, device, newThreads);
    }
}
