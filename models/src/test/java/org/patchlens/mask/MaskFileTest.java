package org.patchlens.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.nifti.NiftiReader;
import org.patchlens.image.nifti.VolumeChoice;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SlicedVolume;

class MaskFileTest {
    @TempDir
    private Path folder;

    private Path png(BufferedImage image) throws IOException {
        Path file = folder.resolve("mask.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /// A volume of 3 x 2 x 2 voxels at 1 mm, moved along the first axis.
    private Path nifti(String name, double right, float... voxels) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(352 + 4 * voxels.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 348).put(344, "n+1\0".getBytes(StandardCharsets.ISO_8859_1));
        short[] dim = {3, 3, 2, (short) (voxels.length / 6)};
        for (int i = 0; i < dim.length; i++) {
            file.putShort(40 + 2 * i, dim[i]);
            file.putFloat(76 + 4 * i, 1);
            file.putFloat(280 + 20 * i, 1);
        }
        file.putShort(70, (short) 16)
                .putFloat(108, 352)
                .putShort(254, (short) 1)
                .putFloat(292, (float) right);
        file.position(352);
        for (float voxel : voxels) {
            file.putFloat(voxel);
        }
        return Files.write(folder.resolve(name), file.array());
    }

    private static LabelMap read(Path file, int width, int height) {
        try (MaskFile mask = MaskFile.open(file, ImageLimits.DEFAULT)) {
            return mask.labels(width, height);
        }
    }

    @Test
    void theIndicesOfAPaletteAreLabels() throws IOException {
        byte[] colours = {0, 17, 99, (byte) 255};
        IndexColorModel palette = new IndexColorModel(2, 4, colours, colours, colours);
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setPixels(0, 0, 2, 2, new int[] {3, 0, 1, 2});

        LabelMap mask = read(png(image), 2, 2);

        assertThat(mask.label(0, 0)).isEqualTo(3);
        assertThat(mask.label(1, 1)).isEqualTo(2);
        assertThat(mask.values()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyLevelsAreLabelsAsTheyAreStored(int type) throws IOException {
        BufferedImage image = new BufferedImage(3, 1, type);
        image.getRaster().setSample(1, 0, 0, 1);

        assertThat(read(png(image), 3, 1).values()).containsExactly(1);
    }

    @Test
    void aMaskInColoursIsRefusedUnlessTheyAreGrey() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 0, 0x050505);
        assertThat(read(png(image), 2, 1).values()).containsExactly(5);

        image.setRGB(1, 0, 0x050506);
        Path file = png(image);
        assertThatThrownBy(() -> read(file, 2, 1))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("in colours");
    }

    @Test
    void aMaskMayBeCoarserThanItsImageButNotOfAnotherShape() throws IOException {
        Path file = png(new BufferedImage(20, 15, BufferedImage.TYPE_BYTE_GRAY));

        assertThat(read(file, 400, 300).width()).isEqualTo(20);
        assertThat(read(file, 399, 301).width()).isEqualTo(20);
        assertThatThrownBy(() -> read(file, 300, 400))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("20 x 15 pixels, its image has 300 x 400");
    }

    @Test
    void aVolumeOfLabelsFollowsTheSlicesOfItsImage() throws IOException {
        Path image = nifti("image.nii", 0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21);
        Path mask = nifti("mask.nii", 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        SliceOptions options = SliceOptions.DEFAULT.withPlane(Plane.CORONAL);
        try (SlicedVolume slices = new NiftiReader().open(image, ImageLimits.DEFAULT, VolumeChoice.FIRST, options);
                MaskFile labels = MaskFile.open(mask, ImageLimits.DEFAULT)) {
            for (int frame = 0; frame < slices.frames(); frame++) {
                LabelMap map = labels.labels(slices, frame);
                for (int x = 0; x < map.width(); x++) {
                    assertThat(map.label(x, 1))
                            .isEqualTo((int) slices.read(frame).sample(x, 1, 0) - 10);
                }
            }
        }
    }

    @Test
    void aMaskThatLiesElsewhereIsRefused() throws IOException {
        Path image = nifti("image.nii", 0, new float[12]);
        Path moved = nifti("moved.nii", 0.6, new float[12]);
        Path flat = nifti("flat.nii", 0, new float[6]);
        try (SlicedVolume slices = (SlicedVolume) new NiftiReader().open(image, ImageLimits.DEFAULT);
                MaskFile elsewhere = MaskFile.open(moved, ImageLimits.DEFAULT);
                MaskFile other = MaskFile.open(flat, ImageLimits.DEFAULT)) {
            assertThatThrownBy(() -> elsewhere.labels(slices, 0))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("lies 0.6000 mm away");
            assertThatThrownBy(() -> other.labels(slices, 0))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("3 x 2 x 1 voxels");
            assertThat(other.labels(3, 2).values()).isEmpty();
            assertThatThrownBy(() -> elsewhere.labels(3, 2))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("single picture");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.5f, -1, 65536, Float.NaN})
    void whatIsNoLabelIsRefused(float value) throws IOException {
        Path file = nifti("mask.nii", 0, value, 0, 0, 0, 0, 0);

        assertThatThrownBy(() -> read(file, 3, 2))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("labels are whole numbers");
    }

    @Test
    void aMaskOfAnUnknownKindIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("mask.bmp"), "BM");

        assertThatThrownBy(() -> MaskFile.open(file, ImageLimits.DEFAULT)).hasMessageContaining("no known kind");
        assertThatThrownBy(() -> MaskFile.open(folder.resolve("absent.png"), ImageLimits.DEFAULT))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("no such mask");
    }
}
