package org.patchlens.cli;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.study.FailedInput;
import org.patchlens.study.Study;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.VerifyReport;
import org.patchlens.study.metadata.MetadataColumn;

/// What is told of a study.
///
/// @param folder where it lies
/// @param complete whether its extraction came to the end
/// @param images N
/// @param bytes of all files
/// @param manifest what the study is
/// @param columns the user's metadata
/// @param failures inputs that could not be read
/// @param verified whether every byte was read
/// @param problems what reading every byte found, one sentence each
record StudyReport(
        String folder,
        boolean complete,
        int images,
        long bytes,
        StudyManifest manifest,
        List<Column> columns,
        List<FailedInput> failures,
        boolean verified,
        List<String> problems) {
    private static final int MOST_VALUES = 6;
    private static final int MOST_FAILURES = 10;

    /// A column of metadata.
    ///
    /// @param name of it
    /// @param missing how many images have no value
    /// @param values how often each value occurs, in ascending order of the values
    record Column(String name, int missing, SequencedMap<String, Integer> values) {}

    /// Asks a study.
    ///
    /// @param verify whether to read every byte
    static StudyReport of(Study study, boolean verify) {
        VerifyReport verified = verify ? study.verify() : new VerifyReport(0, 0, List.of());
        return new StudyReport(
                study.folder().toString(),
                study.isComplete(),
                study.images().size(),
                study.bytes(),
                study.manifest(),
                study.metadata().columns().stream().map(StudyReport::column).toList(),
                study.failures(),
                verify,
                verified.problems());
    }

    private static Column column(MetadataColumn column) {
        return new Column(column.name(), column.missing(), column.counts());
    }

    /// For reading on a terminal.
    String text() {
        ModelDescription model = manifest.model();
        Fields fields = new Fields()
                .add("study", folder + (complete ? "" : " (not complete: run the same extract command again)"))
                .add(
                        "images",
                        images + (failures.isEmpty() ? "" : ", and " + failures.size() + " that could not be read"))
                .add("size", ByteSize.of(bytes) + (verified && problems.isEmpty() ? ", every checksum verified" : ""))
                .add("model", model.name() + " (" + model.family() + ")")
                .add("sha256", model.sha256())
                .add(
                        "shape",
                        model.layers() + " layers, " + model.heads() + " heads, " + model.dimensions()
                                + " dimensions, patch size " + model.patchSize())
                .add(
                        "input",
                        manifest.inputWidth() + " x " + manifest.inputHeight() + " pixels, grid of " + manifest.grid()
                                + " patches" + specialTokens())
                .add("preprocessing", manifest.provenance().preprocessing())
                .add("layers", manifest.layers().stream().map(Layer::toString).collect(Collectors.joining(", ")))
                .add("dtype", Choices.word(manifest.dtype()))
                .add("attention", Choices.word(manifest.attention()))
                .add(
                        "made by",
                        "patchlens " + manifest.provenance().version() + ", Java "
                                + manifest.provenance().javaVersion() + ", "
                                + manifest.provenance().platform());
        return fields.text() + metadata() + failed();
    }

    private String specialTokens() {
        List<SpecialToken> prefix = manifest.layout().prefix();
        return prefix.isEmpty()
                ? ""
                : " after " + prefix.stream().map(Choices::word).collect(Collectors.joining(", "));
    }

    private String metadata() {
        if (columns.isEmpty()) {
            return "";
        }
        Fields fields = new Fields();
        for (Column column : columns) {
            fields.add("  " + column.name(), describe(column));
        }
        return "\nmetadata\n" + fields.text();
    }

    private static String describe(Column column) {
        String missing = column.missing() == 0 ? "" : ", missing in " + column.missing();
        if (column.values().size() > MOST_VALUES) {
            return column.values().size() + " values, from "
                    + column.values().firstEntry().getKey() + " to "
                    + column.values().lastEntry().getKey() + missing;
        }
        return column.values().entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", "))
                + missing;
    }

    private String failed() {
        if (failures.isEmpty()) {
            return "";
        }
        Fields fields = new Fields();
        failures.stream()
                .limit(MOST_FAILURES)
                .forEach(failure -> fields.add("  " + failure.input().id(), failure.reason()));
        String more = failures.size() > MOST_FAILURES ? "  and " + (failures.size() - MOST_FAILURES) + " more\n" : "";
        return "\ncould not be read\n" + fields.text() + more;
    }
}
