package org.patchlens.server.rest;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.embedding.Version;
import org.patchlens.server.http.Gate;
import org.patchlens.server.http.Response;
import org.patchlens.server.http.Route;
import org.patchlens.server.http.Route.Answer;
import org.patchlens.server.job.JobQueue;
import org.patchlens.server.openapi.OpenApi;
import org.patchlens.server.study.OpenStudies;

/// The list of everything that can be asked.
public final class Routes {
    private static final int MOST_WAITING = 512;
    private static final long PATIENCE_SECONDS = 20;

    private Routes() {}

    /// How the server is.
    ///
    /// @param status `ok`
    /// @param version of Patchlens
    record Health(String status, String version) {}

    /// All routes over the studies.
    ///
    /// @param queue that runs jobs
    public static List<Route> of(OpenStudies studies, JobQueue queue) {
        Parameters parameters = new Parameters(studies);
        Gate gate = new Gate(Runtime.getRuntime().availableProcessors(), MOST_WAITING, PATIENCE_SECONDS);
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get(
                        "/health",
                        "Whether the server answers",
                        new Answer.Json(Health.class, false),
                        request -> new Response.Json(new Health("ok", Version.CURRENT)))
                .open());
        routes.addAll(new StudyEndpoints(parameters).routes());
        routes.addAll(new ImageEndpoints(parameters, gate).routes());
        routes.addAll(new PatchEndpoints(parameters, gate).routes());
        routes.addAll(new MapEndpoints(parameters, gate).routes());
        routes.addAll(new JobEndpoints(parameters, queue).routes());
        routes.addAll(new ResultEndpoints(parameters).routes());
        routes.add(Route.get(
                "/api/openapi.json",
                "This list as an OpenAPI document",
                new Answer.Json(Object.class, false),
                request -> new Response.Json(OpenApi.of(routes, Version.CURRENT))));
        return routes;
    }
}
