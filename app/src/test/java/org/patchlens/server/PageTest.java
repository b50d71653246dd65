package org.patchlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.server.http.Page;

/// The page as the program carries it; where it was built without one, that it says so.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {
    private final RunningServer server;

    PageTest(@TempDir Path folder) {
        ServedStudy.write(folder.resolve("study"));
        server = new RunningServer(folder.resolve("study"));
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void aBuildWithoutNpmSaysThatItHasNoPage() {
        assertThat(Page.bundled("/no-page").isThere()).isFalse();
        if (!server.server().hasPage()) {
            assertThat(RunningServer.text(server.get("/"))).contains("built without its page");
        }
    }

    @Test
    void theFilesOfAPageAreServedWithTheirTypesAndValidators() {
        Page page = Page.bundled("/org/patchlens/server/sample-page");
        assertThat(page.isThere()).isTrue();
        assertThat(page.names()).containsExactlyInAnyOrder("index.html", "assets/main-1a2b3c.js");
    }

    @Test
    void thePageOfThisBuildComesWithCompressionAndOnce() {
        if (!server.server().hasPage()) {
            return;
        }
        HttpResponse<byte[]> index = server.get("/", "Accept-Encoding", "gzip");
        assertThat(RunningServer.header(index, "Content-Type")).isEqualToIgnoringWhitespace("text/html; charset=utf-8");
        assertThat(RunningServer.header(index, "Content-Encoding")).isEqualTo("gzip");
        assertThat(RunningServer.header(index, "Cache-Control")).isEqualTo("private, no-cache");
        HttpResponse<byte[]> packed = server.get("/", "Accept-Encoding", "gzip, deflate, br;q=0.9");
        assertThat(RunningServer.header(packed, "Content-Encoding")).isEqualTo("br");
        assertThat(packed.body()).hasSizeLessThan(index.body().length);
        HttpResponse<byte[]> refused = server.get("/", "Accept-Encoding", "br; q=0, gzip; q=0.0");
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(RunningServer.text(refused)).startsWith("<!doctype html>");
        HttpResponse<byte[]> again = server.get("/", "If-None-Match", RunningServer.header(index, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        String html = RunningServer.text(server.get("/"));
        assertThat(html).doesNotContain("<script>", "http://", "https://").doesNotContainPattern(" on[a-z]+=");
        List<String> scripts = java.util.regex.Pattern.compile("(?:src|href)=\"\\./?([^\"]+\\.(?:js|css))\"")
                .matcher(html)
                .results()
                .map(found -> found.group(1).replaceFirst("^/", ""))
                .toList();
        assertThat(scripts).isNotEmpty();
        for (String script : scripts) {
            HttpResponse<byte[]> file = server.get("/" + script);
            assertThat(file.statusCode()).as(script).isEqualTo(200);
            assertThat(RunningServer.header(file, "Cache-Control")).contains("immutable");
        }
    }
}
