import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.StoredRows;

/// Rows to measure with.
final class Rows {
    private Rows() {}

    static FloatMatrix read(Path file) throws IOException {
        byte[] head = new byte[128];
        try (var stream = Files.newInputStream(file)) {
            stream.readNBytes(head, 0, head.length);
        }
        Matcher shape = Pattern.compile("'<f4'.*\\((\\d+), (\\d+)\\)").matcher(new String(head, 10, 118));
        if (!shape.find()) {
            throw new IOException(file + " is no float32 matrix");
        }
        int rows = Integer.parseInt(shape.group(1));
        int columns = Integer.parseInt(shape.group(2));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
            matrix.copyFrom(FloatMatrix.over(mapped.asSlice(128), rows, columns));
            return matrix;
        }
    }

    static StoredRows random(int rows, int columns, StoredRows.Precision precision) {
        FloatMatrix numbers = FloatMatrix.zeros(rows, columns);
        var random = new Seed(1).generator();
        for (long i = 0; i < numbers.size(); i++) {
            numbers.segment().setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, random.nextFloat() - 0.5f);
        }
        if (precision == StoredRows.Precision.SINGLE) {
            return StoredRows.of(numbers);
        }
        StoredRows halves = StoredRows.ofHalves(rows, columns);
        halves.write(0, numbers);
        return halves;
    }
}
