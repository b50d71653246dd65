package org.patchlens.image.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelSpacing;
import org.patchlens.image.PixelUnit;

class SlicedVolumeTest {
    /// Slice k of n holds k * 10 % of matter (water) in air.
    private record Filling(PixelUnit unit, float air, float water) implements StoredVoxels {
        @Override
        public Extent extent() {
            return new Extent(10, 10, 5);
        }

        @Override
        public PixelImage plane(int axis, int index) {
            float[] samples = new float[100];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = i < index * 10 ? water : air;
            }
            return PixelImage.ofFloats(10, 10, 1, samples, air, water).withUnit(unit);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static SlicedVolume filling(PixelUnit unit, float air, float water, SliceOptions options) {
        Volume volume = new Volume(
                new VolumeHeader("chest", "test", new LinkedHashMap<>()),
                new Filling(unit, air, water),
                Affine.diagonal(1, 1, 5));
        return new SlicedVolume(volume, options, ImageLimits.DEFAULT);
    }

    private static SlicedVolume numbered(SliceOptions options) {
        return new SlicedVolume(VolumeTest.numbered(Affine.diagonal(2, 1, 5)), options, ImageLimits.DEFAULT);
    }

    @Test
    void eachChosenSliceIsAFrameThatKnowsItsPlace() {
        SlicedVolume slices =
                numbered(SliceOptions.DEFAULT.withPlane(Plane.CORONAL).withSelection(new SliceSelection.Every(2)));

        assertThat(slices.frames()).isEqualTo(2);
        assertThat(slices.slice(1)).isEqualTo(new Slice("numbered", Plane.CORONAL, 2, 2, new PixelSpacing(5, 2)));
        assertThat(slices.read(1).sample(0, 0, 0)).isEqualTo(123);
        assertThat(slices.metadata()).containsEntry("plane", "coronal").containsEntry("slices", "3");
    }

    @Test
    void pixelsThatAreNotSquareAreWarnedOf() {
        assertThat(numbered(SliceOptions.DEFAULT).warnings())
                .containsExactly(
                        "[numbered] the axial slices have pixels of 1.000 x 2.000 mm, so their patches are not "
                                + "square in the body. Use --resample for square pixels.");
        assertThat(numbered(SliceOptions.DEFAULT.resampled()).warnings()).isEmpty();
    }

    @Test
    void resamplingMakesSquarePixelsAtTheFinerSpacing() {
        SlicedVolume slices = numbered(SliceOptions.DEFAULT.resampled());
        PixelImage slice = slices.read(0);

        assertThat(slice.width()).isEqualTo(4);
        assertThat(slice.height()).isEqualTo(3);
        assertThat(slice.spacing()).contains(new PixelSpacing(1, 1));
        assertThat(slices.slice(0).spacing()).isEqualTo(new PixelSpacing(1, 1));
        // Columns 100 and 0 of row j = 2, whose centres lie at 0.5 and 2.5 of the four new pixels.
        assertThat(slice.sample(0, 0, 0)).isEqualTo(120);
        assertThat(slice.sample(1, 0, 0)).isCloseTo(95, within(1e-4f));
        assertThat(slice.sample(2, 0, 0)).isCloseTo(45, within(1e-4f));
        assertThat(slice.sample(3, 0, 0)).isEqualTo(20);
    }

    @Test
    void slicesOfAirAreLeftOutOnRequest() {
        assertThat(filling(PixelUnit.HOUNSFIELD, -1000, 0, SliceOptions.DEFAULT).frames())
                .isEqualTo(5);
        SlicedVolume matter = filling(PixelUnit.HOUNSFIELD, -1000, 0, SliceOptions.DEFAULT.skippingAir());
        assertThat(matter.frames()).isEqualTo(4);
        assertThat(matter.slice(0).index()).isEqualTo(1);
    }

    @Test
    void airIsRelativeWhereTheUnitIsUnknown() {
        assertThat(filling(PixelUnit.UNSTATED, 20, 400, SliceOptions.DEFAULT.skippingAir())
                        .frames())
                .isEqualTo(4);
    }

    @Test
    void aVolumeOfNothingButAirIsRefused() {
        SliceOptions first = SliceOptions.DEFAULT.skippingAir().withSelection(new SliceSelection.Range(0, 0));

        assertThatThrownBy(() -> filling(PixelUnit.HOUNSFIELD, -1000, 0, first))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[chest] every chosen slice shows nothing but air. Leave out --skip-air to keep them.");
    }

    @Test
    void aRangeBeyondTheVolumeIsRefused() {
        assertThatThrownBy(() -> numbered(SliceOptions.DEFAULT.withSelection(new SliceSelection.Range(4, 9))))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[--slices range:4-9] numbered has 4 axial slices, counted from 0.");
    }

    @Test
    void aResampledSliceBeyondTheLimitIsRefusedBeforeItIsMade() {
        Volume needle = VolumeTest.numbered(Affine.diagonal(1, 1e8, 1));

        assertThatThrownBy(() -> new SlicedVolume(needle, SliceOptions.DEFAULT.resampled(), ImageLimits.DEFAULT))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("600000000 pixels")
                .hasMessageContaining("--max-pixels");
    }

    @Test
    void provenanceNamesTheOptions() {
        assertThat(SliceOptions.DEFAULT.canonicalText()).isEqualTo("plane=natural slices=all");
        assertThat(SliceOptions.DEFAULT
                        .withPlane(Plane.SAGITTAL)
                        .withSelection(new SliceSelection.Every(4))
                        .skippingAir()
                        .resampled()
                        .canonicalText())
                .isEqualTo("plane=sagittal slices=every:4 skip-air resample");
    }
}
