package org.patchlens.study.result;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A result that lies in a study, as its `saved.json` tells of it.
///
/// @param name of it
/// @param options of the analysis, an object
/// @param provenance where it comes from, an object
/// @param ofThisStudy whether the study is still what the result was made of
/// @param created when it was saved, as the file system remembers it
/// @param texts its JSON files
/// @param arrays its arrays
/// @param folder where it lies
public record SavedResult(
        ResultName name,
        JsonNode options,
        JsonNode provenance,
        boolean ofThisStudy,
        Instant created,
        List<TextFile> texts,
        List<ArrayFile> arrays,
        Path folder) {
    public SavedResult {
        texts = List.copyOf(texts);
        arrays = List.copyOf(arrays);
    }

    /// A JSON file.
    ///
    /// @param name of the file, without `.json`
    /// @param bytes of it
    /// @param sha256 of it
    public record TextFile(String name, long bytes, String sha256) {}

    /// A file that holds an array.
    ///
    /// @param name of the array; the file has `.npy` after it
    /// @param type of a number
    /// @param shape of the array
    /// @param bytes of the file
    /// @param sha256 of the file
    public record ArrayFile(String name, NumberArray.Type type, List<Integer> shape, long bytes, String sha256) {
        public ArrayFile {
            shape = List.copyOf(shape);
        }
    }

    /// The bytes of all its files but `saved.json`.
    public long bytes() {
        return texts.stream().mapToLong(TextFile::bytes).sum()
                + arrays.stream().mapToLong(ArrayFile::bytes).sum();
    }
}
