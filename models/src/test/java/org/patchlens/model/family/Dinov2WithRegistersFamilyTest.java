package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;

/// Oracle: `tools/reference/vit_families.py`, transformers 5.23.0. Positions at other sizes are interpolated with
/// antialiasing.
class Dinov2WithRegistersFamilyTest implements ModelFamilyContract {
    @Override
    public Stream<Path> models() {
        return Stream.of("three", "one-gated").map(name -> Resources.path("dinov2_with_registers/" + name));
    }
}
