package org.patchlens.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import org.patchlens.model.safetensors.StoredTensor;
import org.patchlens.model.safetensors.TensorReader;
import org.patchlens.tensor.FloatMatrix;

/// The weights of a linear map as 8-bit integers with a scale per output: `weight[o][i] = scale[o] *
/// number[i][o]`, rounded.
///
/// Numbers go from -64 to 64 and not to 127. Processors without instructions for dot products of bytes multiply
/// two pairs of bytes and add them in 16 bits: 2 * 255 * 64 fits there, 2 * 255 * 127 does not and would be cut
/// off silently. So sums are exact on every processor, and results the same.
///
/// @param numbers `int8[in][out]`, transposed as ONNX Runtime multiplies
/// @param scales `float[1][out]`
record Int8Weight(StoredTensor tensor, MemorySegment numbers, FloatMatrix scales) {
    static final int LARGEST = 64;

    /// Reads and rounds a weight, in O(in * out).
    ///
    /// @param tensor `[out][in]`
    /// @param arena that the numbers live in
    static Int8Weight of(StoredTensor tensor, Arena arena) {
        int outputs = Math.toIntExact(tensor.shape().getFirst());
        int inputs = Math.toIntExact(tensor.shape().getLast());
        FloatMatrix weight = TensorReader.read(tensor, outputs, inputs);
        MemorySegment numbers = arena.allocate((long) inputs * outputs, 64);
        FloatMatrix scales = FloatMatrix.zeros(1, outputs);
        for (int output = 0; output < outputs; output++) {
            float[] row = weight.rowToArray(output);
            float scale = largestMagnitude(row) / LARGEST;
            scales.set(0, output, scale);
            for (int input = 0; input < inputs; input++) {
                // an output of zeros alone has the scale 0
                byte number = scale == 0 ? 0 : (byte) Math.rint(row[input] / scale);
                numbers.set(ValueLayout.JAVA_BYTE, (long) input * outputs + output, number);
            }
        }
        return new Int8Weight(tensor, numbers, scales);
    }

    private static float largestMagnitude(float[] row) {
        float largest = 0;
        for (float value : row) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /// Adds numbers and scales under the names that a graph gave them.
    void addTo(Map<String, OnnxTensor> tensors) throws OrtException {
        OnnxGraph.Int8Names names = OnnxGraph.Int8Names.of(tensor);
        int outputs = scales.columns();
        long[] shape = {numbers.byteSize() / outputs, outputs};
        tensors.put(
                names.numbers(),
                OnnxTensor.createTensor(OnnxRuntime.environment(), numbers.asByteBuffer(), shape, OnnxJavaType.INT8));
        tensors.put(
                names.scales(),
                OnnxTensor.createTensor(
                        OnnxRuntime.environment(),
                        scales.segment()
                                .asByteBuffer()
                                .order(ByteOrder.nativeOrder())
                                .asFloatBuffer(),
                        new long[] {outputs}));
    }
}
