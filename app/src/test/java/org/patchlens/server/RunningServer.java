package org.patchlens.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on a port of its own, and somebody who asks it.
final class RunningServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExplorerServer server;
    private boolean closed;
    private final Queue<Throwable> mistakes = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    RunningServer(Path... folders) {
        this(30_000, folders);
    }

    RunningServer(long idleMillis, Path... folders) {
        server =
                ExplorerServer.start(new ExplorerServer.Options(List.of(folders), 0, false, idleMillis, mistakes::add));
    }

    ExplorerServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    /// What the server did not expect.
    List<Throwable> mistakes() {
        return List.copyOf(mistakes);
    }

    /// The id of the first study.
    String study() {
        return json("/api/studies").get(0).get("id").asString();
    }

    /// The address of something of the first study.
    String of(String path) {
        return "/api/studies/" + study() + path;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(PATIENCE);
    }

    private HttpRequest.Builder allowed(String path) {
        return request(path).header("Authorization", "Bearer " + server.token());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder builder = allowed(path);
        return send((headers.length == 0 ? builder : builder.headers(headers)).build());
    }

    HttpResponse<byte[]> post(String path, String body) {
        return send(allowed(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<byte[]> delete(String path) {
        return send(allowed(path).DELETE().build());
    }

    JsonNode json(String path) {
        return json(get(path));
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return JSON.readTree(response.body());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /// The sentence of a problem.
    static String detail(HttpResponse<byte[]> response) {
        if (!response.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")) {
            throw new AssertionError("no problem: " + response.headers().map() + " " + text(response));
        }
        JsonNode problem = json(response);
        if (problem.get("status").asInt() != response.statusCode()) {
            throw new AssertionError("another status: " + problem);
        }
        return problem.get("detail").asString();
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// The numbers of an answer of type f32.
    static float[] floats(HttpResponse<byte[]> response) {
        if (!header(response, "X-Patchlens-Dtype").equals("f32")) {
            throw new AssertionError("no floats: " + response.headers().map() + " " + text(response));
        }
        float[] values = new float[response.body().length / Float.BYTES];
        ByteBuffer.wrap(response.body())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    /// Sends bytes as they are and reads until the server closes the connection.
    String raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A raw request with a host and further header lines, with the token.
    String rawGet(String path, String host, String... headers) {
        return raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nAuthorization: Bearer "
                + server.token() + "\r\n"
                + String.join(
                        "", Arrays.stream(headers).map(line -> line + "\r\n").toList()) + "\r\n");
    }

    /// Once is enough, twice does no harm.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            server.close();
        }
    }
}
