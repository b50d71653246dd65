package org.patchlens.study.result;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.NpyHeader;
import org.patchlens.study.result.SavedResult.ArrayFile;
import org.patchlens.study.result.SavedResult.TextFile;

/// Reads the files of a saved result; each is compared with its checksum before a byte of it is believed.
///
/// @param saved what the result is
public record ResultReader(SavedResult saved) {
    static final String RESULT = "result";
    static final String FIGURES = "figures";

    private static final int LONGEST_FILE = 1 << 30;

    /// The result, its arrays set aside; JSON.
    public String result() {
        return text(RESULT);
    }

    /// The figures, their arrays set aside; JSON.
    public String figures() {
        return text(FIGURES);
    }

    private String text(String name) {
        TextFile file = saved.texts().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> PatchlensException.badData(
                        saved.folder().resolve(SavedJson.FILE).toString(), "names no " + name + ".json", ""));
        return new String(
                content(saved.folder().resolve(name + ".json"), file.bytes(), file.sha256()), StandardCharsets.UTF_8);
    }

    /// What is known of an array without reading it.
    ///
    /// @throws PatchlensException if the result has no such array
    public ArrayFile describe(String name) {
        return saved.arrays().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> PatchlensException.usage(
                        "array " + name,
                        "is not in the result " + saved.name() + ", which has "
                                + String.join(
                                        ", ",
                                        saved.arrays().stream()
                                                .map(ArrayFile::name)
                                                .toList()),
                        ""));
    }

    /// Reads one array.
    ///
    /// @throws PatchlensException if the result has no such array, or the file is damaged
    public NumberArray array(String name) {
        ArrayFile array = describe(name);
        Path file = saved.folder().resolve(array.name() + ".npy");
        byte[] content = content(file, array.bytes(), array.sha256());
        byte[] header = new NpyHeader(array.type().npyDescriptor(), array.shape()).bytes();
        if (content.length < header.length || !Arrays.equals(header, Arrays.copyOf(content, header.length))) {
            throw PatchlensException.badData(
                    file.toString(), "is no array of " + array.type() + " with the shape " + array.shape(), "");
        }
        try {
            return new NumberArray(
                    array.type(), array.shape(), MemorySegment.ofArray(content).asSlice(header.length));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw PatchlensException.badData(
                            file.toString(), "has " + content.length + " bytes for the shape " + array.shape(), "")
                    .causedBy(e);
        }
    }

    /// Reads all arrays.
    public SequencedMap<String, NumberArray> arrays() {
        SequencedMap<String, NumberArray> arrays = new LinkedHashMap<>();
        List<ArrayFile> files = saved.arrays();
        files.forEach(file -> arrays.put(file.name(), array(file.name())));
        return arrays;
    }

    private static byte[] content(Path file, long expected, String sha256) {
        if (expected > LONGEST_FILE) {
            throw PatchlensException.badData(
                    file.toString(), "has " + expected + " bytes; at most " + LONGEST_FILE + " are read", "");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes((int) Math.min(expected + 1, Files.size(file)));
            if (content.length != expected || !Checksum.of(content).equals(sha256)) {
                throw PatchlensException.badData(
                        file.toString(), "is not what was written", "Remove the result and run the analysis again.");
            }
            return content;
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        }
    }
}
