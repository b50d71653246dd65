package org.patchlens.image.raster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.image.PixelImage;

/// The eight orientations of the EXIF standard, on a picture of three columns and two rows.
class OrientationTest {
    private static final PixelImage PICTURE = PixelImage.ofBytes(3, 2, 1, "abcdef".getBytes(StandardCharsets.US_ASCII));

    @ParameterizedTest
    @CsvSource({
        "1, 3, abcdef", "2, 3, cbafed", "3, 3, fedcba", "4, 3, defabc",
        "5, 2, adbecf", "6, 2, daebfc", "7, 2, fcebda", "8, 2, cfbead"
    })
    void aPictureIsTurnedUpright(int tag, int width, String upright) {
        PixelImage turned = Orientation.ofTag(tag).apply(PICTURE);
        assertThat(turned.width()).isEqualTo(width);
        assertThat(new String(turned.bytes(), StandardCharsets.US_ASCII)).isEqualTo(upright);
    }

    @Test
    void deepAndColouredPicturesAreTurnedLikeGreyOnes() {
        PixelImage deep =
                PixelImage.ofShorts(2, 1, 3, new short[] {1, 2, 3, 4, 5, 6}).shownBetween(1, 6);
        PixelImage turned = Orientation.ofTag(8).apply(deep);
        assertThat(turned.shorts()).containsExactly(4, 5, 6, 1, 2, 3);
        assertThat(turned.white()).isEqualTo(6);
        PixelImage floats = PixelImage.ofFloats(2, 1, 1, new float[] {1, 2}, 2, 1);
        assertThat(Orientation.ofTag(2).apply(floats).floats()).containsExactly(2, 1);
        assertThat(Orientation.ofTag(2).apply(floats).black()).isEqualTo(2);
    }

    @Test
    void aTagThatMeansNothingLeavesThePictureAlone() {
        assertThat(Orientation.ofTag(0)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.ofTag(9)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.ofExif(new byte[] {'I', 'I', '*', 0})).isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void anXmpPacketMayNameItInEitherNotation() {
        assertThat(Orientation.ofXmp("tiff:Orientation=\"6\"".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Orientation(6));
        assertThat(Orientation.ofXmp("<tiff:Orientation>3</tiff:Orientation>".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Orientation(3));
    }
}
