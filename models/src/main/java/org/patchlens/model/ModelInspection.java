package org.patchlens.model;

import java.nio.file.Path;
import java.util.List;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.VitArchitecture;

/// What a folder holds, for people.
///
/// @param folder that was looked at
/// @param description the model as studies know it
/// @param architecture its sizes
/// @param grid of patches at the trained size
/// @param tokens T at the trained size
/// @param files that hold the weights, links resolved
/// @param fileBytes their lengths together
/// @param ignoredTensors the names of tensors that the encoder does not need, such as those of a classifier
public record ModelInspection(
        Path folder,
        ModelDescription description,
        VitArchitecture architecture,
        PatchGrid grid,
        int tokens,
        List<Path> files,
        long fileBytes,
        List<String> ignoredTensors) {
    public ModelInspection {
        files = List.copyOf(files);
        ignoredTensors = List.copyOf(ignoredTensors);
    }
}
