package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;

/// Oracle: `tools/reference/vit_families.py`, timm's own classes: query, key and value lie in one tensor of 32 or
/// 16 bits, which is cut without a copy.
class TimmNamesTest implements ModelFamilyContract {
    @Override
    public Stream<Path> models() {
        return Stream.of("cls-classifier", "distilled-bfloat", "patches-only-half")
                .map(name -> Resources.path("timm/" + name));
    }
}
