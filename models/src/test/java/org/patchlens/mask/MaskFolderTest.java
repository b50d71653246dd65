package org.patchlens.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;

class MaskFolderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("masks/sub"));
        Files.writeString(folder.resolve("masks/a.png"), "");
        Files.writeString(folder.resolve("masks/volume.nii.gz"), "");
        Files.writeString(folder.resolve("masks/sub/b.nii"), "");
        Files.writeString(folder.resolve("secret.png"), "");
    }

    private MaskFolder masks() {
        return new MaskFolder(folder.resolve("masks"));
    }

    @Test
    void aMaskHasTheNameOfItsImage() {
        assertThat(masks().find("a.jpg")).contains(folder.resolve("masks/a.png"));
        assertThat(masks().find("sub/b.dcm")).contains(folder.resolve("masks/sub/b.nii"));
        assertThat(masks().find("b.dcm")).isEmpty();
    }

    @Test
    void theFoldersOfTheImageMayBeLeftOut() {
        assertThat(masks().find("site/day/a.jpg")).contains(folder.resolve("masks/a.png"));
    }

    @Test
    void theSlicesOfAVolumeShareItsMask() {
        assertThat(masks().find("volume.nii.gz#17")).contains(folder.resolve("masks/volume.nii.gz"));
        assertThat(masks().find("volume.nii")).contains(folder.resolve("masks/volume.nii.gz"));
    }

    @Test
    void theTableMayNameTheMask() {
        assertThat(masks().named("sub/b.nii")).contains(folder.resolve("masks/sub/b.nii"));
        assertThat(masks().named(" ")).isEmpty();
        assertThatThrownBy(() -> masks().named("c.png"))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[c.png] there is no such mask");
    }

    @Test
    void nothingOutsideTheFolderIsAMask() {
        assertThat(masks().find("../secret.jpg")).isEmpty();
        assertThatThrownBy(() -> masks().named("../secret.png")).isInstanceOf(PatchlensException.class);
        assertThatThrownBy(() -> masks().named(folder.resolve("secret.png").toString()))
                .isInstanceOf(PatchlensException.class);
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> new MaskFolder(folder.resolve("absent")))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("there is no such folder");
    }
}
