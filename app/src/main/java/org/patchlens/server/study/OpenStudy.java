package org.patchlens.server.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.result.ResultStore;

/// A study that is served.
///
/// @param id how requests name it: 12 hexadecimal digits that follow from what the study holds, so that an address
///     never shows something else than it did before
/// @param name of its folder
/// @param study that is read
/// @param results that it keeps
/// @param rows of its patches, scaled to length 1
/// @param bytes of all its files when it was opened
public record OpenStudy(String id, String name, Study study, ResultStore results, PatchRows rows, long bytes) {
    private static final int DIGITS = 12;

    static OpenStudy open(Path folder) {
        Study study = Study.open(folder);
        Path whole = folder.toAbsolutePath().normalize();
        Path name = whole.getFileName();
        return new OpenStudy(
                identity(study),
                name == null ? whole.toString() : name.toString(),
                study,
                new ResultStore(study.folder()),
                new PatchRows(study),
                study.bytes());
    }

    private static String identity(Study study) {
        StringBuilder content = new StringBuilder(manifest(study.folder().resolve("study.json")));
        for (StudyImage image : study.images()) {
            content.append(image.id()).append(' ').append(image.sha256()).append('\n');
        }
        return Checksum.of(content.toString().getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    private static String manifest(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        }
    }

    OpenStudy called(String newId) {
        return new OpenStudy(newId, name, study, results, rows, bytes);
    }
}
