package org.patchlens.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a script of `tools/reference` wrote with a public implementation.
public final class Golden {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Golden() {}

    /// The content of a JSON file beside a test class.
    public static JsonNode json(Class<?> test, String name) {
        try (InputStream file = Objects.requireNonNull(test.getResourceAsStream(name), name)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A list of lists of numbers as a matrix.
    public static FloatMatrix matrix(JsonNode rows) {
        FloatMatrix matrix = FloatMatrix.zeros(rows.size(), rows.get(0).size());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, rows.get(i).get(j).floatValue());
            }
        }
        return matrix;
    }

    /// A list of numbers as a matrix of one row.
    public static FloatMatrix row(JsonNode numbers) {
        FloatMatrix row = FloatMatrix.zeros(1, numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            row.set(0, i, numbers.get(i).floatValue());
        }
        return row;
    }

    /// The largest absolute difference of two matrices of the same shape.
    public static double distance(FloatMatrix a, FloatMatrix b) {
        if (a.rows() != b.rows() || a.columns() != b.columns()) {
            throw new AssertionError(a + " and " + b);
        }
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                double difference = Math.abs(a.get(i, j) - b.get(i, j));
                largest = difference <= largest ? largest : difference;
            }
        }
        return largest;
    }
}
