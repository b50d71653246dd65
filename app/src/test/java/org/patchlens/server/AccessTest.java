package org.patchlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.embedding.Version;
import tools.jackson.databind.JsonNode;

/// Who gets in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
    private RunningServer server;

    AccessTest(@TempDir Path folder) {
        ServedStudy.write(folder.resolve("study"));
        server = new RunningServer(folder.resolve("study"));
    }

    @BeforeAll
    void itIsThere() {
        assertThat(server.json("/api/studies")).hasSize(1);
    }

    @AfterAll
    void nothingUnexpectedHappened() {
        server.close();
        assertThat(server.mistakes()).isEmpty();
    }

    private HttpResponse<byte[]> without(String path) {
        return server.send(server.request(path).build());
    }

    @Test
    void healthNeedsNoToken() {
        HttpResponse<byte[]> health = without("/health");
        assertThat(RunningServer.text(health)).isEqualTo("{\"status\":\"ok\",\"version\":\"" + Version.CURRENT + "\"}");
    }

    @Test
    void everythingElseNeedsTheToken() {
        JsonNode paths = server.json("/api/openapi.json").get("paths");
        assertThat(paths.size()).isGreaterThan(20);
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (path.getKey().equals("/health")) {
                continue;
            }
            String address = path.getKey().replaceAll("\\{[a-z]+}", "x");
            path.getValue().propertyNames().forEach(method -> {
                HttpRequest.Builder request = server.request(address)
                        .header("Content-Type", "application/json")
                        .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString("{}"));
                HttpResponse<byte[]> refused = server.send(request.build());
                assertThat(refused.statusCode()).as("%s %s", method, address).isEqualTo(401);
                assertThat(RunningServer.detail(refused)).startsWith("[token] Open the address");
            });
        }
        assertThat(without("/assets/index.js").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer ", "Basic TOKEN", "TOKEN", "Bearer TOKENx"})
    void anotherTokenIsNone(String authorization) {
        String sent = authorization.replace("TOKEN", server.server().token());
        HttpResponse<byte[]> refused = server.send(
                server.request("/api/studies").header("Authorization", sent).build());
        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenInOtherLettersIsAnotherEvenOnAConnectionThatHadTheRightOne() {
        assertThat(server.get("/api/studies").statusCode()).isEqualTo(200);
        String token = server.server().token();
        String other = token.equals(token.toLowerCase(Locale.ROOT))
                ? token.toUpperCase(Locale.ROOT)
                : token.toLowerCase(Locale.ROOT);
        HttpResponse<byte[]> refused = server.send(server.request("/api/studies")
                .header("Authorization", "Bearer " + other)
                .build());
        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void theAddressThatIsPrintedGivesACookieAndLosesItsToken() {
        String address = server.server().address();
        assertThat(address).startsWith("http://127.0.0.1:" + server.port() + "/?token=");
        HttpResponse<byte[]> first = without(address.substring(address.indexOf("/?")) + "&layer=12&token=x");
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(RunningServer.header(first, "Location")).isEqualTo("/?layer=12");
        String cookie = RunningServer.header(first, "Set-Cookie");
        assertThat(cookie)
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Domain", server.server().token());
        String pair = cookie.substring(0, cookie.indexOf(';'));
        HttpResponse<byte[]> second = server.send(
                server.request("/api/studies").header("Cookie", pair).build());
        assertThat(second.statusCode()).isEqualTo(200);
        HttpResponse<byte[]> page =
                server.send(server.request("/").header("Cookie", pair).build());
        assertThat(page.statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressWithAnotherTokenGivesNoCookie() {
        HttpResponse<byte[]> first = without("/?token=guess");
        assertThat(first.headers().map()).doesNotContainKey("set-cookie");
        HttpResponse<byte[]> page = without("/");
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(RunningServer.text(page)).contains("Open the address that patchlens serve printed");
    }

    @Test
    void whereTheAddressSendsToIsAlwaysThisServer() {
        HttpResponse<byte[]> first = without("/?token=x&%0d%0aSet-Cookie:a=b&//evil.example/&x=%22");
        assertThat(RunningServer.header(first, "Location")).startsWith("/?");
        assertThat(first.headers().map()).doesNotContainKey("set-cookie");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "localhost.evil.example:PORT",
                "127.0.0.1.evil.example:PORT",
                "127.0.0.1:1",
                "127.0.0.1",
                "localhost",
                "127.0.0.2:PORT",
                "0.0.0.0:PORT",
                "LOCALHOST.:PORT"
            })
    void aNameThatSomebodyPointsAtThisMachineIsRefusedEvenWithTheToken(String host) {
        String named = host.replace("PORT", String.valueOf(server.port()));
        for (String path : new String[] {"/health", "/api/studies", "/"}) {
            assertThat(server.rawGet(path, named)).as(path).startsWith("HTTP/1.1 421 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "[::1]:PORT"})
    void thisMachinesOwnNamesAreWelcome(String host) {
        String named = host.replace("PORT", String.valueOf(server.port()));
        assertThat(server.rawGet("/api/studies", named)).startsWith("HTTP/1.1 200 ");
        assertThat(server.rawGet("/api/studies", named, "Origin: http://" + named))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aRequestWithoutHostIsRefused() {
        assertThat(server.raw("GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(server.raw("GET /health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 421 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "https://127.0.0.1:PORT", "http://localhost:PORT", "file://"})
    void pagesOfOtherSitesAreRefusedEvenWithTheToken(String origin) {
        String sent = origin.replace("PORT", String.valueOf(server.port()));
        HttpResponse<byte[]> refused = server.get("/api/studies", "Origin", sent);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(RunningServer.detail(refused)).isEqualTo("[origin] Pages of other sites may not ask here.");
        assertThat(refused.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @CsvSource({"cross-site,cors,403", "same-site,cors,403", "cross-site,navigate,200", "same-origin,cors,200"})
    void whatTheBrowserTellsOfTheSiteIsHeeded(String site, String mode, int status) {
        assertThat(server.get("/api/studies", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", mode)
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void whatAFormOfAnotherPageCouldSendIsRefused(String type) {
        HttpResponse<byte[]> refused = server.send(server.request(server.of("/jobs"))
                .header("Authorization", "Bearer " + server.server().token())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"analysis\":\"norms\"}"))
                .build());
        assertThat(refused.statusCode()).isEqualTo(415);
    }

    @Test
    void noScriptOfAnotherPlaceRuns() {
        String policy = RunningServer.header(server.get("/"), "Content-Security-Policy");
        assertThat(policy).contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
        assertThat(policy).doesNotContain("unsafe-eval").containsPattern("style-src 'self'[; ]");
        assertThat(RunningServer.header(server.get("/api/nope"), "X-Content-Type-Options"))
                .isEqualTo("nosniff");
    }
}
