package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;

/// Oracle: `tools/reference/vit_families.py`, transformers 5.23.0. Positions are rotations of queries and keys.
class Dinov3FamilyTest implements ModelFamilyContract {
    @Override
    public Stream<Path> models() {
        return Stream.of("two-registers", "gated-few-biases").map(name -> Resources.path("dinov3_vit/" + name));
    }
}
