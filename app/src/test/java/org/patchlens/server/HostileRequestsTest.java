package org.patchlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the server survives.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {
    private static final long IDLE_MILLIS = 1_000;

    private final RunningServer server;

    HostileRequestsTest(@TempDir Path folder) {
        ServedStudy.write(folder.resolve("study"));
        server = new RunningServer(IDLE_MILLIS, folder.resolve("study"));
    }

    @AfterAll
    void nothingUnexpectedHappened() {
        server.close();
        assertThat(server.mistakes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/..%2f..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/assets/../../../../etc/passwd",
                "/assets/..%5c..%5cetc%5cpasswd",
                "/assets/%00",
                "//etc/passwd",
                "/./etc/passwd",
                "/;/etc/passwd",
                "/api/studies/..%2f..%2fstudy/images",
                "/api/studies/%2fetc/images",
                "/api/studies/STUDY/../../../etc/passwd",
                "/api/studies/STUDY/images/..%2f0/view",
                "/api/studies/STUDY/images/-1/view",
                "/api/studies/STUDY/images/99999999999/view",
                "/api/studies/STUDY/columns/..%2f..%2fstudy.json",
                "/api/studies/STUDY/results/norms/..%2f..%2fstudy",
                "/api/studies/STUDY/results/..%2fshards/00000",
                "/api/studies/STUDY/results/norms/first/arrays/..%2f..%2f..%2f..%2fstudy",
                "/api/studies/STUDY/results/.lock/x",
                "/page/index.html",
                "/META-INF/MANIFEST.MF",
                "/org/patchlens/server/ExplorerServer.class"
            })
    void noPathLeadsToAFile(String path) {
        String answer = server.rawGet(path.replace("STUDY", server.study()), "127.0.0.1:" + server.port());
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("root:", "patchlens-study", "Jetty");
        assertThat(answer).doesNotContain("\tat ", "Exception", "org.patchlens", "io.javalin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/9.9\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "POST /api/studies/x/jobs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: -5\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 5\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: a\r\n b\r\nConnection: close\r\n\r\n",
            })
    void whatIsNoRequestIsRefusedWithoutAWordOfTheInside(String request) {
        String answer = server.raw(request.replace("PORT", String.valueOf(server.port())));
        assertThat(answer).matches("(?s)HTTP/1.1 (400|401|421|426|505) .*");
        assertThat(answer).contains("application/problem+json");
        assertThat(answer).doesNotContain("Jetty", "\tat ", "Exception", "org.eclipse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | [body] is not what is expected",
                "[] | [body] is not what is expected",
                "null | [body] is empty",
                "{\"patches\":1} | [body] is not what is expected",
                "{\"patches\":[[0,1]],\"to\":[0]} | [patches] three numbers are expected",
                "{\"patches\":[[0,1,null]],\"to\":[0]} | [patches] three numbers are expected",
                "{\"patches\":[],\"to\":[0]} | [patches] 1 to 4096 triples",
                "{\"to\":[0]} | [patches] 1 to 4096 triples",
                "{\"patches\":[[0,6,0]],\"to\":[0]} | [patch 6,0] is outside the grid of 6 x 5 patches",
                "{\"patches\":[[0,0,-1]],\"to\":[0]} | [patch 0,-1] is outside the grid",
                "{\"patches\":[[0,0,0]],\"to\":\"some\"} | [to] a list of images, or all, is expected",
                "{\"patches\":[[0,0,0]],\"to\":[]} | [images] 0 were given; 1 to 64 are expected",
                "{\"patches\":[[0,0,0]],\"to\":[0],\"layer\":\"2\"} | [layer 2] the study stores",
                "{\"patches\":[[0,0,0]],\"to\":[0],\"layer\":\"x\"} | [layer x] a layer is a number from 0, or last",
                "{\"patches\":[[0,0,0]],\"to\":[0],\"dtype\":\"f64\"} | [dtype] u8 or f32 is expected",
                "{\"patches\":[[0,0,0]],\"to\":[0],\"file\":\"/etc/passwd\"} | [body] is not what is expected",
            })
    void aQuestionThatCannotBeMeantIsAnsweredInASentence(String body, String sentence) {
        HttpResponse<byte[]> refused = server.post(server.of("/similarity"), body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningServer.detail(refused)).startsWith(sentence).doesNotContain("org.patchlens");
    }

    @Test
    void anImageThatIsNotThereIsNotFound() {
        HttpResponse<byte[]> refused = server.post(server.of("/similarity"), "{\"patches\":[[12,0,0]],\"to\":[0]}");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(RunningServer.detail(refused)).isEqualTo("[image 12] the study has images 0 to 11.");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
        String large = "{\"patches\":[" + " ".repeat(2 << 20) + "]}";
        HttpResponse<byte[]> refused = server.post(server.of("/similarity"), large);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(RunningServer.detail(refused)).startsWith("[body] It is larger than 1048576 bytes");
    }

    @Test
    void aBodyThatDoesNotSayHowLargeItIsIsRefusedToo() {
        byte[] piece = new byte[1 << 16];
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            pieces.add(piece);
        }
        HttpResponse<byte[]> refused = server.send(server.request(server.of("/similarity"))
                .header("Authorization", "Bearer " + server.server().token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(pieces))
                .build());
        assertThat(refused.statusCode()).isEqualTo(413);
    }

    @Test
    void aLongAddressAndLongHeadersAreRefused() {
        String host = "127.0.0.1:" + server.port();
        assertThat(server.rawGet("/" + "x".repeat(20_000), host)).startsWith("HTTP/1.1 414 ");
        assertThat(server.rawGet("/health", host, "X-Long: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aMethodThatIsNotMeantIsToldSo() {
        assertThat(server.delete("/health").statusCode()).isEqualTo(405);
        assertThat(RunningServer.detail(server.post("/api/studies", "{}")))
                .isEqualTo("[request] This address is there, but not for this method.");
    }

    /// A hundred senders that send nothing more keep nobody else waiting, and are shown out.
    @Test
    void slowSendersAreShownOut() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                slow.add(socket);
                String start = i % 2 == 0
                        ? "GET /health HTTP/1.1\r\nHost: 127"
                        : "POST " + server.of("/similarity") + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                                + "\r\nAuthorization: Bearer " + server.server().token()
                                + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
                socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
            assertThat(server.get("/api/studies").statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                socket.setSoTimeout((int) (20 * IDLE_MILLIS));
                try (InputStream answer = socket.getInputStream()) {
                    assertThat(new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1))
                            .doesNotContain("\tat ", "Exception");
                }
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /// A body that comes byte by byte, often enough that the connection never rests, is not waited for.
    @Test
    void aBodyThatDripsIsRefused() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) (IDLE_MILLIS / 20));
            String start = "POST " + server.of("/similarity") + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                    + "\r\nAuthorization: Bearer " + server.server().token()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{";
            socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(answerWhileDripping(socket)).startsWith("HTTP/1.1 408 ").doesNotContain("\tat ", "Exception");
        }
    }

    /// What comes back while a blank is sent every now and then, for at most a hundred times the patience of the
    /// server.
    private static String answerWhileDripping(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        for (int drops = 0; drops < 2_000; drops++) {
            try {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return answer.toString();
                }
                answer.append((char) next);
            } catch (SocketTimeoutException e) {
                if (answer.isEmpty()) {
                    socket.getOutputStream().write(' ');
                }
            } catch (SocketException e) {
                return answer.toString(); // the server has hung up
            }
        }
        return answer.toString();
    }
}
