package org.patchlens.study.result;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DurableFiles;
import org.patchlens.study.disk.NpyHeader;
import org.patchlens.study.result.SavedResult.ArrayFile;
import org.patchlens.study.result.SavedResult.TextFile;

/// Writes the files of a result into a folder that is not yet under its own name.
final class ResultWriter {
    private static final long CHUNK = 1 << 20;

    private ResultWriter() {}

    /// @param study the checksum of the study
    static void write(Path folder, ResultName name, ResultContent content, String study) throws IOException {
        List<TextFile> texts = new ArrayList<>();
        texts.add(text(folder, ResultReader.RESULT, content.result()));
        texts.add(text(folder, ResultReader.FIGURES, content.figures()));
        List<ArrayFile> arrays = new ArrayList<>();
        for (Map.Entry<String, NumberArray> entry : content.arrays().entrySet()) {
            arrays.add(array(folder, entry.getKey(), entry.getValue()));
        }
        SavedResult saved = new SavedResult(
                name, content.options(), content.provenance(), true, Instant.EPOCH, texts, arrays, folder);
        DurableFiles.writeAndSync(folder.resolve(SavedJson.FILE), SavedJson.write(saved, study));
        DurableFiles.sync(folder);
    }

    private static TextFile text(Path folder, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        DurableFiles.writeAndSync(folder.resolve(name + ".json"), bytes);
        return new TextFile(name, bytes.length, Checksum.of(bytes));
    }

    private static ArrayFile array(Path folder, String name, NumberArray array) throws IOException {
        Path file = folder.resolve(name + ".npy");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.wrap(new NpyHeader(array.type().npyDescriptor(), array.shape()).bytes()));
            MemorySegment data = array.data();
            for (long at = 0; at < data.byteSize(); at += CHUNK) {
                write(
                        channel,
                        data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer());
            }
            channel.force(true);
        }
        return new ArrayFile(name, array.type(), array.shape(), Files.size(file), Checksum.of(file));
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
