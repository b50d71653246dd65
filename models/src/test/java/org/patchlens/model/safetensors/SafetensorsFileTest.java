package org.patchlens.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.FloatMatrix;

class SafetensorsFileTest {
    @TempDir
    private Path folder;

    @Test
    void tensorsAreFoundWhereTheirOffsetsSay() throws IOException {
        Path file = SafetensorsBytes.write(folder, """
            {"__metadata__":{"format":"pt"},
             "b":{"dtype":"F16","shape":[2,2],"data_offsets":[4,12]},
             "a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},
             "none":{"dtype":"F32","shape":[0,7],"data_offsets":[12,12]}}\
            """, 12);
        List<StoredTensor> tensors = SafetensorsFile.open(file).tensors();
        assertThat(tensors).extracting(StoredTensor::name).containsExactly("a", "b", "none");
        assertThat(tensors.get(1).shape()).containsExactly(2L, 2L);
        assertThat(tensors.get(1).offset()).isEqualTo(Files.size(file) - 8);
        assertThat(tensors.get(0).elements()).isEqualTo(1);
        assertThat(tensors.get(2).elements()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} | the tensors a and b overlap
        {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}} | there are 4 unused bytes between a and b
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} | there are 4 unused bytes between the header and a
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | there are 4 unused bytes after the last tensor
        {} | there are 12 unused bytes after the last tensor
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[12,0]}} | the tensor a would lie at bytes 12 to 0 of 12
        {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}} | the tensor a would lie at bytes 0 to 16 of 12
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}} | takes 8 bytes, but its offsets give it 12
        {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,12]}} | is larger than any file
        {"a":{"dtype":"F4","shape":[3],"data_offsets":[0,12]}} | takes 2 bytes, but its offsets give it 12
        {"a":{"dtype":"F33","shape":[3],"data_offsets":[0,12]}} | the tensor a has the unknown type F33
        {"a":{"dtype":"F32","shape":[-3],"data_offsets":[0,12]}} | the shape of a has the negative number -3
        {"a":{"dtype":"F32","shape":[3.5],"data_offsets":[0,12]}} | the shape of a is no list of at most 16 whole numbers
        {"a":{"dtype":"F32","shape":3,"data_offsets":[0,12]}} | the shape of a is no list
        {"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,3],"data_offsets":[0,12]}} | at most 16 whole numbers
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,6,12]}} | the data_offsets of a is no list of at most 2
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[0]}} | lacks its dtype, shape or two data_offsets
        {"a":{"dtype":"F32","shape":[3]}} | lacks its dtype, shape or two data_offsets
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12],"more":1}} | has a key besides
        {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,12]}} | its header is not valid JSON
        {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} | its header is not valid JSON (Duplicate
        {"a":[[[[[[[[[[[[1]]]]]]]]]]]]} | the entry a is no JSON object
        {"__metadata__":{"a":[[[[[[[[[[[[1]]]]]]]]]]]]}} | nesting depth
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} {} | its header goes on after its JSON object
        {"a":{"dtype":"F32","shape":[3],"data_off | its header is not valid JSON
        [] | its header does not begin with {
        `` | its header does not begin with {
        """)
    void aHeaderThatDoesNotDescribeItsFileIsRefused(String header, String reason) throws IOException {
        Path file = SafetensorsBytes.write(folder, header, 12);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[" + file + "] this is not a whole safetensors file: ")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("Download it again.");
    }

    @ParameterizedTest
    @CsvSource({
        "3, its header would end beyond the file: 3 of 10 bytes",
        "100000001, its header would be 100000001 bytes long",
        "9223372036854775807, its header would be 9223372036854775807 bytes long",
        "-1, its header would be 18446744073709551615 bytes long"
    })
    void aHeaderLengthBeyondTheFileIsRefused(long length, String reason) throws IOException {
        Path file = SafetensorsBytes.write(folder, length, "{}", new byte[0]);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining(reason);
    }

    /// The file is sparse: 200 MB that take no room on disk. The length alone is reason enough to refuse.
    @Test
    void aHeaderBeyondTheLimitIsRefusedEvenIfTheFileIsLongEnough() throws IOException {
        Path file = folder.resolve("model.safetensors");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(200_000_000);
            sparse.writeLong(Long.reverseBytes(150_000_000));
        }
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("the format allows 100000000");
    }

    @Test
    void aFileOfFourBytesIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), new byte[4]);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("it has 4 bytes");
    }

    @Test
    void aFolderInPlaceOfAFileIsRefused() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + folder + "] this is not a file.");
    }

    @Test
    void aLinkIsFollowedToTheRealFile() throws IOException {
        Path blobs = Files.createDirectory(folder.resolve("blobs"));
        Path real =
                SafetensorsBytes.write(blobs, "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4);
        Path snapshot = Files.createDirectory(folder.resolve("snapshot"));
        Path link =
                Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../blobs/model.safetensors"));
        assertThat(SafetensorsFile.open(link).tensors().getFirst().file()).isEqualTo(real.toRealPath());
    }

    @Test
    void halfAndBrainFloatsAreWidenedExactly() throws IOException {
        String header = """
            {"f16":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
             "bf16":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]}}\
            """;
        // 1.5 and -2^-24 (the smallest F16), then 1.5 and -2^-126 (a BF16 with the range of F32)
        byte[] data = {0x00, 0x3e, 0x01, (byte) 0x80, (byte) 0xc0, 0x3f, (byte) 0x80, (byte) 0x80};
        SafetensorsFile file = SafetensorsFile.open(SafetensorsBytes.write(folder, header.length(), header, data));
        assertThat(TensorReader.read(file.tensors().getFirst(), 1, 2)).isEqualTo(FloatMatrix.of(1, 2, 1.5f, -0x1p-24f));
        assertThat(TensorReader.read(file.tensors().getLast(), 1, 2)).isEqualTo(FloatMatrix.of(1, 2, 1.5f, -0x1p-126f));
    }
}
