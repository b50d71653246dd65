package org.patchlens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.model.safetensors.RandomWeights;
import org.patchlens.study.disk.DurableFiles;

/// The model that is extracted with: the user's, or a random one of its shape in a temporary folder that lasts
/// until the work is done.
///
/// @param folder of the model
/// @param temporary what is deleted at the end
record RandomModel(Path folder, Optional<Path> temporary) implements AutoCloseable {
    /// @param seed of the random weights, if any are wanted
    static RandomModel of(Path model, Optional<Long> seed) {
        if (seed.isEmpty()) {
            return new RandomModel(model, Optional.empty());
        }
        try {
            Path parent = Files.createTempDirectory("patchlens-random");
            return new RandomModel(RandomWeights.write(model, seed.get(), parent), Optional.of(parent));
        } catch (IOException e) {
            throw PatchlensException.badData("--random-weights", "cannot be written: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        temporary.ifPresent(parent -> {
            try {
                DurableFiles.delete(parent);
            } catch (IOException e) {
                throw PatchlensException.badData(parent.toString(), "cannot be deleted: " + e.getMessage(), "")
                        .causedBy(e);
            }
        });
    }
}
