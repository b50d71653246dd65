package org.patchlens.image.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelSpacing;

class VolumeTest {
    /// A stored block whose voxel i, j, k has the value 100 i + 10 j + k.
    record Numbered(Extent extent) implements StoredVoxels {
        @Override
        public PixelImage plane(int axis, int index) {
            int columns = extent.along(axis == 0 ? 1 : 0);
            int rows = extent.along(axis == 2 ? 1 : 2);
            float[] samples = new float[columns * rows];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    samples[row * columns + column] = switch (axis) {
                        case 0 -> 100 * index + 10 * column + row;
                        case 1 -> 100 * column + 10 * index + row;
                        default -> 100 * column + 10 * row + index;
                    };
                }
            }
            return PixelImage.ofFloats(columns, rows, 1, samples, 0, 999);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    static Volume numbered(Affine affine) {
        return new Volume(
                new VolumeHeader("numbered", "test", new LinkedHashMap<>()), new Numbered(new Extent(2, 3, 4)), affine);
    }

    private static List<Float> samples(PixelImage image) {
        List<Float> samples = new ArrayList<>();
        for (float sample : image.floats()) {
            samples.add(sample);
        }
        return samples;
    }

    @Test
    void anAxialSliceHasTheFrontAtTheTopAndTheRightAtTheLeft() {
        PixelImage slice = numbered(Affine.diagonal(1, 1, 1)).slice(Plane.AXIAL, 3);

        assertThat(slice.width()).isEqualTo(2);
        assertThat(slice.height()).isEqualTo(3);
        assertThat(samples(slice)).containsExactly(123f, 23f, 113f, 13f, 103f, 3f);
    }

    @Test
    void aCoronalSliceHasTheHeadAtTheTopAndTheRightAtTheLeft() {
        PixelImage slice = numbered(Affine.diagonal(1, 1, 1)).slice(Plane.CORONAL, 2);

        assertThat(samples(slice)).containsExactly(123f, 23f, 122f, 22f, 121f, 21f, 120f, 20f);
    }

    @Test
    void aSagittalSliceHasTheHeadAtTheTopAndTheFrontAtTheLeft() {
        PixelImage slice = numbered(Affine.diagonal(1, 1, 1)).slice(Plane.SAGITTAL, 1);

        assertThat(samples(slice))
                .containsExactly(123f, 113f, 103f, 122f, 112f, 102f, 121f, 111f, 101f, 120f, 110f, 100f);
    }

    @Test
    void theStorageOrderDoesNotMatter() {
        // i runs to the feet, j to the left, k to the front.
        Affine stored = new Affine(0, -2, 0, 10, 0, 0, 3, 20, -4, 0, 0, 30);
        Volume volume = numbered(stored);

        assertThat(volume.order().code()).isEqualTo("ILA");
        assertThat(volume.extent()).isEqualTo(new Extent(3, 4, 2));
        // Axial slice 0 is the one nearest to the feet, i = 1; the front (k = 3) is on top, the right (j = 0)
        // left.
        assertThat(samples(volume.slice(Plane.AXIAL, 0)))
                .containsExactly(103f, 113f, 123f, 102f, 112f, 122f, 101f, 111f, 121f, 100f, 110f, 120f);
        assertThat(volume.pixelSpacing(Plane.AXIAL)).isEqualTo(new PixelSpacing(3, 2));
        assertThat(volume.sliceSpacing(Plane.AXIAL)).isEqualTo(4);
    }

    @Test
    void aSliceKnowsItsPositionInThePatient() {
        Volume volume = numbered(new Affine(0, -2, 0, 10, 0, 0, 3, 20, -4, 0, 0, 30));

        assertThat(volume.position(Plane.AXIAL, 0)).isEqualTo(26);
        assertThat(volume.position(Plane.AXIAL, 1)).isEqualTo(30);
        assertThat(volume.position(Plane.SAGITTAL, 0)).isEqualTo(6);
        assertThat(volume.position(Plane.CORONAL, 3)).isEqualTo(29);
    }

    @Test
    void anObliqueVolumeGoesToItsNearestAxes() {
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        Volume volume = numbered(new Affine(-2 * c, s, 0, 0, 2 * s, c, 0, 0, 0, 0, 5, 0));

        assertThat(volume.order().code()).isEqualTo("LAS");
        assertThat(volume.pixelSpacing(Plane.AXIAL).column()).isCloseTo(2, within(1e-12));
        assertThat(volume.pixelSpacing(Plane.AXIAL).row()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aThinVolumeIsCutWhereItIsAPicture() {
        assertThat(Plane.natural(new Extent(5, 6, 7))).isEqualTo(Plane.AXIAL);
        assertThat(Plane.natural(new Extent(5, 6, 1))).isEqualTo(Plane.AXIAL);
        assertThat(Plane.natural(new Extent(5, 1, 7))).isEqualTo(Plane.CORONAL);
        assertThat(Plane.natural(new Extent(1, 6, 7))).isEqualTo(Plane.SAGITTAL);
    }
}
