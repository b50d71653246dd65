package org.patchlens.image.nifti;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.patchlens.Shared;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The NIfTI files of the shared data with what nibabel says about them.
final class NiftiCorpus {
    private NiftiCorpus() {}

    /// One file of the manifest.
    ///
    /// @param name as in the manifest
    /// @param expected what should become of it, such as `good` or `error`
    record Entry(String name, String expected) {
        Path path() {
            return Shared.path("data/nifti/" + name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Entry> entries() {
        Path manifest = Shared.path("data/nifti/MANIFEST.csv");
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(manifest);
                Stream<NamedCsvRecord> stream = rows.stream()) {
            return stream.map(row -> new Entry(row.getField("file"), row.getField("expected")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What nibabel read, per file.
    static JsonNode expected() {
        return JsonMapper.shared()
                .readTree(Shared.path("data/nifti/expected.json").toFile());
    }

    /// A golden file of `tools/reference/nifti_slices.py`.
    static JsonNode golden(String name) {
        try (InputStream stream =
                Objects.requireNonNull(NiftiCorpus.class.getResourceAsStream("/nifti/" + name), name)) {
            return JsonMapper.shared().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
