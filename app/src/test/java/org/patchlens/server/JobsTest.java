package org.patchlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.ResultFiles;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The life of a job, and of the result that it leaves.
@Timeout(120)
class JobsTest {
    private static final String NORMS = "{\"analysis\":\"norms\",\"options\":{\"layers\":[\"3\"]},\"name\":\"first\"}";

    /// Takes minutes unless it is cancelled.
    private static final String LONG =
            "{\"analysis\":\"project\",\"options\":{\"method\":\"tsne\",\"perplexity\":5,\"iterations\":100000}}";

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() {
        ServedStudy.write(folder.resolve("study"));
        server = new RunningServer(folder.resolve("study"));
    }

    @AfterEach
    void nothingUnexpectedHappened() {
        server.close();
        assertThat(server.mistakes()).isEmpty();
    }

    private String begin(String body) {
        HttpResponse<byte[]> accepted = server.post(server.of("/jobs"), body);
        assertThat(accepted.statusCode()).as(RunningServer.text(accepted)).isEqualTo(202);
        return RunningServer.json(accepted).get("id").asString();
    }

    /// One event of a stream.
    private record Event(String name, JsonNode data) {
        String state() {
            return data.path("state").asString("");
        }
    }

    /// Reads events until the stream ends, or until one is enough.
    private List<Event> events(String job, Predicate<Event> enough) throws IOException {
        URLConnection connection = URI.create("http://127.0.0.1:" + server.port() + "/api/jobs/" + job + "/events")
                .toURL()
                .openConnection();
        connection.setRequestProperty(
                "Authorization", "Bearer " + server.server().token());
        List<Event> events = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(connection.getContentType()).startsWith("text/event-stream");
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, JsonMapper.shared().readTree(line.substring(6))));
                    if (enough.test(events.getLast())) {
                        return events;
                    }
                }
            }
        }
        return events;
    }

    private Event end(String job) throws IOException {
        return events(job, event -> false).getLast();
    }

    @Test
    void aJobTellsHowFarItIsAndLeavesItsResultInTheStudy() throws IOException {
        String job = begin(NORMS);
        List<Event> events = events(job, event -> false);
        assertThat(events.getLast().name()).isEqualTo("done");
        assertThat(events.getLast().state()).isEqualTo("done");
        assertThat(events.subList(0, events.size() - 1))
                .allMatch(event -> event.name().equals("progress"));
        JsonNode view = server.json("/api/jobs/" + job);
        assertThat(view.get("result").asString()).isEqualTo("norms/first");
        assertThat(view.get("options").get("factor").asDouble()).isEqualTo(5);
        JsonNode entry = server.json(server.of("/results")).get(0);
        assertThat(entry.get("id").asString()).isEqualTo("norms/first");
        assertThat(entry.get("ofThisStudy").asBoolean()).isTrue();
        assertThat(entry.get("provenance").get("options").get("layers").get(0).asString())
                .isEqualTo("3");
        JsonNode whole = server.json(server.of("/results/norms/first"));
        assertThat(whole.get("result").get("model").asString()).isEqualTo("made-up");
        assertThat(whole.get("figures").get(0).get("kind").asString()).isNotEmpty();
        assertThat(whole.get("name").asString()).isEqualTo("first");
    }

    @Test
    void aMapHasItsPositionsImagesAndPatchesAsArrays() throws IOException {
        String job =
                begin("{\"analysis\":\"project\",\"options\":{\"method\":\"pca\",\"factor\":100},\"name\":\"map\"}");
        assertThat(end(job).name()).isEqualTo("done");
        String arrays = server.of("/results/project/map/arrays/");
        HttpResponse<byte[]> positions = server.get(arrays + "positions");
        assertThat(RunningServer.header(positions, "X-Patchlens-Shape")).isEqualTo("360,2");
        assertThat(RunningServer.floats(positions)).hasSize(720).doesNotContain(Float.NaN);
        HttpResponse<byte[]> images = server.get(arrays + "images");
        assertThat(RunningServer.header(images, "X-Patchlens-Dtype")).isEqualTo("i32");
        assertThat(images.body()).hasSize(360 * Integer.BYTES);
        assertThat(images.body()[4 * 30]).isEqualTo((byte) 1);
        JsonNode whole = server.json(server.of("/results/project/map"));
        assertThat(whole.get("result").get("positions").toString())
                .isEqualTo("{\"array\":\"positions\",\"type\":\"f32\",\"shape\":[360,2]}");
        assertThat(server.get(arrays + "nothing").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> again =
                server.get(arrays + "positions", "If-None-Match", RunningServer.header(positions, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void resultsAreStillThereWhenTheServerStartsAgain() throws IOException {
        end(begin(NORMS));
        JsonNode before = server.json(server.of("/results/norms/first"));
        server.close();
        server = new RunningServer(folder.resolve("study"));
        assertThat(server.json(server.of("/results/norms/first"))).isEqualTo(before);
        assertThat(server.json("/api/jobs")).isEmpty();
        List<Figure> figures =
                ResultFiles.figures(new ResultStore(folder.resolve("study")).get(new ResultName("norms", "first")));
        assertThat(figures).hasSize(before.get("figures").size());
    }

    @Test
    void aJobThatRunsIsCancelledAndLeavesNothing() throws IOException {
        String job = begin(LONG);
        events(job, event -> event.data().path("done").asLong() > 0);
        assertThat(server.delete("/api/jobs/" + job).statusCode()).isEqualTo(204);
        Event last = end(job);
        assertThat(last.name()).isEqualTo("cancelled");
        assertThat(last.data().has("error")).isFalse();
        assertThat(server.json(server.of("/results"))).isEmpty();
        assertThat(folder.resolve("study/results/project")).doesNotExist();
        server.delete("/api/jobs/" + job);
        assertThat(server.json("/api/jobs")).isEmpty();
    }

    @Test
    void jobsWaitForEachOtherAndOneThatWaitsIsCancelledAtOnce() throws IOException {
        String first = begin(LONG);
        String second = begin(NORMS);
        events(first, event -> event.state().equals("running"));
        assertThat(server.json("/api/jobs/" + second).get("state").asString()).isEqualTo("pending");
        server.delete("/api/jobs/" + second);
        assertThat(server.json("/api/jobs/" + second).get("state").asString()).isEqualTo("cancelled");
        server.delete("/api/jobs/" + first);
        assertThat(end(first).name()).isEqualTo("cancelled");
    }

    @Test
    void aMapShowsItselfWhileItConverges() throws IOException {
        String job = begin(LONG);
        List<Event> events = events(job, event -> event.name().equals("partial"));
        JsonNode partial = events.getLast().data();
        HttpResponse<byte[]> positions = server.get(partial.get("positions").asString());
        assertThat(RunningServer.header(positions, "X-Patchlens-Shape")).endsWith(",2");
        assertThat(RunningServer.floats(positions)).doesNotContain(Float.NaN);
        String images = "/api/jobs/" + job + "/layout/images";
        assertThat(server.get(images).body()).hasSize(positions.body().length / 2);
        server.delete("/api/jobs/" + job);
        assertThat(end(job).name()).isEqualTo("cancelled");
        assertThat(server.get(images).statusCode()).isEqualTo(404);
    }

    @Test
    void theServerEndsThoughAJobRunsAndAPageListens() throws Exception {
        String job = begin(LONG);
        events(job, event -> event.data().path("done").asLong() > 0);
        List<Event> heard = new ArrayList<>();
        Thread page = Thread.ofVirtual().start(() -> {
            try {
                heard.addAll(events(job, event -> false));
            } catch (IOException e) {
                heard.clear();
            }
        });
        while (heard.isEmpty()
                && !server.json("/api/jobs/" + job).get("state").asString().equals("running")) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        server.close();
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(10_000);
        page.join();
        assertThat(folder.resolve("study/results/project")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"analysis\":\"norm\"} | [analysis norm] there is no such analysis; there are similarity, ",
                "{} | [analysis null] there is no such analysis",
                "{\"analysis\":\"norms\",\"options\":{\"factor\":0}} | [--factor] takes a number, 1 to 1000000; \"0\""
                        + " was given.",
                "{\"analysis\":\"norms\",\"options\":{\"facto\":2}} | [facto] there is no such option",
                "{\"analysis\":\"norms\",\"options\":[]} | [options] a JSON object is expected",
                "{\"analysis\":\"norms\",\"name\":\"../x\"} | [name of a result ../x] lower-case letters, digits and"
                        + " hyphens",
            })
    void whatCannotBeMeantIsRefusedBeforeItWaits(String body, String sentence) {
        HttpResponse<byte[]> refused = server.post(server.of("/jobs"), body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningServer.detail(refused)).startsWith(sentence);
        assertThat(server.json("/api/jobs")).isEmpty();
    }

    @Test
    void whatGoesWrongLaterIsToldAsTheCommandLineTellsIt() throws IOException {
        String job = begin("{\"analysis\":\"norms\",\"options\":{\"image\":\"nobody.png\"}}");
        Event last = end(job);
        assertThat(last.name()).isEqualTo("failed");
        assertThat(last.data().get("error").asString()).startsWith("[image nobody.png] is none of the 12 images");
        assertThat(server.json(server.of("/results"))).isEmpty();
    }

    @Test
    void aNameIsTakenFromTheMomentThatAJobHasIt() throws IOException {
        String running = begin(LONG);
        String waiting = begin(NORMS);
        assertThat(RunningServer.detail(server.post(server.of("/jobs"), NORMS)))
                .startsWith("[result norms/first] is being made by another job.");
        server.delete("/api/jobs/" + running);
        assertThat(end(waiting).name()).isEqualTo("done");
        assertThat(RunningServer.detail(server.post(server.of("/jobs"), NORMS)))
                .startsWith("[result norms/first] exists already.");
        assertThat(server.delete(server.of("/results/norms/first")).statusCode())
                .isEqualTo(204);
        assertThat(end(begin(NORMS)).name()).isEqualTo("done");
    }

    @Test
    void jobsWithoutANameFindOne() throws IOException {
        String first = begin("{\"analysis\":\"norms\"}");
        String second = begin("{\"analysis\":\"norms\"}");
        assertThat(end(first).data().get("result").asString()).isEqualTo("norms/run-1");
        assertThat(end(second).data().get("result").asString()).isEqualTo("norms/run-2");
    }

    @Test
    void theQueueIsBounded() {
        String running = begin(LONG);
        while (!server.json("/api/jobs/" + running).get("state").asString().equals("running")) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 32; i++) {
            begin("{\"analysis\":\"norms\"}");
        }
        HttpResponse<byte[]> refused = server.post(server.of("/jobs"), "{\"analysis\":\"norms\"}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(RunningServer.detail(refused)).startsWith("[jobs] 32 jobs wait already");
    }

    @Test
    void aDamagedResultIsNamedAndHidesNoOther() throws IOException {
        end(begin(NORMS));
        end(begin("{\"analysis\":\"norms\",\"name\":\"second\"}"));
        Files.writeString(folder.resolve("study/results/norms/first/result.json"), "{}");
        Files.writeString(folder.resolve("study/results/norms/second/saved.json"), "{");
        HttpResponse<byte[]> refused = server.get(server.of("/results/norms/first"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(RunningServer.detail(refused)).contains("result.json", "is not what was written");
        assertThat(server.json(server.of("/results"))).hasSize(1);
        assertThat(server.json(server.of("")).get("problems").get(0).asString()).contains("saved.json");
    }
}
