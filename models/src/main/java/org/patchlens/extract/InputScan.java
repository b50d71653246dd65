package org.patchlens.extract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.study.StudyInput;

/// Turns files into the list of inputs of a study: one per frame.
///
/// Headers alone are read. A file whose header is damaged becomes one input, which fails when its pixels are
/// wanted: the place
/// of every other input in the study does not depend on which files happen to be whole.
final class InputScan {
    private InputScan() {}

    /// Lists the frames of files.
    ///
    /// @param files by id, in the order of the ids
    /// @return the inputs in the same order, frames ascending
    static List<StudyInput> of(Map<String, Path> files, ImageLimits limits, Progress progress) {
        List<StudyInput> inputs = new ArrayList<>();
        long done = 0;
        for (Map.Entry<String, Path> file : files.entrySet()) {
            int frames = frames(file.getValue(), limits);
            for (int frame = 0; frame < frames; frame++) {
                String id = frames == 1 ? file.getKey() : file.getKey() + "#" + frame;
                inputs.add(new StudyInput(id, file.getValue().toString(), frame));
            }
            progress.report("find images", ++done, files.size());
        }
        return inputs;
    }

    /// The id of the file that an input belongs to, which is what metadata name.
    static String fileId(StudyInput input, Map<String, Path> files) {
        return files.containsKey(input.id())
                ? input.id()
                : input.id().substring(0, input.id().lastIndexOf('#'));
    }

    private static int frames(Path file, ImageLimits limits) {
        try (ImageFile image = ImageReaders.open(file, limits)) {
            return image.frames();
        } catch (PatchlensException e) {
            return switch (e.category()) {
                case BAD_DATA -> 1;
                case USAGE, GATE_FAILED, PARTIAL, INTERRUPTED -> throw e;
            };
        }
    }
}
