package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;

/// Oracle: `tools/reference/vit_families.py`, transformers 5.23.0. The configuration takes the biases of query,
/// key and value away.
class VitMsnFamilyTest implements ModelFamilyContract {
    @Override
    public Stream<Path> models() {
        return Stream.of("plain").map(name -> Resources.path("vit_msn/" + name));
    }
}
