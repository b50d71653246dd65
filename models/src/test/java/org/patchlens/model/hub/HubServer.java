package org.patchlens.model.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A hub on this machine with one model, `lab/eye`, that serves the paths of the Hugging Face hub and misbehaves
/// on request. Weights are redirected to a storage with another host name, as the hub does it.
final class HubServer implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer server;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger troubles = new AtomicInteger();
    private Trouble trouble = Trouble.NONE;

    /// How it misbehaves, as often as it is told to.
    enum Trouble {
        NONE,
        /// Weights end after 1,000 further bytes.
        CUT,
        /// Weights never go on after 1,000 further bytes.
        STALL,
        /// Says 500.
        BROKEN,
        /// Says 429 with `Retry-After: 7`.
        BUSY,
        /// Announces fewer bytes than it sends.
        UNDERSTATES,
        /// Announces 2 TB.
        OVERSTATES,
        /// Sends other bytes than it announces.
        FORGES,
        /// Says 401 to everything.
        PRIVATE,
        /// Says 403 with the code of a gated model.
        GATED,
        /// Ignores ranges.
        FORGETS_RANGES,
        /// Sends no ETag.
        NAMELESS,
        /// Redirects in a circle.
        CIRCLES
    }

    private HubServer(HttpServer server) {
        this.server = server;
    }

    /// Starts to serve the files of a folder.
    static HubServer of(Path folder) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            HubServer hub = new HubServer(server);
            try (var list = Files.list(folder)) {
                for (Path file : list.toList()) {
                    hub.files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
            server.createContext("/", hub::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return hub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Misbehaves so many times.
    HubServer with(Trouble kind, int times) {
        trouble = kind;
        troubles.set(times);
        return this;
    }

    HubServer without(String file) {
        files.remove(file);
        return this;
    }

    HubServer with(String file, byte[] content) {
        files.put(file, content);
        return this;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String storage() {
        return "http://localhost:" + server.getAddress().getPort() + "/storage/";
    }

    /// Method, path, range and the token's presence of all requests so far.
    List<String> requests() {
        return List.copyOf(requests);
    }

    byte[] file(String name) {
        return files.getOrDefault(name, new byte[0]);
    }

    private boolean now(Trouble kind) {
        return trouble == kind && troubles.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        boolean hasToken = exchange.getRequestHeaders().containsKey("Authorization");
        requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range)
                + (hasToken ? " token" : ""));
        try (exchange) {
            if (!refused(exchange)) {
                serve(exchange, path);
            }
        }
    }

    private boolean refused(HttpExchange exchange) throws IOException {
        if (now(Trouble.BROKEN)) {
            return status(exchange, 500, "");
        }
        if (now(Trouble.BUSY)) {
            exchange.getResponseHeaders().set("Retry-After", "7");
            return status(exchange, 429, "");
        }
        if (now(Trouble.PRIVATE)) {
            return status(exchange, 401, "RepoNotFound");
        }
        if (now(Trouble.GATED)) {
            return status(exchange, 403, "GatedRepo");
        }
        return false;
    }

    private static boolean status(HttpExchange exchange, int status, String code) throws IOException {
        if (!code.isEmpty()) {
            exchange.getResponseHeaders().set("X-Error-Code", code);
        }
        exchange.sendResponseHeaders(status, -1);
        return true;
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        String list = "/api/models/lab/eye/revision/";
        String resolve = "/lab/eye/resolve/" + COMMIT + "/";
        if (path.startsWith(list)) {
            boolean isKnown = List.of("main", COMMIT).contains(path.substring(list.length()));
            if (isKnown) {
                send(exchange, listing());
            } else {
                status(exchange, 404, "RevisionNotFound");
            }
        } else if (path.startsWith(resolve)) {
            resolve(exchange, path.substring(resolve.length()));
        } else if (path.startsWith("/storage/")) {
            stream(exchange, files.getOrDefault(path.substring("/storage/".length()), new byte[0]));
        } else {
            status(exchange, 401, "RepoNotFound");
        }
    }

    private byte[] listing() {
        StringBuilder json =
                new StringBuilder("{\"sha\":\"" + COMMIT + "\",\"siblings\":[{\"rfilename\":\"../../evil\"}");
        files.keySet()
                .forEach(name -> json.append(",{\"rfilename\":\"").append(name).append("\"}"));
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void resolve(HttpExchange exchange, String name) throws IOException {
        byte[] content = files.get(name);
        if (content == null) {
            status(exchange, 404, "EntryNotFound");
            return;
        }
        if (now(Trouble.CIRCLES)) {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().getPath());
            status(exchange, 307, "");
            return;
        }
        boolean isLarge = name.endsWith(".safetensors");
        if (isLarge) {
            describe(exchange, content);
            exchange.getResponseHeaders().set("Location", storage() + name);
            status(exchange, 302, "");
            return;
        }
        exchange.getResponseHeaders().set("ETag", "\"" + gitName(content) + "\"");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            status(exchange, 200, "");
        } else {
            send(exchange, content);
        }
    }

    private void describe(HttpExchange exchange, byte[] content) {
        long announced = content.length;
        if (now(Trouble.UNDERSTATES)) {
            announced -= 10;
        } else if (now(Trouble.OVERSTATES)) {
            announced = 2L << 40;
        }
        if (!now(Trouble.NAMELESS)) {
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sha256(content) + "\"");
            exchange.getResponseHeaders().set("X-Linked-Size", Long.toString(announced));
        }
    }

    private void stream(HttpExchange exchange, byte[] whole) throws IOException {
        byte[] content = whole.clone();
        if (now(Trouble.FORGES)) {
            content[content.length / 2] ^= 1;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        int status = 200;
        if (range != null && trouble != Trouble.FORGETS_RANGES) {
            from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
            status = 206;
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            String.format(Locale.ROOT, "bytes %d-%d/%d", from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(status, content.length - from);
        OutputStream body = exchange.getResponseBody();
        if (now(Trouble.CUT)) {
            body.write(content, from, Math.min(1000, content.length - from));
            body.flush();
            throw new IOException("cut on purpose");
        }
        if (now(Trouble.STALL)) {
            body.write(content, from, Math.min(1000, content.length - from));
            body.flush();
            waitForTheEnd();
            throw new IOException("stalled on purpose");
        }
        body.write(content, from, content.length - from);
    }

    /// Until the server is stopped.
    private void waitForTheEnd() {
        synchronized (files) {
            try {
                files.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void send(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest("SHA-256", content));
    }

    private static String gitName(byte[] content) {
        byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return HexFormat.of().formatHex(digest("SHA-1", all));
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        synchronized (files) {
            files.notifyAll();
        }
        server.stop(0);
    }
}
