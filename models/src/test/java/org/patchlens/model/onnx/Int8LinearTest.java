package org.patchlens.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.safetensors.Checkpoint;
import org.patchlens.model.safetensors.StoredTensor;

/// A linear map in 8-bit integers, held against the same map in doubles.
class Int8LinearTest {
    private static final int INPUTS = 256;
    private static final int OUTPUTS = 24;

    @TempDir
    private Path folder;

    /// The sum of two products of bytes must fit into 16 bits, where processors without instructions for dot
    /// products of bytes keep it. Those that have them never overflow, so that only the numbers can be looked at
    /// here.
    @Test
    void twoProductsFitInto16Bits() throws IOException {
        float[] weight = new float[OUTPUTS * INPUTS];
        Arrays.fill(weight, -0.5f);
        weight[0] = 2;

        try (Arena arena = Arena.ofConfined()) {
            Int8Weight rounded = Int8Weight.of(stored(weight), arena);
            byte[] numbers = rounded.numbers().toArray(ValueLayout.JAVA_BYTE);
            assertThat(numbers[0]).isEqualTo((byte) 64);
            assertThat(numbers[OUTPUTS]).isEqualTo((byte) -16);
            for (byte number : numbers) {
                assertThat(2 * 255 * Math.abs(number)).isLessThanOrEqualTo(Short.MAX_VALUE);
            }
        }
    }

    /// All products have the largest magnitude and one sign.
    @Test
    void theLargestSumsAreNotCutOff() throws Exception {
        float[] weight = new float[OUTPUTS * INPUTS];
        Arrays.fill(weight, 0.5f);
        float[] token = new float[INPUTS];
        Arrays.fill(token, 3);

        float[][] result = run(weight, token);

        for (float value : result[0]) {
            // 127 / 127 and 64 / 64 are exact; scales have the error of a 32-bit float
            assertThat(value).isCloseTo(0.5f * 3 * INPUTS, within(1e-3f));
        }
    }

    @Test
    void aTokenAndAWeightOfZerosGiveZero() throws Exception {
        float[][] result = run(new float[OUTPUTS * INPUTS], new float[INPUTS]);

        assertThat(result[0]).containsOnly(0f);
    }

    /// Tolerance: a weight is rounded by up to half a step of 1/64 of its row's largest, an input by half a step
    /// of 1/127 of its token's largest; the errors of 256 products are independent, and six times the root of
    /// their sum of squares is allowed.
    @Test
    void everyTokenHasAScaleOfItsOwn() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        float[] weight = new float[OUTPUTS * INPUTS];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextDouble(-1, 1) * (1 + i / INPUTS);
        }
        float[] small = new float[INPUTS];
        float[] large = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            small[i] = (float) random.nextDouble(-1, 1);
            large[i] = 1e6f * small[i];
        }

        float[][] alone = run(weight, small);
        float[][] besideALargeOne = run(weight, small, large);

        assertThat(besideALargeOne[0]).isEqualTo(alone[0]);
        for (int output = 0; output < OUTPUTS; output++) {
            double exact = 0;
            for (int i = 0; i < INPUTS; i++) {
                exact += (double) weight[output * INPUTS + i] * small[i];
            }
            double largest = 1 + output;
            double error = largest * Math.sqrt(INPUTS / 12.0 / 3 * (1.0 / 64 / 64 + 1.0 / 127 / 127));
            assertThat((double) alone[0][output]).isCloseTo(exact, within(6 * error));
            assertThat((double) besideALargeOne[1][output]).isCloseTo(1e6 * exact, within(6e6 * error));
        }
    }

    private float[][] run(float[] weight, float[]... tokens) throws IOException, OrtException {
        StoredTensor stored = stored(weight);
        OnnxGraph graph = new OnnxGraph();
        graph.input(VitGraph.PIXELS, INPUTS);
        String result = new LinearGraph(graph, Precision.INT8).apply(VitGraph.PIXELS, stored, Optional.empty());
        graph.output(result, OUTPUTS);
        VitGraph whole = new VitGraph(graph.build(), List.of(), List.of(), graph.int8Weights());
        OnnxSession started = OnnxRuntime.start(
                whole,
                Objects.requireNonNull(Objects.requireNonNull(stored.file().getParent())),
                "test",
                Computation.PLAIN);
        FloatBuffer rows = FloatBuffer.allocate(tokens.length * INPUTS);
        for (float[] token : tokens) {
            rows.put(token);
        }
        long[] shape = {tokens.length, INPUTS};
        try (OnnxTensor input = OnnxTensor.createTensor(OnnxRuntime.environment(), rows.flip(), shape);
                OrtSession.Result output = started.session().run(Map.of(VitGraph.PIXELS, input))) {
            return (float[][]) output.get(0).getValue();
        } finally {
            started.close();
        }
    }

    private StoredTensor stored(float[] weight) throws IOException {
        String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
                .formatted(OUTPUTS, INPUTS, weight.length * Float.BYTES);
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + weight.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        file.asFloatBuffer().put(weight);
        Files.write(folder.resolve("model.safetensors"), file.array());
        return Checkpoint.open(folder).find("w").orElseThrow();
    }
}
