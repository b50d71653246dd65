package org.patchlens.analysis.norms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.AnalysisContract;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.patch.OutlierMasking;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;

/// Forty images on a grid of 4 x 5, CLS and one register before the patches. From layer 3 on, patch 0,0 is an
/// outlier in every image and patch 3,4 in every fourth one; layer 1 has a single one, in image 17.
class NormsTest implements AnalysisContract<Norms.Options, Norms.Result> {
    private static final PatchGrid GRID = new PatchGrid(4, 5);
    private static final TokenLayout LAYOUT = TokenLayout.clsAndRegisters(1);
    private static final int IMAGES = 40;
    private static final List<Layer> LAYERS =
            List.of(new Layer(0), new Layer(1), new Layer(3), new Layer(4), Layer.LAST);

    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void writeStudy() {
        study = planted(Optional.of(NormsTest::attention)).write(folder.resolve("planted"));
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    @Override
    public Analysis<Norms.Options, Norms.Result> analysis() {
        return Norms.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    @Test
    void exactlyThePlantedOutliersAreFound() {
        Norms.Result result = Norms.of(study, Norms.Options.defaults(), Progress.NONE);
        assertThat(result.layers()).extracting(LayerNorms::layer).isEqualTo(LAYERS);
        FloatMatrix expected = FloatMatrix.zeros(4, 5);
        assertThat(outliers(result, 0).positions()).isEqualTo(expected);
        assertThat(outliers(result, 4).positions()).isEqualTo(expected);
        expected.set(0, 0, 1);
        expected.set(3, 4, 0.25f);
        assertThat(outliers(result, 2).positions()).isEqualTo(expected);
        assertThat(outliers(result, 3).positions()).isEqualTo(expected);
        assertThat(outliers(result, 2).patchShare()).isEqualTo(50 / 800f);
        assertThat(outliers(result, 2).imageShare()).isEqualTo(1);
    }

    @Test
    void outliersBeginWhereOneImageInTenHasOne() {
        Norms.Result result = Norms.of(study, Norms.Options.defaults(), Progress.NONE);
        assertThat(outliers(result, 1).imageShare()).isEqualTo(1 / 40f);
        assertThat(result.outliersBegin()).contains(new Layer(3));
    }

    @Test
    void theShareOfClsAttentionOnOutliersIsThatOfTheBlockOfTheLayer() {
        Norms.Result result = Norms.of(study, Norms.Options.defaults(), Progress.NONE);
        assertThat(outliers(result, 0).clsAttention()).isEmpty();
        // Image 17 alone has an outlier in layer 1, with 1/22 of the attention.
        assertThat(outliers(result, 1).clsAttention().orElseThrow()).isCloseTo(1f / 22 / 40, offset());
        // In block 3 the heads give 0.4 and 0.2 to patch 0,0, and patch 3,4 gets the same as all others.
        assertThat(outliers(result, 2).clsAttention().orElseThrow())
                .isCloseTo((float) (0.3 + 0.25 * (0.6 / 21 + 0.8 / 21) / 2), offset());
        assertThat(outliers(result, 4).clsAttention()).contains(0f);
    }

    @Test
    void withoutStoredAttentionThereIsNoneInTheResult() {
        try (Study bare = planted(Optional.empty()).write(folder.resolve("bare"))) {
            Norms.Result result = Norms.of(bare, Norms.Options.defaults(), Progress.NONE);
            assertThat(result.layers())
                    .allMatch(layer -> layer.outliers().clsAttention().isEmpty());
        }
    }

    @Test
    void whereNoneAreNoneAreFound() {
        SyntheticStudy plain = new SyntheticStudy(
                IMAGES, GRID, LAYOUT, 32, 4, LAYERS, (image, layer) -> noise(image, layer), Optional.empty());
        try (Study bare = plain.write(folder.resolve("plain"))) {
            Norms.Result result = Norms.of(bare, Norms.Options.defaults(), Progress.NONE);
            assertThat(result.outliersBegin()).isEmpty();
            assertThat(result.layers()).allMatch(layer -> layer.outliers().patchShare() == 0);
            List<Figure> figures = Norms.figures(result);
            assertThat(figures).extracting(Figure::title).doesNotContain("Where outliers lie");
            assertThat(figures.getLast().caption())
                    .contains("At no layer one image in ten has any", "Nothing needs to be done.");
        }
    }

    @Test
    void specialTokensAreMeasuredByKind() {
        LayerNorms layer = Norms.of(study, Norms.Options.defaults(), Progress.NONE)
                .layers()
                .get(2);
        assertThat(layer.special())
                .extracting(LayerNorms.SpecialNorms::token)
                .containsExactly(SpecialToken.CLS, SpecialToken.REGISTER);
        assertThat(layer.special().get(0).norms().median()).isEqualTo(3000);
        assertThat(layer.special().get(1).norms().maximum()).isEqualTo(200);
        assertThat(layer.special().get(1).norms().count()).isEqualTo(IMAGES);
        assertThat(layer.patches().count()).isEqualTo(IMAGES * 20L);
    }

    @Test
    void theImageWithTheMostOutliersIsShownUnlessAnotherIsNamed() {
        Norms.Result result = Norms.of(study, Norms.Options.defaults(), Progress.NONE);
        assertThat(result.shown().id()).isEqualTo("image-0.png");
        assertThat(result.shown().layer()).isEqualTo(new Layer(3));
        assertThat(result.shown().norms().get(3, 4)).isEqualTo(100);
        Norms.Options options = Norms.Options.defaults().withLayers(List.of(new Layer(1)));
        assertThat(Norms.of(study, options, Progress.NONE).shown().id()).isEqualTo("image-17.png");
        assertThat(Norms.of(study, options.withImage("image-5.png"), Progress.NONE)
                        .shown()
                        .index())
                .isEqualTo(5);
    }

    @Test
    void aLayerOrAnImageThatIsNotThereIsRefusedWithWhatIsThere() {
        Norms.Options layer = Norms.Options.defaults().withLayers(List.of(new Layer(2)));
        assertThatThrownBy(() -> Norms.of(study, layer, Progress.NONE))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[layer 2] is not in the study, which holds 0, 1, 3, 4, last.");
        Norms.Options image = Norms.Options.defaults().withImage("image-99.png");
        Progress tooEarly = (stage, done, total) -> {
            throw new AssertionError("what is misspelt is found before the work");
        };
        assertThatThrownBy(() -> Norms.of(study, image, tooEarly))
                .isInstanceOf(PatchlensException.class)
                .hasMessage(
                        "[image image-99.png] is none of the 40 images of the study, whose ids are such as image-0.png."
                                + " Did you mean image-19.png, image-29.png or image-39.png?");
    }

    @Test
    void aFactorMovesTheThreshold() {
        Norms.Options options = Norms.Options.defaults().withFactor(40);
        LayerNorms layer = Norms.of(study, options, Progress.NONE).layers().get(2);
        assertThat(layer.outliers().threshold())
                .isEqualTo(40.0 * layer.patches().median());
        assertThat(layer.outliers().patchShare()).isZero();
    }

    @Test
    void ofAStudyThatIsTooLargeEveryKthImageIsMeasured() {
        Norms.Result result = Norms.of(study, Norms.Options.defaults(), Progress.NONE, 22 * IMAGES / 4);
        assertThat(result.images()).isEqualTo(40);
        assertThat(result.imagesMeasured()).isEqualTo(10);
        assertThat(result.layers().getFirst().patches().count()).isEqualTo(10 * 20L);
        // Images 0, 4, 8 … are those with an outlier at 3,4.
        assertThat(outliers(result, 2).positions().get(3, 4)).isEqualTo(1);
        assertThat(Norms.figures(result).getLast().caption()).contains("over 10 of 40 images");
    }

    @Test
    void theVerdictTellsPlacesAndWhatToDo() {
        RegisterVerdict verdict =
                Norms.of(study, Norms.Options.defaults(), Progress.NONE).verdict();
        assertThat(verdict.finding()).isEqualTo(RegisterVerdict.Finding.FIXED_PLACES);
        assertThat(verdict.begins()).contains(new Layer(3));
        assertThat(verdict.worst()).isEqualTo(new Layer(3));
        assertThat(verdict.imageShare()).isEqualTo(1);
        assertThat(verdict.clsAttention().orElseThrow())
                .isCloseTo((float) (0.3 + 0.25 * (0.6 / 21 + 0.8 / 21) / 2), offset());
        assertThat(verdict.words()).contains("begin at layer 3", "The model has 1 register.", "--mask-outliers");
        Norms.Options last = Norms.Options.defaults().withLayers(List.of(Layer.LAST));
        assertThat(Norms.of(study, last, Progress.NONE).verdict().finding()).isEqualTo(RegisterVerdict.Finding.UNKNOWN);
    }

    @Test
    void normsDependOnThePlaceWhereOutliersAre() {
        Norms.Result result = Norms.of(study, Norms.Options.defaults(), Progress.NONE);
        PositionNorms positions = result.layers().get(2).positions();
        double median = result.layers().get(2).patches().median();
        assertThat((double) positions.map().get(0, 0)).isCloseTo(100 / median, Offset.offset(1e-4));
        // Patch 3,4 is an outlier in a quarter of the images: the median there is ordinary.
        assertThat(positions.map().get(3, 4)).isBetween(0.8f, 1.25f);
        // The corners are the outermost ring: of its 4 x 40 patches, 40 and 10 are outliers.
        int corner = positions.outliers().columns() - 1;
        assertThat(positions.outliers().get(0, corner)).isCloseTo(50 / 160f, offset());
        assertThat(positions.radial().get(0, corner)).isGreaterThan(3);
        assertThat(positions.radial().get(0, 7)).isBetween(0.8f, 1.25f);
    }

    @Test
    void outliersThatOutshineAllOthersAreLeftOutOfTheMap() {
        Norms.Result result = Norms.of(study, Norms.Options.defaults(), Progress.NONE);
        assertThat(result.shown().outliers()).containsExactly(0, 19);
        assertThat(result.shown().outliersMasked()).isTrue();
        assertThat(overlay(result).values().get(0, 0)).isNaN();
        assertThat(overlay(result).marks()).hasSize(2);
        Norms.Options off = Norms.Options.defaults().withMaskOutliers(OutlierMasking.OFF);
        assertThat(overlay(Norms.of(study, off, Progress.NONE)).values().get(0, 0))
                .isEqualTo(100);
        Norms.Options first = Norms.Options.defaults().withLayers(List.of(new Layer(0)));
        assertThat(Norms.of(study, first, Progress.NONE).shown().outliersMasked())
                .isFalse();
    }

    private static Figure.Overlay overlay(Norms.Result result) {
        return only(Norms.figures(result), Figure.Overlay.class);
    }

    /// The odd images of the group `odd` have no outlier at 3,4; the group of one image comes last.
    @Test
    void groupsAreComparedWhereOutliersBegin() {
        List<String> sites = IntStream.range(0, IMAGES)
                .mapToObj(image -> image == 0 ? "alone" : image % 2 == 0 ? "even" : "odd")
                .toList();
        SyntheticStudy grouped = planted(Optional.empty()).with(MetadataColumn.of("site", sites));
        try (Study withSites = grouped.write(folder.resolve("grouped"))) {
            Norms.Result result = Norms.of(withSites, Norms.Options.defaults().withGroup("site"), Progress.NONE);
            List<Figure> figures = Norms.figures(result);
            Figure.Bars bars = only(figures, Figure.Bars.class);
            assertThat(bars.names()).containsExactly("20: odd", "19: even", "1: alone");
            assertThat(bars.caption()).contains("layer 3", "made-up", "40 images");
            Figure.Table table = figures.stream()
                    .filter(figure -> figure.title().equals("Distribution of norms by site"))
                    .map(Figure.Table.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(table.rows()).extracting(row -> row.get(7)).containsExactly("100.0", "100.0", "100.0");
            assertThat(table.rows()).extracting(row -> row.get(8)).containsExactly("100.00", "100.00", "100.00");
        }
    }

    @Test
    void theFinalNormIsNoStepOfTheCurves() {
        Norms.Result result = Norms.of(study, Norms.Options.defaults(), Progress.NONE);
        Figure.Lines curves = Norms.figures(result).stream()
                .filter(figure -> figure.title().equals("Norms over the layers"))
                .map(Figure.Lines.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(curves.x().rowToArray(0)).containsExactly(0, 1, 3, 4, 4.5f, 5);
        assertThat(curves.series()).containsExactly("median", "95 %", "maximum", "CLS, median", "registers, median");
        for (int series = 0; series < 5; series++) {
            assertThat(curves.values().get(series, 4)).isNaN();
            assertThat(curves.values().get(series, 5)).isPositive();
        }
    }

    @Test
    void everyImageOfAStudyHasTheSameColours() {
        Norms.Options options = Norms.Options.defaults();
        Figure.Overlay one = overlay(Norms.of(study, options.withImage("image-0.png"), Progress.NONE));
        Figure.Overlay other = overlay(Norms.of(study, options.withImage("image-5.png"), Progress.NONE));
        assertThat(one.scale()).isEqualTo(other.scale());
        assertThat(one.caption()).contains("2 outlier tokens are crossed out and left uncovered");
        assertThat(other.caption()).contains("1 outlier token is crossed out and left uncovered");
    }

    private static <F extends Figure> F only(List<Figure> figures, Class<F> kind) {
        return figures.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupThatIsNotThereIsRefused() {
        Norms.Options options = Norms.Options.defaults().withGroup("site");
        assertThatThrownBy(() -> Norms.of(study, options, Progress.NONE))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("[metadata column site] the study has no metadata");
    }

    @Test
    void eachRowOfTheHistogramHoldsAllPatches() {
        NormHistogram histogram =
                Norms.of(study, Norms.Options.defaults(), Progress.NONE).histogram();
        assertThat(histogram.edges().columns()).isEqualTo(histogram.shares().columns() + 1);
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            float sum = 0;
            for (float share : histogram.shares().rowToArray(layer)) {
                sum += share;
            }
            assertThat(sum).isCloseTo(1, offset());
        }
        int last = histogram.shares().columns() - 1;
        assertThat(histogram.edges().get(0, last)).isLessThanOrEqualTo(100);
        assertThat(histogram.edges().get(0, last + 1)).isGreaterThan(100);
        // At layer 3 the last bin holds the 50 outliers.
        assertThat(histogram.shares().get(2, last)).isEqualTo(50 / 800f);
    }

    private static OutlierPatches outliers(Norms.Result result, int layer) {
        return result.layers().get(layer).outliers();
    }

    private static Offset<Float> offset() {
        return Offset.offset(1e-6f);
    }

    private static SyntheticStudy planted(Optional<SyntheticStudy.Attention> attention) {
        return new SyntheticStudy(IMAGES, GRID, LAYOUT, 32, 4, LAYERS, NormsTest::tokens, attention);
    }

    private static FloatMatrix tokens(int image, Layer layer) {
        FloatMatrix tokens = noise(image, layer);
        boolean artefacts = layer.index() == 3 || layer.index() == 4;
        if (artefacts || (layer.index() == 1 && image == 17)) {
            replace(tokens, 2, 100);
        }
        if (artefacts && image % 4 == 0) {
            replace(tokens, 21, 100);
        }
        return tokens;
    }

    /// CLS of norm 3,000, a register of norm 200, and patches of norms about the square root of 32.
    private static FloatMatrix noise(int image, Layer layer) {
        RandomGenerator random = new Seed(11).task(image).task(layer.index()).generator();
        FloatMatrix tokens = FloatMatrix.zeros(22, 32);
        for (int token = 2; token < 22; token++) {
            for (int i = 0; i < 32; i++) {
                tokens.set(token, i, (float) random.nextDouble(-1.7, 1.7));
            }
        }
        replace(tokens, 0, 3000);
        replace(tokens, 1, 200);
        return tokens;
    }

    private static void replace(FloatMatrix tokens, int token, float norm) {
        for (int i = 0; i < 32; i++) {
            tokens.set(token, i, i == 5 ? norm : 0);
        }
    }

    /// Uniform, except in block 3, where head 0 gives 0.4 to patch 0,0 and head 1 gives it 0.2.
    private static ClsAttention attention(int image) {
        FloatMatrix rows = FloatMatrix.zeros(4 * 2, 22);
        for (int row = 0; row < 8; row++) {
            float toPatch = row == 4 ? 0.4f : row == 5 ? 0.2f : 1f / 22;
            for (int token = 0; token < 22; token++) {
                rows.set(row, token, token == 2 ? toPatch : (1 - toPatch) / 21);
            }
        }
        return new ClsAttention(4, 2, rows, rows.row(0));
    }
}
