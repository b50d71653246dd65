package org.patchlens.server.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.patchlens.PatchlensException;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultStore;

/// A study that is served.
///
/// @param id how requests name it: 12 hexadecimal digits that follow from what the study holds, so that an address
///     never shows something else than it did before
/// @param name of its folder
/// @param study that is read
/// @param results that it keeps
/// @param spaces what was measured of its layers
/// @param model that made it, where it is at hand
/// @param promised names of results that jobs will be kept under
/// @param bytes of all its files when it was opened
public record OpenStudy(
        String id,
        String name,
        Study study,
        ResultStore results,
        LayerSpaces spaces,
        ModelRuns model,
        Set<ResultName> promised,
        long bytes) {
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
                new LayerSpaces(study),
                new ModelRuns(study),
                ConcurrentHashMap.newKeySet(),
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
        return new OpenStudy(newId, name, study, results, spaces, model, promised, bytes);
    }

    /// Whether a job will keep its result under this name.
    public boolean isPromised(ResultName result) {
        return promised.contains(result);
    }

    /// Keeps a name for a job.
    ///
    /// @throws PatchlensException if another job has it
    public void promise(ResultName result) {
        if (!promised.add(result)) {
            throw PatchlensException.usage("result " + result, "is being made by another job", "Give another name.");
        }
    }

    /// Gives a name back.
    public void release(ResultName result) {
        promised.remove(result);
    }
}
