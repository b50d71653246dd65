package org.patchlens.server.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.patchlens.PatchlensException;
import org.patchlens.server.access.Guard;
import org.patchlens.server.access.SafetyHeaders;
import org.patchlens.server.access.Token;

/// Serves routes and the page on the loopback interface.
public final class HttpServer implements AutoCloseable {
    /// The largest body that is read, in bytes.
    public static final int LARGEST_BODY = 1 << 20;

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_CONNECTIONS = 512;
    private static final int LEAST_WATCHING = 2;
    private static final int MOST_WATCHING = 8;
    private static final int LONGEST_HEADER = 8192;
    private static final long STOP_MILLIS = 1_000;

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /// What is served to whom.
    ///
    /// @param routes of the interface for programs
    /// @param page that a browser shows
    /// @param token of this run
    /// @param idleMillis after which a connection on which nothing moves is closed, such as that of a slow sender
    /// @param mistakes hears what nobody expected
    public record Content(List<Route> routes, Page page, Token token, long idleMillis, Consumer<Throwable> mistakes) {
        public Content {
            routes = List.copyOf(routes);
        }
    }

    /// Starts to serve.
    ///
    /// @param port 0 for any that is free
    /// @throws PatchlensException if the port is taken
    public static HttpServer start(Content content, int port) {
        Javalin javalin = Javalin.create(config -> configure(config, content, port));
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw PatchlensException.usage(
                            "--port " + port,
                            "is taken by another program",
                            "Give another port, or --port 0 for any that is free.")
                    .causedBy(e);
        }
        return new HttpServer(javalin);
    }

    private static void configure(JavalinConfig config, Content content, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.threadPool = threads();
        config.http.maxRequestSize = LARGEST_BODY;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.http.prefer405over404 = true;
        config.jetty.modifyServer(HttpServer::limit);
        config.jetty.modifyHttpConfiguration(http -> limit(http, content.idleMillis()));
        config.jetty.addConnector((server, http) -> connector(server, http, port, content.idleMillis()));
        serve(config, content, new Guard(content.token()));
    }

    /// Connections are watched by threads of the system, which no request can hold up; each request has a virtual
    /// one.
    private static ThreadPool threads() {
        QueuedThreadPool watching = new QueuedThreadPool(MOST_WATCHING, LEAST_WATCHING);
        watching.setName("patchlens-connections");
        watching.setDaemon(true);
        watching.setReservedThreads(0);
        watching.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("patchlens-request-"));
        return watching;
    }

    private static void limit(Server server) {
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        server.setStopTimeout(STOP_MILLIS);
        server.setErrorHandler(new PlainErrors());
    }

    private static void limit(HttpConfiguration http, long idleMillis) {
        http.setSendServerVersion(false);
        http.setHeaderCacheCaseSensitive(true); // tokens differ by case
        http.setRequestHeaderSize(LONGEST_HEADER);
        http.setIdleTimeout(idleMillis);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, int port, long idleMillis) {
        ServerConnector connector = new TurnConnector(server, new HttpConnectionFactory(http));
        connector.setHost(LOOPBACK);
        connector.setPort(port);
        connector.setIdleTimeout(idleMillis);
        connector.setReuseAddress(true);
        connector.setAcceptQueueSize(MOST_CONNECTIONS);
        return connector;
    }

    private static void serve(JavalinConfig config, Content content, Guard guard) {
        config.routes.before(context -> {
            SafetyHeaders.set(context);
            guard.checkOrigin(context);
            guard.checkBody(context);
        });
        for (Route route : content.routes()) {
            HandlerType method = HandlerType.findOrCreate(route.method().name());
            config.routes.addHttpHandler(method, route.path(), context -> answer(route, context, guard));
        }
        config.routes.get("/", context -> content.page().welcome(context, guard));
        config.routes.get("/<file>", context -> content.page().file(context, guard));
        config.routes.exception(
                HttpResponseException.class, (failure, context) -> explain(context, failure, content.mistakes()));
        config.routes.exception(Exception.class, (failure, context) -> explain(context, failure, content.mistakes()));
        config.router.javaLangErrorHandler((response, error) -> {
            content.mistakes().accept(error);
            response.setStatus(500);
        });
    }

    private static void answer(Route route, Context context, Guard guard) throws IOException {
        if (route.access() == Route.Access.TOKEN) {
            guard.checkToken(context);
        }
        Answers.write(context, route.endpoint().answer(new Request(context)));
    }

    private static void explain(Context context, Exception failure, Consumer<Throwable> mistakes) {
        Problem problem = Problem.of(failure);
        if (problem.isMistake()) {
            mistakes.accept(failure);
        }
        if (!context.res().isCommitted()) {
            context.status(problem.status());
            context.header("Cache-Control", "no-store");
            context.contentType(Problem.MEDIA_TYPE).result(Json.bytes(problem));
        }
    }

    /// The port that is listened on.
    public int port() {
        return javalin.port();
    }

    /// Stops to listen; requests under way have a second to end.
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            // a browser that keeps its connection open does not keep the server: it is stopped all the same
        }
    }
}
