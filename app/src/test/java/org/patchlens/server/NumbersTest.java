package org.patchlens.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.embedding.Layer;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;

/// What comes back is what the study holds; expected numbers are computed here in double precision.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumbersTest {
    private static final int PATCHES = ServedStudy.GRID.patches();

    private final RunningServer server;
    private final Study study;

    NumbersTest(@TempDir Path folder) {
        ServedStudy.write(folder.resolve("study"));
        server = new RunningServer(folder.resolve("study"));
        study = Study.open(folder.resolve("study"));
    }

    @AfterAll
    void nothingUnexpectedHappened() {
        server.close();
        study.close();
        assertThat(server.mistakes()).isEmpty();
    }

    private double[] row(int image, String layer, int patch) {
        FloatMatrix patches = study.embeddings(image, Layer.parse(layer)).patches();
        double[] row = new double[patches.columns()];
        for (int i = 0; i < row.length; i++) {
            row[i] = patches.get(patch, i);
        }
        return row;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double cosine(double[] a, double[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    /// The error of a sum of 16 products in single precision is far below 1e-5.
    @Test
    void similarityIsTheCosineWithTheMeanOfTheRegion() {
        String question = "{\"layer\":\"3\",\"patches\":[[2,1,1],[4,5,4]],\"to\":[0,7],\"dtype\":\"f32\"}";
        HttpResponse<byte[]> answer = server.post(server.of("/similarity"), question);
        assertThat(RunningServer.header(answer, "X-Patchlens-Shape")).isEqualTo("2,6,5");
        float[] values = RunningServer.floats(answer);
        double[] query = row(2, "3", ServedStudy.GRID.patch(1, 1));
        double[] second = row(4, "3", ServedStudy.GRID.patch(5, 4));
        for (int i = 0; i < query.length; i++) {
            query[i] = (query[i] + second[i]) / 2;
        }
        for (int patch = 0; patch < PATCHES; patch++) {
            assertThat(values[patch]).isCloseTo((float) cosine(query, row(0, "3", patch)), within(1e-5f));
            assertThat(values[PATCHES + patch]).isCloseTo((float) cosine(query, row(7, "3", patch)), within(1e-5f));
        }
    }

    @Test
    void bytesStandForTheSameNumbersToHalfAStep() {
        String question = "{\"patches\":[[2,1,1]],\"to\":\"all\",\"dtype\":\"%s\"}";
        float[] exact = RunningServer.floats(
                server.post(server.of("/similarity"), String.format(Locale.ROOT, question, "f32")));
        HttpResponse<byte[]> answer = server.post(server.of("/similarity"), String.format(Locale.ROOT, question, "u8"));
        assertThat(RunningServer.header(answer, "X-Patchlens-Dtype")).isEqualTo("u8");
        assertThat(RunningServer.header(answer, "X-Patchlens-Shape")).isEqualTo("12,6,5");
        String[] range = RunningServer.header(answer, "X-Patchlens-Range").split(",", -1);
        float low = Float.parseFloat(range[0]);
        float high = Float.parseFloat(range[1]);
        assertThat(answer.body()).hasSize(exact.length);
        for (int i = 0; i < exact.length; i++) {
            float value = low + (answer.body()[i] & 0xff) / 255f * (high - low);
            assertThat(value).isCloseTo(exact[i], within((high - low) / 509));
        }
    }

    @Test
    void theNearestPatchIsTheNearestOfAll() {
        JsonNode found = RunningServer.json(server.post(
                server.of("/neighbors"), "{\"layer\":\"1\",\"patches\":[[3,2,2]],\"k\":5,\"exclude\":\"same-image\"}"));
        double[] query = row(3, "1", ServedStudy.GRID.patch(2, 2));
        double best = -1;
        for (int image = 0; image < ServedStudy.IMAGES; image++) {
            for (int patch = 0; patch < PATCHES && image != 3; patch++) {
                best = Math.max(best, cosine(query, row(image, "1", patch)));
            }
        }
        assertThat(found.get("hits")).hasSize(5);
        JsonNode first = found.get("hits").get(0);
        assertThat(first.get("cosine").asDouble()).isCloseTo(best, within(1e-5));
        double[] claimed = row(
                first.get("image").asInt(),
                "1",
                ServedStudy.GRID.patch(
                        first.get("row").asInt(), first.get("column").asInt()));
        assertThat(cosine(query, claimed)).isCloseTo(best, within(1e-5));
    }

    @Test
    void theRegionItselfIsNoNeighbour() {
        JsonNode hits = RunningServer.json(
                        server.post(server.of("/neighbors"), "{\"patches\":[[3,2,2],[3,2,3]],\"k\":359}"))
                .get("hits");
        assertThat(hits).hasSize(12 * PATCHES - 2);
        assertThat(hits.valueStream())
                .noneMatch(hit -> hit.get("image").asInt() == 3
                        && hit.get("row").asInt() == 2
                        && hit.get("column").asInt() >= 2
                        && hit.get("column").asInt() <= 3);
    }

    @Test
    void aNeighbourMayNotBeOfTheSamePatientAndMustBeMeant() {
        JsonNode found = RunningServer.json(server.post(
                server.of("/neighbors"),
                "{\"patches\":[[3,2,2]],\"k\":100,\"exclude\":\"same-patient\",\"where\":\"label=covid\","
                        + "\"groups\":[\"label\",\"patient\"]}"));
        assertThat(found.get("hits")
                        .valueStream()
                        .map(hit -> hit.get("image").asInt())
                        .distinct())
                .containsExactlyInAnyOrder(0, 6, 9);
        JsonNode group = found.get("groups").get(0);
        assertThat(group.get("column").asString()).isEqualTo("label");
        assertThat(group.get("value").asString()).isEqualTo("covid");
        assertThat(group.get("share").asDouble()).isEqualTo(1);
        assertThat(group.get("baseShare").asDouble()).isEqualTo(1);
    }

    @Test
    void matchesAreEachOthersNearest() {
        JsonNode matches =
                RunningServer.json(server.post(server.of("/matches"), "{\"layer\":\"1\",\"image\":0,\"other\":5}"));
        assertThat(matches.size()).isPositive();
        JsonNode first = matches.get(0);
        int patch = ServedStudy.GRID.patch(
                first.get("row").asInt(), first.get("column").asInt());
        int other = ServedStudy.GRID.patch(
                first.get("otherRow").asInt(), first.get("otherColumn").asInt());
        double cosine = cosine(row(0, "1", patch), row(5, "1", other));
        assertThat(first.get("cosine").asDouble()).isCloseTo(cosine, within(1e-5));
        for (int i = 0; i < PATCHES; i++) {
            assertThat(cosine(row(0, "1", patch), row(5, "1", i))).isLessThanOrEqualTo(cosine + 1e-9);
            assertThat(cosine(row(0, "1", i), row(5, "1", other))).isLessThanOrEqualTo(cosine + 1e-9);
        }
    }

    @Test
    void normsAreTheLengthsOfThePatches() {
        float[] norms = RunningServer.floats(server.get(server.of("/norms?layer=last&images=4,9")));
        for (int patch = 0; patch < PATCHES; patch++) {
            double[] row = row(9, "last", patch);
            assertThat(norms[PATCHES + patch]).isCloseTo((float) Math.sqrt(dot(row, row)), within(1e-5f));
        }
    }

    @Test
    void attentionIsWhatIsStoredWithoutSpecialTokens() {
        FloatMatrix rows = study.attention(5).orElseThrow().rows();
        float[] head = RunningServer.floats(server.get(server.of("/attention?layer=2&head=1&images=5")));
        float[] expected = rows.rowToArray(1 * ServedStudy.HEADS + 1);
        assertThat(head).isEqualTo(Arrays.copyOfRange(expected, 1, expected.length));
        float[] mean = RunningServer.floats(server.get(server.of("/attention?layer=2&images=5")));
        assertThat(mean[7]).isCloseTo((rows.get(2, 8) + rows.get(3, 8)) / 2, within(1e-6f));
        float[] rollout = RunningServer.floats(server.get(server.of("/attention?layer=rollout&images=5")));
        assertThat(rollout[0])
                .isEqualTo(study.attention(5).orElseThrow().rollout().get(0, 1));
        assertThat(RunningServer.detail(server.get(server.of("/attention?layer=4&images=5"))))
                .isEqualTo("[layer] is 4; a number from 1 to 3 is expected.");
    }

    @Test
    void attentionOfAPatchNeedsTheModel() {
        HttpResponse<byte[]> refused = server.get(server.of("/attention?layer=2&images=5&query=1,1"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningServer.detail(refused)).startsWith("[model made-up] made the study, and is not at hand");
        assertThat(RunningServer.detail(server.get(server.of("/attention?layer=2&images=5&query=6,1"))))
                .isEqualTo("[query] is 6; a number from 0 to 5 is expected.");
        assertThat(RunningServer.detail(server.get(server.of("/attention?layer=2&images=all&query=1,1"))))
                .isEqualTo("[images] 12 were given; the model runs for at most 8.");
    }

    @Test
    void masksAreTheCoverageAndNothingWhereThereIsNoMask() {
        float[] shares = RunningServer.floats(server.get(server.of("/masks?class=lung&images=1,2")));
        assertThat(shares[0]).isNaN();
        assertThat(shares[PATCHES + 3])
                .isEqualTo(study.coverage(2).orElseThrow().get(3, 0));
        assertThat(RunningServer.detail(server.get(server.of("/masks?class=heart&images=1"))))
                .isEqualTo("[class heart] the study has the classes lung.");
    }

    @Test
    void componentsUseTheWholeScaleOfTheStudy() {
        HttpResponse<byte[]> answer = server.get(server.of("/components?layer=3&images=all"));
        assertThat(RunningServer.header(answer, "X-Patchlens-Shape")).isEqualTo("12,6,5,3");
        for (int part = 0; part < 3; part++) {
            int[] values = new int[12 * PATCHES];
            for (int i = 0; i < values.length; i++) {
                values[i] = answer.body()[3 * i + part] & 0xff;
            }
            assertThat(Arrays.stream(values).min()).hasValue(0);
            assertThat(Arrays.stream(values).max()).hasValue(255);
        }
    }

    @Test
    void aStudyAndItsImagesTellOfThemselves() {
        JsonNode details = server.json(server.of(""));
        assertThat(details.get("grid").toString()).isEqualTo("{\"rows\":6,\"columns\":5}");
        assertThat(details.get("layers").toString()).isEqualTo("[\"1\",\"3\",\"last\"]");
        assertThat(details.get("columns").get(0).toString())
                .isEqualTo("{\"name\":\"label\",\"type\":\"category\",\"missing\":0,\"distinct\":2,"
                        + "\"values\":[{\"value\":\"covid\",\"count\":4},{\"value\":\"normal\",\"count\":8}]}");
        JsonNode age = details.get("columns").get(2);
        assertThat(age.get("type").asString()).isEqualTo("number");
        assertThat(age.get("missing").asInt()).isEqualTo(1);
        assertThat(age.get("max").asDouble()).isEqualTo(51);
        assertThat(server.json(server.of("/images"))).hasSize(12);
        JsonNode values = server.json(server.of("/columns/age")).get("values");
        assertThat(values.get(0).asInt()).isEqualTo(40);
        assertThat(values.get(1).isNull()).isTrue();
    }

    private static BufferedImage picture(HttpResponse<byte[]> response) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(response.body()));
    }

    @Test
    void picturesHaveTheSizeThatWasAskedFor() throws IOException {
        BufferedImage view = picture(server.get(server.of("/images/3/view")));
        assertThat(List.of(view.getWidth(), view.getHeight())).isEqualTo(List.of(80, 96));
        BufferedImage thumbnail = picture(server.get(server.of("/images/3/thumbnail?size=24")));
        assertThat(List.of(thumbnail.getWidth(), thumbnail.getHeight())).isEqualTo(List.of(20, 24));
        BufferedImage atlas = picture(server.get(server.of("/atlas?from=2&count=7&size=32")));
        assertThat(List.of(atlas.getWidth(), atlas.getHeight())).isEqualTo(List.of(96, 96));
        BufferedImage patches = picture(
                server.post(server.of("/patch-atlas"), "{\"patches\":[[0,0,0],[1,5,4]],\"size\":16,\"context\":1}"));
        assertThat(List.of(patches.getWidth(), patches.getHeight())).isEqualTo(List.of(32, 16));
        HttpResponse<byte[]> pixels = server.get(server.of("/pixels/3"));
        assertThat(RunningServer.header(pixels, "X-Patchlens-Shape")).isEqualTo("96,80,1");
        assertThat(pixels.body()).isEqualTo(study.view(3).samples());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/images", "/images/3/view", "/norms?images=1", "/pixels/0"})
    void whatIsKnownAlreadyIsNotSentAgain(String path) {
        HttpResponse<byte[]> first = server.get(server.of(path));
        String validator = RunningServer.header(first, "ETag");
        assertThat(validator).isNotEmpty();
        HttpResponse<byte[]> again = server.get(server.of(path), "If-None-Match", validator);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(server.get(server.of(path), "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void differentQuestionsHaveDifferentValidators() {
        assertThat(List.of(
                        RunningServer.header(server.get(server.of("/norms?images=1")), "ETag"),
                        RunningServer.header(server.get(server.of("/norms?images=2")), "ETag"),
                        RunningServer.header(server.get(server.of("/norms?images=1,2")), "ETag"),
                        RunningServer.header(server.get(server.of("/norms?images=1&layer=1")), "ETag")))
                .doesNotHaveDuplicates();
    }

    @Test
    void jsonIsCompressedWhereItIsWantedAndNumbersAreNot() throws IOException {
        HttpResponse<byte[]> plain = server.get("/api/analyses");
        HttpResponse<byte[]> compressed = server.get("/api/analyses", "Accept-Encoding", "gzip");
        assertThat(RunningServer.header(compressed, "Content-Encoding")).isEqualTo("gzip");
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        new GZIPInputStream(new ByteArrayInputStream(compressed.body())).transferTo(unpacked);
        assertThat(unpacked.toByteArray()).isEqualTo(plain.body());
        HttpResponse<byte[]> numbers = server.get(server.of("/norms?images=all"), "Accept-Encoding", "gzip");
        assertThat(RunningServer.header(numbers, "Content-Encoding")).isEmpty();
        assertThat(numbers.body()).hasSize(12 * PATCHES * Float.BYTES);
    }
}
