package org.patchlens.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.image.PixelImage;
import org.patchlens.tensor.FloatMatrix;

class PreprocessingTest {
    @TempDir
    Path folder;

    @Test
    void aModelsFolderIsReadLikeItsFile() throws IOException {
        Preprocessing preprocessing = read("{\"image_processor_type\": \"ViTImageProcessor\"}");
        assertThat(Preprocessing.read(folder)).isEqualTo(preprocessing);
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheClass() throws IOException {
        assertThat(read("{\"image_processor_type\": \"BitImageProcessor\"}").describe())
                .isEqualTo("BitImageProcessor as torchvision: resize shortest edge 224 bicubic, crop 224x224, rescale"
                        + " 0.00392156862745098, mean 0.48145466 0.4578275 0.40821073,"
                        + " std 0.26862954 0.26130258 0.27577711");
    }

    @Test
    void oneNumberIsASquareOrAShortestEdgeAsTheClassHasIt() throws IOException {
        assertThat(read("{\"image_processor_type\": \"ViTImageProcessor\", \"size\": 384}")
                        .inputWidth())
                .isEqualTo(384);
        assertThat(read("{\"feature_extractor_type\": \"CLIPFeatureExtractor\", \"size\": 256, \"crop_size\": 224}")
                        .resize())
                .isEqualTo(new ResizeRule.ShortestEdge(256));
    }

    /// As the processor of transformers 5.23.0 prepares a square image: 256 patches of 16 pixels by default.
    @Test
    void aNumberOfPatchesIsTheLargestSquareOfThem() throws IOException {
        assertThat(read("{\"image_processor_type\": \"Siglip2ImageProcessor\"}").describe())
                .isEqualTo(read("{\"image_processor_type\": \"Siglip2ImageProcessor\", \"max_num_patches\": 256,"
                                + " \"patch_size\": 16}")
                        .describe())
                .startsWith("Siglip2ImageProcessor as torchvision: resize 256x256 bilinear, crop none");
        assertThat(read("{\"image_processor_type\": \"Siglip2ImageProcessor\", \"max_num_patches\": 26,"
                                + " \"patch_size\": 14}")
                        .inputHeight())
                .isEqualTo(70);
    }

    @Test
    void sizesThatAreNullCountAsLeftOut() throws IOException {
        assertThat(read("{\"image_processor_type\": \"CLIPImageProcessor\","
                                + " \"size\": {\"shortest_edge\": 256, \"longest_edge\": null}}")
                        .resize())
                .isEqualTo(new ResizeRule.ShortestEdge(256));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{",
                "{\"image_processor_type\": \"OtherImageProcessor\"}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"size\": {\"height\": 0, \"width\": 224}}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"size\": {\"height\": 1e9, \"width\": 224}}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"size\": {\"longest_edge\": 224}}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"resample\": 9}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"image_std\": [0.5, 0, 0.5]}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"image_mean\": [0.5, 0.5]}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"do_pad\": true}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"do_resize\": \"yes\"}",
                "{\"image_processor_type\": \"ViTImageProcessor\", \"rescale_factor\": -1}",
                "{\"image_processor_type\": \"CLIPImageProcessor\", \"do_center_crop\": false}",
                "{\"image_processor_type\": \"Siglip2ImageProcessor\", \"max_num_patches\": 0}",
                "{\"image_processor_type\": \"Siglip2ImageProcessor\", \"max_num_patches\": 16384,"
                        + " \"patch_size\": 16384}"
            })
    void whatCannotBeMeantIsOneSentence(String json) {
        assertThatExceptionOfType(PatchlensException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining("preprocessor_config.json")
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
                .satisfies(e -> assertThat(e.category()).isEqualTo(PatchlensException.Category.BAD_DATA));
    }

    @Test
    void anUnknownProcessorIsToldTheKnownOnes() {
        assertThatExceptionOfType(PatchlensException.class)
                .isThrownBy(() -> read("{\"image_processor_type\": \"OtherImageProcessor\"}"))
                .withMessageContaining("OtherImageProcessor")
                .withMessageContaining("DINOv3ViTImageProcessor");
    }

    @Test
    void anotherSizeShowsTheSamePartOfTheImage() throws IOException {
        Preprocessing small = read("{\"image_processor_type\": \"BitImageProcessor\","
                + " \"size\": {\"shortest_edge\": 256}, \"crop_size\": {\"height\": 224, \"width\": 224}}");
        Preprocessing large = small.withSize(448, 448);
        assertThat(large.resize()).isEqualTo(new ResizeRule.ShortestEdge(512));
        Geometry before = small.geometry(479, 512);
        Geometry after = large.geometry(479, 512);
        assertThat(after.sourceX(0)).isCloseTo(before.sourceX(0), within(1.5));
        assertThat(after.sourceX(448)).isCloseTo(before.sourceX(224), within(1.5));
    }

    @Test
    void aFixedSizeIsReplacedByAnother() throws IOException {
        Preprocessing preprocessing =
                read("{\"image_processor_type\": \"ViTImageProcessor\"}").withSize(448, 320);
        assertThat(preprocessing.inputHeight()).isEqualTo(448);
        assertThat(preprocessing.inputWidth()).isEqualTo(320);
    }

    @Test
    void greyBecomesThreeChannelsWithTheirOwnMean() throws IOException {
        Preprocessing preprocessing =
                read("{\"image_processor_type\": \"ViTImageProcessor\", \"size\": {\"height\": 2, \"width\": 2},"
                        + " \"image_mean\": [0, 0.5, 1], \"image_std\": [1, 1, 1]}");
        FloatMatrix target = FloatMatrix.zeros(1, 12);
        Preprocessed result =
                preprocessing.apply(PixelImage.ofBytes(2, 2, 1, new byte[] {0, 51, 102, (byte) 255}), target);
        assertThat(result.view().channels()).isEqualTo(1);
        assertThat(target.rowToArray(0))
                .containsExactly(
                        new float[] {0, 0.2f, 0.4f, 1, -0.5f, -0.3f, -0.1f, 0.5f, -1, -0.8f, -0.6f, 0}, within(1e-6f));
    }

    @Test
    void sixteenBitsAreShownBetweenBlackAndWhiteWithoutRounding() throws IOException {
        Preprocessing preprocessing =
                read("{\"image_processor_type\": \"ViTImageProcessor\", \"size\": {\"height\": 1, \"width\": 3},"
                        + " \"do_normalize\": false}");
        PixelImage image = PixelImage.ofShorts(3, 1, 1, new short[] {1000, 1001, (short) 40000})
                .shownBetween(1000, 2000);
        FloatMatrix target = FloatMatrix.zeros(1, 9);
        Preprocessed result = preprocessing.apply(image, target);
        assertThat(target.get(0, 0)).isZero();
        assertThat(target.get(0, 1)).isEqualTo(0.001f, within(1e-7f));
        assertThat(target.get(0, 2)).isEqualTo(1);
        assertThat(result.view().bytes()).containsExactly(0, 0, 255);
    }

    @Test
    void anInvertedWindowShowsSmallValuesBright() throws IOException {
        Preprocessing preprocessing =
                read("{\"image_processor_type\": \"ViTImageProcessor\", \"size\": {\"height\": 1, \"width\": 3}}");
        PixelImage image = PixelImage.ofFloats(3, 1, 1, new float[] {-1000, Float.NaN, 400}, 400, -1000);
        assertThat(preprocessing.apply(image, FloatMatrix.zeros(1, 9)).view().bytes())
                .containsExactly(255, 0, 0);
    }

    /// The resize in bytes and the one in floats are twins: rounding the one gives the other, except where two
    /// roundings add up.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void resizingInFloatsAgreesWithResizingInBytes(int channels) {
        for (ResampleFilter filter : List.of(ResampleFilter.BOX, ResampleFilter.BILINEAR)) {
            for (int edge = 1; edge <= 70; edge += 3) {
                Geometry geometry =
                        new Geometry(new Size(41, 53), new Size(edge, 71 - edge), 0, 0, new Size(edge, 71 - edge));
                PixelImage image = Pattern.draw(41, 53, channels, edge);
                byte[] bytes = ResizeBytes.resize(image.bytes(), channels, geometry, filter, Backend.PILLOW);
                float[] floats = ResizeFloats.resize(image, geometry, filter, Backend.PILLOW);
                for (int i = 0; i < bytes.length; i++) {
                    assertThat((float) (bytes[i] & 0xff)).isEqualTo(floats[i], within(1.01f));
                }
            }
        }
    }

    @Test
    void geometryGoesThereAndBack() throws IOException {
        Geometry geometry =
                read("{\"image_processor_type\": \"CLIPImageProcessor\"}").geometry(300, 500);
        assertThat(geometry.resized()).isEqualTo(new Size(224, 373));
        assertThat(geometry.cropLeft()).isEqualTo(74);
        assertThat(geometry.inputX(geometry.sourceX(17.25))).isCloseTo(17.25, within(1e-9));
        assertThat(geometry.inputY(geometry.sourceY(99.5))).isCloseTo(99.5, within(1e-9));
    }

    @Test
    void anImageThatIsTooElongatedIsRefused() throws IOException {
        Preprocessing preprocessing = read("{\"image_processor_type\": \"CLIPImageProcessor\"}");
        assertThatExceptionOfType(PatchlensException.class)
                .isThrownBy(() -> preprocessing.geometry(1, 100_000_000))
                .withMessageContaining("elongated");
    }

    private Preprocessing read(String json) throws IOException {
        return Preprocessing.read(Files.writeString(folder.resolve("preprocessor_config.json"), json));
    }
}
