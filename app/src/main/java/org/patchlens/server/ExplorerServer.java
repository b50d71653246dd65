package org.patchlens.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.patchlens.PatchlensException;
import org.patchlens.patch.Reduction;
import org.patchlens.server.access.Token;
import org.patchlens.server.http.HttpServer;
import org.patchlens.server.http.Page;
import org.patchlens.server.job.JobQueue;
import org.patchlens.server.rest.Routes;
import org.patchlens.server.study.OpenStudies;
import org.patchlens.server.study.OpenStudy;

/// A running server over some studies.
public final class ExplorerServer implements AutoCloseable {
    /// The port that is tried first.
    public static final int USUAL_PORT = 8686;

    private static final int PORTS_TRIED = 20;
    private static final String PAGE = "/page";

    private final OpenStudies studies;
    private final JobQueue queue;
    private final HttpServer http;
    private final Token token;
    private final Page page;

    private ExplorerServer(OpenStudies studies, JobQueue queue, HttpServer http, Token token, Page page) {
        this.studies = studies;
        this.queue = queue;
        this.http = http;
        this.token = token;
        this.page = page;
    }

    /// What is to be served, and where.
    ///
    /// @param folders of the studies
    /// @param port to listen on; 0 for any that is free
    /// @param orNext whether one of the next ports will do where this is taken
    /// @param idleMillis after which a connection on which nothing moves is closed
    /// @param mistakes hears what nobody expected
    public record Options(List<Path> folders, int port, boolean orNext, long idleMillis, Consumer<Throwable> mistakes) {
        private static final long USUAL_IDLE_MILLIS = 30_000;

        public Options {
            folders = List.copyOf(folders);
        }

        /// With half a minute of patience for slow connections.
        public Options(List<Path> folders, int port, boolean orNext, Consumer<Throwable> mistakes) {
            this(folders, port, orNext, USUAL_IDLE_MILLIS, mistakes);
        }
    }

    /// Opens the studies and starts to serve.
    ///
    /// @throws PatchlensException if a folder is no study, or the port is taken
    public static ExplorerServer start(Options options) {
        OpenStudies studies = new OpenStudies(options.folders());
        JobQueue queue = new JobQueue(options.mistakes());
        try {
            Token token = Token.random();
            Page page = Page.bundled(PAGE);
            HttpServer http = listen(
                    new HttpServer.Content(
                            Routes.of(studies, queue), page, token, options.idleMillis(), options.mistakes()),
                    options);
            warmUp(studies);
            return new ExplorerServer(studies, queue, http, token, page);
        } catch (RuntimeException e) {
            queue.close();
            studies.close();
            throw e;
        }
    }

    private static HttpServer listen(HttpServer.Content content, Options options) {
        int last = options.orNext() ? options.port() + PORTS_TRIED : options.port();
        for (int port = options.port(); ; port++) {
            try {
                return HttpServer.start(content, port);
            } catch (PatchlensException e) {
                if (port >= last) {
                    throw e;
                }
            }
        }
    }

    /// The first questions are for the metadata, which takes a database that takes its time, and for the
    /// similarity at the deepest layer, which is measured once.
    private static void warmUp(OpenStudies studies) {
        Thread.ofVirtual().name("patchlens-warm-up").start(() -> {
            for (OpenStudy open : studies.all()) {
                try {
                    open.study().metadata();
                    open.spaces().similarity(open.study().manifest().layers().getLast(), Reduction.CENTER);
                } catch (RuntimeException e) {
                    return; // whoever asks for it hears why
                }
            }
        });
    }

    /// Answers a few requests, so that the start-up cache knows what answering takes.
    public void rehearse() {
        for (String path : List.of("/health", "/api/studies", "/api/analyses", "/")) {
            try {
                URLConnection connection =
                        URI.create("http://127.0.0.1:" + port() + path).toURL().openConnection();
                connection.setRequestProperty("Authorization", "Bearer " + token());
                try (InputStream answer = connection.getInputStream()) {
                    answer.readAllBytes();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The address with the token of this run.
    public String address() {
        return "http://127.0.0.1:" + port() + "/?token=" + token.text();
    }

    /// The port that is listened on.
    public int port() {
        return http.port();
    }

    /// The secret of this run.
    public String token() {
        return token.text();
    }

    /// Whether the program was built with a page.
    public boolean hasPage() {
        return page.isThere();
    }

    /// Stops to listen, cancels what runs, closes the studies.
    @Override
    public void close() {
        queue.close();
        http.close();
        studies.close();
    }
}
