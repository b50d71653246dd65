package org.patchlens.server.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.patchlens.server.access.Guard;
import org.patchlens.study.disk.Checksum;

/// The files of the page, read once from the program's own jar: a request chooses among them by name, and
/// reaches no file system.
public final class Page {
    private static final String INDEX = "index.html";
    private static final String PACKED_BY_BUILD = ".br";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "woff2", "font/woff2",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, PageFile> files;

    private Page(Map<String, PageFile> files) {
        this.files = files;
    }

    /// One file.
    ///
    /// @param type of its content
    /// @param validator of its content
    /// @param plain the content
    /// @param packed the same in less bytes, the fewest first
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
    private record PageFile(String type, String validator, byte[] plain, List<Packed> packed) {}

    /// Content in a coding of `Content-Encoding`.
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
    private record Packed(String coding, byte[] content) {
        /// Whether a browser takes the coding: it lists it, and not with the weight 0.
        boolean isTakenBy(String accepted) {
            return Stream.of(accepted.toLowerCase(Locale.ROOT).split(","))
                    .map(part -> part.replace(" ", ""))
                    .anyMatch(part ->
                            part.equals(coding) || (part.startsWith(coding + ";") && !part.matches(".*;q=0(\\.0*)?")));
        }
    }

    /// The page that the program was built with; without files if it was built without one.
    ///
    /// @param folder of the class path, such as `/page`
    public static Page bundled(String folder) {
        URL index = Page.class.getResource(folder + "/" + INDEX);
        if (index == null) {
            return new Page(Map.of());
        }
        Map<String, byte[]> contents = new HashMap<>();
        try {
            if (index.openConnection() instanceof JarURLConnection connection) {
                connection.setUseCaches(false);
                try (JarFile jar = connection.getJarFile()) {
                    read(jar, folder.substring(1) + "/", contents);
                }
            } else {
                read(
                        Objects.requireNonNull(
                                Path.of(URI.create(index.toString())).getParent()),
                        contents);
            }
            return new Page(files(contents));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(JarFile jar, String prefix, Map<String, byte[]> contents) throws IOException {
        for (var entry : (Iterable<java.util.jar.JarEntry>) jar.stream()::iterator) {
            if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                try (InputStream content = jar.getInputStream(entry)) {
                    String name = entry.getName().substring(prefix.length());
                    contents.put(name, content.readAllBytes());
                }
            }
        }
    }

    private static void read(Path folder, Map<String, byte[]> contents) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                contents.put(name, Files.readAllBytes(path));
            }
        }
    }

    /// A file that ends in `.br` is no file of its own: the build packed the one that is called like it without.
    private static Map<String, PageFile> files(Map<String, byte[]> contents) throws IOException {
        Map<String, PageFile> files = new HashMap<>();
        for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
            String name = entry.getKey();
            if (!name.endsWith(PACKED_BY_BUILD)) {
                files.put(
                        name, file(name, entry.getValue(), Optional.ofNullable(contents.get(name + PACKED_BY_BUILD))));
            }
        }
        return files;
    }

    private static PageFile file(String name, byte[] content, Optional<byte[]> brotli) throws IOException {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        List<Packed> packed = Stream.concat(
                        brotli.stream().map(bytes -> new Packed("br", bytes)),
                        Stream.of(new Packed("gzip", compressed.toByteArray())))
                .filter(form -> form.content.length < content.length)
                .sorted(Comparator.comparingInt(form -> form.content.length))
                .toList();
        return new PageFile(
                TYPES.getOrDefault(end, "application/octet-stream"),
                Checksum.of(content).substring(0, 32),
                content,
                packed);
    }

    /// The names of its files.
    public Set<String> names() {
        return Set.copyOf(files.keySet());
    }

    /// Whether there is one.
    public boolean isThere() {
        return !files.isEmpty();
    }

    /// The address itself: takes the token out of the address, and shows the page to whoever may see it.
    void welcome(Context context, Guard guard) {
        if (guard.welcome(context)) {
            context.header("Cache-Control", "no-store");
            context.status(303).header("Location", "/" + rest(context));
            return;
        }
        if (!guard.mayAsk(context)) {
            tell(context, 401, "Open the address that patchlens serve printed; it holds the token of this run.");
        } else if (!isThere()) {
            tell(
                    context,
                    200,
                    "Patchlens was built without its page, because npm was missing; the interface for programs is at"
                            + " /api/openapi.json.");
        } else {
            send(context, Objects.requireNonNull(files.get(INDEX)), "private, no-cache");
        }
    }

    /// The query without the token: it is the state that a shared address holds.
    private static String rest(Context context) {
        String query = Objects.requireNonNullElse(context.queryString(), "");
        List<String> kept = Stream.of(query.split("&"))
                .filter(part -> !part.isEmpty() && !part.startsWith("token="))
                .filter(part -> part.matches("[A-Za-z0-9._~!$'()*+,;=:@/?%-]*"))
                .toList();
        return kept.isEmpty() ? "" : "?" + String.join("&", kept);
    }

    /// A file of the page.
    void file(Context context, Guard guard) {
        guard.checkToken(context);
        String name = context.pathParam("file");
        PageFile file = files.get(name);
        if (file == null) {
            throw new NotFound(shortened(name), "there is nothing of this name here");
        }
        boolean named = name.startsWith("assets/"); // the build puts a checksum into these names
        send(context, file, named ? "private, max-age=31536000, immutable" : "private, no-cache");
    }

    private static String shortened(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }

    private static void send(Context context, PageFile file, String keep) {
        context.disableCompression();
        context.header("Cache-Control", keep).header("Vary", "Accept-Encoding");
        String validator = "W/\"" + file.validator + "\"";
        context.header("ETag", validator);
        if (validator.equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        context.contentType(file.type);
        String accepted = Objects.requireNonNullElse(context.header("Accept-Encoding"), "");
        Optional<Packed> packed =
                file.packed.stream().filter(form -> form.isTakenBy(accepted)).findFirst();
        packed.ifPresent(form -> context.header("Content-Encoding", form.coding));
        context.result(packed.map(Packed::content).orElse(file.plain));
    }

    private static void tell(Context context, int status, String sentence) {
        context.status(status).header("Cache-Control", "no-store");
        context.contentType("text/html; charset=utf-8")
                .result("<!doctype html><html lang=\"en\"><title>Patchlens</title><p>" + sentence + "</p></html>");
    }
}
