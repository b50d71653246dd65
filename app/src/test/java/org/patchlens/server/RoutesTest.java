package org.patchlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.Analyses;
import org.patchlens.analysis.Analysis;
import org.patchlens.server.http.Route;
import org.patchlens.server.job.JobQueue;
import org.patchlens.server.rest.Routes;
import org.patchlens.server.study.OpenStudies;
import tools.jackson.databind.JsonNode;

/// One list of routes: what is answered, what the OpenAPI document lists, what the reference page describes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
    private final RunningServer server;

    RoutesTest(@TempDir Path folder) {
        ServedStudy.write(folder.resolve("study"));
        server = new RunningServer(folder.resolve("study"));
    }

    @AfterAll
    void close() {
        server.close();
    }

    private static List<Route> routes() {
        try (OpenStudies none = new OpenStudies(List.of());
                JobQueue queue = new JobQueue(mistake -> {})) {
            return Routes.of(none, queue);
        }
    }

    private static String name(Route route) {
        return route.method().name().toLowerCase(Locale.ROOT) + " " + route.path();
    }

    @Test
    void theDocumentListsExactlyTheRoutes() {
        JsonNode document = server.json("/api/openapi.json");
        TreeSet<String> listed = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path ->
                        path.getValue().propertyNames().forEach(method -> listed.add(method + " " + path.getKey())));
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        routes().stream().map(RoutesTest::name).toList());
        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
        JsonNode similarity = document.at("/paths/~1api~1studies~1{study}~1similarity/post");
        assertThat(similarity.at("/parameters/0/name").asString()).isEqualTo("study");
        assertThat(similarity
                        .at("/requestBody/content/application~1json/schema/properties/patches/items/items/type")
                        .asString())
                .isEqualTo("integer");
        assertThat(similarity.at("/responses/200/content").propertyNames()).contains("application/octet-stream");
    }

    /// A route that is listed and not answered would get the sentence for addresses that are not there.
    @Test
    void everyRouteIsAnswered() {
        for (Route route : routes()) {
            String path = route.path().replace("{study}", server.study()).replaceAll("\\{[a-z]+}", "x");
            HttpResponse<byte[]> answer = server.send(server.request(path)
                    .header("Authorization", "Bearer " + server.server().token())
                    .header("Content-Type", "application/json")
                    .method(route.method().name(), HttpRequest.BodyPublishers.ofString("{}"))
                    .build());
            assertThat(answer.statusCode()).as(name(route)).isNotIn(405, 500);
            assertThat(RunningServer.text(answer)).as(name(route)).doesNotContain("there is nothing of this name");
        }
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        List<String> names = server.json("/api/openapi.json")
                .get("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(operation -> operation.get("operationId").asString())
                .toList();
        assertThat(names).doesNotHaveDuplicates().hasSize(routes().size());
    }

    @Test
    void theReferencePageDescribesEveryRoute() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("patchlens.root"), "docs/reference/rest.md"));
        for (Route route : routes()) {
            String shown =
                    route.path().replaceFirst("^/api/studies/\\{study}/", "…/").replaceAll("\\{array}$", "");
            boolean described = page.contains(shown)
                    || page.contains(route.path())
                    || page.contains(route.path().substring(4));
            assertThat(described).as(name(route)).isTrue();
        }
    }

    @Test
    void everyAnalysisIsOfferedWithTheSchemaOfItsOptions() {
        JsonNode analyses = server.json("/api/analyses");
        assertThat(analyses.valueStream().map(each -> each.get("name").asString()))
                .containsExactlyElementsOf(
                        Analyses.ALL.stream().map(Analysis::name).toList());
        JsonNode factor = analyses.get(0).at("/options/properties/factor");
        assertThat(factor.get("title").asString()).isEqualTo("Factor");
        assertThat(factor.get("minimum").asInt()).isEqualTo(1);
    }
}
