package org.patchlens.model.safetensors;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;

class FiniteWeightsTest {
    /// More than one chunk of 32-bit floats, and no multiple of it.
    private static final int NUMBERS = 300_001;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "F32, 7f800000, 0",
        "F32, ff800000, 300000",
        "F32, 7fc00001, 262144",
        "F16, 7c00, 300000",
        "F16, fe00, 0",
        "BF16, ff80, 300000",
        "BF16, 7fc0, 1"
    })
    void nanAndInfinityAreFoundWhereverTheyAre(TensorType type, String bits, int at) throws IOException {
        StoredTensor tensor = write(type, bits, at);
        assertThatThrownBy(() -> FiniteWeights.require(tensor))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + tensor.file()
                        + "] the tensor weights holds NaN or infinity, and every embedding would be NaN."
                        + " Download the model again, or use another checkpoint.");
    }

    @ParameterizedTest
    @CsvSource({"F32, ff7fffff", "F16, fbff", "BF16, ff7f", "F32, 00000001"})
    void theLargestAndSmallestNumbersAreFinite(TensorType type, String bits) throws IOException {
        StoredTensor tensor = write(type, bits, NUMBERS - 1);
        assertThatCode(() -> FiniteWeights.require(tensor)).doesNotThrowAnyException();
    }

    @Test
    void aFileThatEndsInsideATensorIsRefused() throws IOException {
        StoredTensor tensor = write(TensorType.F32, "00000000", 0);
        Files.write(tensor.file(), new byte[100]);
        assertThatThrownBy(() -> FiniteWeights.require(tensor))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("the file ends inside the tensor weights");
    }

    /// Zeros with one number of these bits.
    private StoredTensor write(TensorType type, String bits, int at) throws IOException {
        int size = type.bits() / Byte.SIZE;
        int offset = 8;
        ByteBuffer bytes = ByteBuffer.allocate(offset + NUMBERS * size).order(ByteOrder.LITTLE_ENDIAN);
        int number = Integer.parseUnsignedInt(bits, 16);
        if (size == Integer.BYTES) {
            bytes.putInt(offset + at * size, number);
        } else {
            bytes.putShort(offset + at * size, (short) number);
        }
        Path file = Files.write(folder.resolve("model.safetensors"), bytes.array());
        return new StoredTensor("weights", type, List.of((long) NUMBERS), file, offset, (long) NUMBERS * size);
    }
}
