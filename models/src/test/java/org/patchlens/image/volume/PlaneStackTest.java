package org.patchlens.image.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.patchlens.PatchlensException;
import org.patchlens.image.PixelImage;

class PlaneStackTest {
    private static final Extent EXTENT = new Extent(2, 3, 4);

    @Test
    void everyPlaneIsThatOfTheWholeBlock() {
        StoredVoxels whole = new VolumeTest.Numbered(EXTENT);
        try (PlaneStack stack = new PlaneStack("series", EXTENT, index -> whole.plane(2, index))) {
            for (int axis = 0; axis < 3; axis++) {
                for (int index = 0; index < EXTENT.along(axis); index++) {
                    PixelImage plane = stack.plane(axis, index);
                    assertThat(plane.width()).isEqualTo(whole.plane(axis, index).width());
                    assertThat(plane.floats())
                            .isEqualTo(whole.plane(axis, index).floats());
                    assertThat(plane.white()).isEqualTo(999);
                }
            }
        }
    }

    @Test
    void aPictureOfAnotherSizeIsRefused() {
        PixelImage square = PixelImage.ofFloats(2, 2, 1, new float[4], 0, 1);
        try (PlaneStack stack = new PlaneStack("series", EXTENT, index -> square)) {
            assertThatThrownBy(() -> stack.plane(2, 1))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("picture 1 of the stack has 2 x 2 pixels");
            assertThatThrownBy(() -> stack.plane(0, 0)).isInstanceOf(PatchlensException.class);
        }
    }
}
