import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How quickly the server is there, and how quickly it answers: `java tools/benchmark/Serve.java STUDY [SECONDS]`.
///
/// Clients are plain sockets in this process, which takes processor time from the server: the figures are an upper
/// bound. The gate: every answer of a question has the same bytes as the first one, and as many as its header
/// says.
public final class Serve {
    private static final int STARTS = 5;
    private static final long WARM_UP_SECONDS = 5;
    private static final int CLIENTS = 32;
    private static final int IMAGES = 24;

    private Serve() {}

    public static void main(String[] arguments) throws Exception {
        Path study = Path.of(arguments[0]);
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 10;
        say("load %s, %d processors", load(), Runtime.getRuntime().availableProcessors());
        List<Double> ready = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            try (Server server = Server.start(study)) {
                ready.add(server.readyMillis);
            }
        }
        say("ready after the command (first answer of /health), ms: %s", rounded(ready));
        try (Server server = Server.start(study)) {
            Client client = new Client(server);
            client.get("/api/studies");
            Matcher id = Pattern.compile("\"id\":\"([0-9a-f-]+)\"").matcher(client.text());
            id.find();
            String base = "/api/studies/" + id.group(1);
            for (String path : List.of("/api/studies", base, base + "/images", base + "/atlas?count=217&size=48")) {
                long start = System.nanoTime();
                client.get(path);
                say("first answer of %-40s %6.0f ms, %d bytes", path, millis(start), client.body.length);
            }
            String address = base + "/similarity";
            long start = System.nanoTime();
            client.post(address, question(0));
            say("first heat map of %d images: %.1f ms", IMAGES, millis(start));
            measure(server, address, 1, seconds);
            measure(server, address, CLIENTS, seconds);
        }
    }

    private static String question(int patch) {
        StringBuilder images = new StringBuilder("0");
        for (int i = 1; i < IMAGES; i++) {
            images.append(',').append(i);
        }
        return "{\"patches\":[[0," + patch % 7 + "," + patch % 5 + "]],\"to\":[" + images + "]}";
    }

    private static void measure(Server server, String address, int clients, double seconds) throws Exception {
        byte[][] expected = new byte[35][];
        Client first = new Client(server);
        for (int i = 0; i < expected.length; i++) {
            first.post(address, question(i));
            expected[i] = first.body;
        }
        String before = load();
        long begin = System.nanoTime() + (long) (WARM_UP_SECONDS * 1e9);
        long end = WARM_UP_SECONDS * 1_000_000_000L + System.nanoTime() + (long) (seconds * 1e9);
        List<Callable<List<Double>>> work = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            int offset = c;
            work.add(() -> {
                List<Double> times = new ArrayList<>();
                try (Client client = new Client(server)) {
                    for (int i = offset; System.nanoTime() < end; i++) {
                        long start = System.nanoTime();
                        client.post(address, question(i % 35));
                        if (start >= begin) {
                            times.add(millis(start));
                        }
                        if (!Arrays.equals(client.body, expected[i % 35])) {
                            throw new IllegalStateException("another answer than before");
                        }
                    }
                }
                return times;
            });
        }
        List<Double> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            for (Future<List<Double>> times : pool.invokeAll(work)) {
                all.addAll(times.get());
            }
        }
        all.sort(null);
        say(
                "%2d clients, %d images: %.0f requests/s, p50 %.1f ms, p99 %.1f ms, max %.1f ms (n %d, load before %s)",
                clients,
                IMAGES,
                all.size() / seconds,
                all.get(all.size() / 2),
                all.get((int) (all.size() * 0.99)),
                all.getLast(),
                all.size(),
                before);
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static String rounded(List<Double> millis) {
        return millis.stream()
                .map(each -> String.valueOf(Math.round(each)))
                .toList()
                .toString();
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).split(" ")[0] : "unknown";
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private record Server(Process process, int port, String token, double readyMillis) implements AutoCloseable {
        static Server start(Path study) throws IOException {
            long start = System.nanoTime();
            Process process = new ProcessBuilder("./patchlens", "serve", study.toString(), "--no-open", "--port", "0")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream()));
            Matcher address = Pattern.compile(":(\\d+)/\\?token=(.+)").matcher(String.valueOf(lines.readLine()));
            if (!address.find()) {
                throw new IllegalStateException("the server printed no address");
            }
            Server server = new Server(process, Integer.parseInt(address.group(1)), address.group(2), 0);
            try (Client client = new Client(server)) {
                client.get("/health");
            }
            return new Server(process, server.port, server.token, millis(start));
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    /// One connection that is kept.
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final Server server;
        private byte[] body = new byte[0];

        Client(Server server) throws IOException {
            this.server = server;
            socket = new Socket("127.0.0.1", server.port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }

        void get(String path) throws IOException {
            exchange("GET", path, "");
        }

        void post(String path, String json) throws IOException {
            exchange("POST", path, json);
        }

        private void exchange(String method, String path, String json) throws IOException {
            String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port
                    + "\r\nAuthorization: Bearer " + server.token
                    + (json.isEmpty() ? "" : "\r\nContent-Type: application/json\r\nContent-Length: " + json.length())
                    + "\r\n\r\n" + json;
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            int length = -1;
            String status = line();
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            body = length >= 0 ? in.readNBytes(length) : chunks();
            if (!status.contains(" 200 ")) {
                throw new IllegalStateException(status + " " + text());
            }
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                all.write(in.readNBytes(size));
                line();
            }
            line();
            return all.toByteArray();
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection ended");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
