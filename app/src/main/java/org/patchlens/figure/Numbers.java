package org.patchlens.figure;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;

/// The numbers of a matrix one by one.
final class Numbers {
    private Numbers() {}

    /// Row by row.
    static DoubleStream of(FloatMatrix values) {
        return IntStream.range(0, values.rows())
                .boxed()
                .flatMapToDouble(row -> IntStream.range(0, values.columns()).mapToDouble(c -> values.get(row, c)));
    }
}
