package org.patchlens.model.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.patchlens.PatchlensException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Speaks the hub's HTTP: what files a model has, what they are, their bytes. Believes no length and no name.
///
/// The token is sent to the endpoint's own host alone: large files are redirected to storage of other companies.
final class HubClient implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_LISTING = 32 << 20;
    private static final long LARGEST_FILE = 1L << 40;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .build();

    private final HubSettings settings;
    private final Retries retries;
    private final HttpClient http;

    HubClient(HubSettings settings, Retries retries) {
        this.settings = settings;
        this.retries = retries;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.patience());
        settings.proxy()
                .ifPresent(proxy -> builder.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(
                        proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort()))));
        this.http = builder.build();
    }

    /// What a revision stands for now, and the names of its files.
    ///
    /// @throws PatchlensException if there is no such model or revision, or it is not for everybody
    Listing list(ModelName name) {
        URI uri = uri("/api/models/" + name.repository() + "/revision/" + encoded(name.revision()));
        byte[] body = retries.run(settings, name, () -> {
            HttpResponse<InputStream> response = send("GET", uri, 0);
            try (InputStream bytes = response.body()) {
                refuse(name, "the list of its files", response);
                return bytes.readNBytes(LONGEST_LISTING + 1);
            }
        });
        if (body.length > LONGEST_LISTING) {
            throw HubProblem.nonsense(name, "the list of its files is longer than " + LONGEST_LISTING + " bytes");
        }
        try {
            return Listing.of(name, MAPPER.readTree(body));
        } catch (JacksonException e) {
            throw HubProblem.nonsense(name, settings.endpoint() + " answers with something that is no list of files")
                    .causedBy(e);
        }
    }

    /// What a file is, without its bytes.
    RemoteFile describe(ModelName name, String commit, String path) {
        return retries.run(settings, name, () -> {
            HttpResponse<InputStream> response = head(name, fileUri(name, commit, path), path);
            String etag = header(response, "X-Linked-Etag")
                    .or(() -> header(response, "ETag"))
                    .map(text -> text.replaceFirst("^W/", "").replace("\"", ""))
                    .orElse("");
            OptionalLong bytes = number(response, "X-Linked-Size");
            long length = bytes.isPresent()
                    ? bytes.getAsLong()
                    : number(response, "Content-Length").orElse(-1);
            if (!PLAIN.matcher(etag).matches() || etag.startsWith(".")) {
                throw HubProblem.nonsense(name, "the hub gives " + path + " no name for its content (ETag)");
            }
            if (length < 0 || length > LARGEST_FILE) {
                throw HubProblem.nonsense(name, "the hub says that " + path + " has " + length + " bytes");
            }
            return new RemoteFile(path, etag, length);
        });
    }

    /// Follows redirects on the hub itself (a model that was renamed) but not those to its storage, which know
    /// nothing of the content's name.
    private HttpResponse<InputStream> head(ModelName name, URI first, String path) throws IOException {
        URI uri = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = sendOnce("HEAD", uri, 0);
            response.body().close();
            Optional<URI> target = redirect(uri, response);
            if (target.isEmpty() || header(response, "X-Linked-Etag").isPresent()) {
                refuse(name, path, response);
                return response;
            }
            uri = target.get();
        }
        throw HubProblem.nonsense(name, "the hub redirects " + path + " more than " + MOST_REDIRECTS + " times");
    }

    /// The bytes of a file from an offset on.
    ///
    /// @return the answer: 200 with all bytes, or 206 with those from the offset
    HttpResponse<InputStream> open(ModelName name, String commit, RemoteFile file, long from) throws IOException {
        HttpResponse<InputStream> response = send("GET", fileUri(name, commit, file.path()), from);
        try {
            refuse(name, file.path(), response);
            return response;
        } catch (PatchlensException | IOException e) {
            response.body().close();
            throw e;
        }
    }

    private HttpResponse<InputStream> send(String method, URI first, long from) throws IOException {
        URI uri = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = sendOnce(method, uri, from);
            Optional<URI> target = redirect(uri, response);
            if (target.isEmpty()) {
                return response;
            }
            response.body().close();
            uri = target.get();
        }
        throw new IOException("more than " + MOST_REDIRECTS + " redirects");
    }

    private HttpResponse<InputStream> sendOnce(String method, URI uri, long from) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(settings.patience())
                .header("User-Agent", "patchlens")
                .header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        if (isHub(uri)) {
            settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        }
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PatchlensException.interrupted(
                            "download", "stopped", "Run the same command again; what has arrived is kept")
                    .causedBy(e);
        }
    }

    private boolean isHub(URI uri) {
        URI hub = URI.create(settings.endpoint());
        return uri.getScheme().equals(hub.getScheme())
                && uri.getHost().equalsIgnoreCase(hub.getHost())
                && uri.getPort() == hub.getPort();
    }

    private Optional<URI> redirect(URI from, HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
            return Optional.empty();
        }
        try {
            URI target = from.resolve(header(response, "Location").orElse(""));
            boolean isPlain = "http".equals(target.getScheme());
            boolean isSecure = "https".equals(target.getScheme());
            if (target.getHost() == null
                    || !(isSecure || (isPlain && settings.endpoint().startsWith("http:")))) {
                throw new IOException("a redirect to " + target.getScheme() + " is not followed");
            }
            return Optional.of(target);
        } catch (IllegalArgumentException e) {
            throw new IOException("a redirect to nowhere", e);
        }
    }

    private void refuse(ModelName name, String what, HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        if (status == 200 || status == 206 || (status >= 300 && status < 400)) {
            return;
        }
        if (status == 429 || status == 408 || status >= 500) {
            throw new Retries.Later(status, number(response, "Retry-After"));
        }
        throw HubProblem.refused(
                settings, name, what, status, header(response, "X-Error-Code").orElse(""));
    }

    private URI fileUri(ModelName name, String commit, String path) {
        return uri("/" + name.repository() + "/resolve/" + commit + "/"
                + encoded(path).replace("%2F", "/"));
    }

    private URI uri(String path) {
        return URI.create(settings.endpoint() + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name.toLowerCase(Locale.ROOT));
    }

    private static OptionalLong number(HttpResponse<?> response, String name) {
        return header(response, name)
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /// Breaks off what is still under way: a body that nobody reads to its end would never be over.
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
