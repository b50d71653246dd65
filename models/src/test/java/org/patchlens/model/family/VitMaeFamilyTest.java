package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;

/// Oracle: `tools/reference/vit_families.py`, transformers 5.23.0. The oracle runs with a mask ratio of 0 and
/// ascending noise.
class VitMaeFamilyTest implements ModelFamilyContract {
    @Override
    public Stream<Path> models() {
        return Stream.of("with-decoder").map(name -> Resources.path("vit_mae/" + name));
    }
}
