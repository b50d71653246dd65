package org.patchlens.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;
import org.patchlens.model.VitModel;

/// Oracle: `tools/reference/vit_families.py`, transformers 5.23.0, whose input is packed patches of one shape.
class Siglip2FamilyTest implements ModelFamilyContract {
    @TempDir
    private Path folder;

    @Override
    public Stream<Path> models() {
        return Stream.of("tower", "both-towers").map(name -> Resources.path("siglip2/" + name));
    }

    @Test
    void aNumberOfPatchesThatIsNoSquareIsRefused() throws IOException {
        String text = Files.readString(Resources.path("siglip2/tower/config.json"));
        Path config = Files.writeString(
                folder.resolve("config.json"), text.replace("\"num_patches\": 25", "\"num_patches\": 26"));
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + config + "] num_patches is 26, and the patches of a square are a square number.");
    }
}
