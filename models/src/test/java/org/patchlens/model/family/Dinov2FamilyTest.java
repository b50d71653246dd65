package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;

/// Oracle: `tools/reference/vit_families.py`, transformers 5.23.0. Names of the original code are given to the
/// same states.
class Dinov2FamilyTest implements ModelFamilyContract {
    @Override
    public Stream<Path> models() {
        return Stream.of("plain", "classifier-gated-no-bias", "names-original", "names-original-gated")
                .map(name -> Resources.path("dinov2/" + name));
    }
}
