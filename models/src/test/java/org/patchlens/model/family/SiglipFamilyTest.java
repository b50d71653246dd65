package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;

/// Oracle: `tools/reference/vit_families.py`, transformers 5.23.0. There is no CLS token.
class SiglipFamilyTest implements ModelFamilyContract {
    @Override
    public Stream<Path> models() {
        return Stream.of("tower", "both-towers").map(name -> Resources.path("siglip/" + name));
    }
}
