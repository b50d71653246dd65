package org.patchlens.server;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.patchlens.PatchlensException;
import org.patchlens.server.http.HttpServer;
import org.patchlens.server.http.Page;
import org.patchlens.server.http.Token;
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
    private final HttpServer http;
    private final Token token;
    private final Page page;

    private ExplorerServer(OpenStudies studies, HttpServer http, Token token, Page page) {
        this.studies = studies;
        this.http = http;
        this.token = token;
        this.page = page;
    }

    /// What is to be served, and where.
    ///
    /// @param folders of the studies
    /// @param port to listen on; 0 for any that is free
    /// @param orNext whether one of the next ports will do where this is taken
    /// @param mistakes hears what nobody expected
    public record Options(List<Path> folders, int port, boolean orNext, Consumer<Throwable> mistakes) {
        public Options {
            folders = List.copyOf(folders);
        }
    }

    /// Opens the studies and starts to serve.
    ///
    /// @throws PatchlensException if a folder is no study, or the port is taken
    public static ExplorerServer start(Options options) {
        OpenStudies studies = new OpenStudies(options.folders());
        try {
            Token token = Token.random();
            Page page = Page.bundled(PAGE);
            HttpServer http = listen(
                    new HttpServer.Content(Routes.of(studies), page, token, options.mistakes()), options);
            warmUp(studies);
            return new ExplorerServer(studies, http, token, page);
        } catch (RuntimeException e) {
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

    /// The first question after the page is there is for the metadata, which takes a database that takes its time.
    private static void warmUp(OpenStudies studies) {
        Thread.ofVirtual().name("patchlens-warm-up").start(() -> {
            for (OpenStudy open : studies.all()) {
                try {
                    open.study().metadata();
                } catch (RuntimeException e) {
                    return; // whoever asks for it hears why
                }
            }
        });
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
        http.close();
        studies.close();
    }
}
