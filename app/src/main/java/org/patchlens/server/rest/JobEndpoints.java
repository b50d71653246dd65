package org.patchlens.server.rest;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.patchlens.Analyses;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.point.PointSet;
import org.patchlens.rerun.RerunAnalyses;
import org.patchlens.server.access.Refused;
import org.patchlens.server.http.Binary;
import org.patchlens.server.http.EventSink;
import org.patchlens.server.http.NotFound;
import org.patchlens.server.http.Request;
import org.patchlens.server.http.Response;
import org.patchlens.server.http.Route;
import org.patchlens.server.http.Route.Answer;
import org.patchlens.server.job.Job;
import org.patchlens.server.job.JobQueue;
import org.patchlens.server.job.JobState;
import org.patchlens.server.job.JobView;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.study.result.NumberArray;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The analyses that there are, and the jobs that run them.
final class JobEndpoints {
    private static final int MOST_LISTENERS = 64;
    private static final long PAUSE_MILLIS = 100;
    private static final long KEEP_ALIVE_MILLIS = 10_000;

    private final Parameters parameters;
    private final JobQueue queue;
    private final AtomicInteger listeners = new AtomicInteger();

    JobEndpoints(Parameters parameters, JobQueue queue) {
        this.parameters = parameters;
        this.queue = queue;
    }

    List<Route> routes() {
        Answer job = new Answer.Json(JobView.class, false);
        return List.of(
                Route.get(
                        "/api/analyses",
                        "Every analysis with the JSON schema of its options",
                        new Answer.Json(AnalysisEntry.class, true),
                        request -> new Response.Json(
                                Analyses.ALL.stream().map(AnalysisEntry::of).toList())),
                Route.post(
                        "/api/studies/{study}/jobs",
                        "Starts an analysis; its result will be kept in the study",
                        JobQuestion.class,
                        job,
                        this::start),
                Route.get(
                        "/api/jobs",
                        "All jobs of this run of the server, newest first",
                        new Answer.Json(JobView.class, true),
                        request -> new Response.Json(
                                queue.all().stream().map(Job::view).toList())),
                Route.get(
                        "/api/jobs/{job}",
                        "How far a job is",
                        job,
                        request -> new Response.Json(job(request).view())),
                Route.delete("/api/jobs/{job}", "Cancels a job; takes one that has ended off the list", this::cancel),
                Route.get(
                        "/api/jobs/{job}/events",
                        "What happens to a job, until it ends",
                        new Answer.Events("progress, partial, then one of done, failed, cancelled"),
                        this::events),
                Route.get(
                        "/api/jobs/{job}/layout/{array}",
                        "The map of a job that still converges: positions, images or patches",
                        new Answer.Numbers("f32 [N][2|3] positions, i32 [N] images and patches"),
                        this::layout));
    }

    /// @param name of the analysis, as on the command line
    /// @param summary one sentence without a full stop
    /// @param options their JSON schema
    record AnalysisEntry(String name, String summary, JsonNode options) {
        static AnalysisEntry of(Analysis<?, ?> analysis) {
            return new AnalysisEntry(analysis.name(), analysis.summary(), OptionsJson.schema(analysis.schema()));
        }
    }

    /// @param analysis its name
    /// @param options those that differ from the defaults
    /// @param name under which the result is kept; without it, one is found
    record JobQuestion(
            String analysis,
            @Nullable JsonNode options,
            @Nullable String name) {}

    /// A map that still converges.
    ///
    /// @param stage what is being done
    /// @param done 0 to `total`
    /// @param total of the stage
    /// @param number how often the map has been shown
    /// @param positions where to fetch them
    record Partial(String stage, long done, long total, long number, String positions) {}

    private Response start(Request request) {
        OpenStudy open = parameters.study(request);
        JobQuestion question = request.body(JobQuestion.class);
        Analysis<?, ?> analysis = RerunAnalyses.with(study -> open.model().source(), analysis(question.analysis()));
        JsonNode options = question.options() == null || question.options().isNull()
                ? JsonMapper.shared().createObjectNode()
                : question.options();
        Job job = queue.start(new JobQueue.Wish(open, analysis, options, Optional.ofNullable(question.name())));
        return new Response.Json(job.view(), 202);
    }

    private static Analysis<?, ?> analysis(@Nullable String name) {
        List<String> names = Analyses.ALL.stream().map(Analysis::name).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            throw PatchlensException.usage(
                    "analysis " + name, "there is no such analysis; there are " + String.join(", ", names), "");
        }
        return Analyses.ALL.get(index);
    }

    private Job job(Request request) {
        String id = request.path("job");
        return queue.find(id).orElseThrow(() -> new NotFound("job " + id, "there is no such job"));
    }

    private Response cancel(Request request) {
        queue.cancel(job(request));
        return new Response.Nothing();
    }

    private Response events(Request request) {
        Job job = job(request);
        return new Response.Events(sink -> {
            try {
                if (listeners.incrementAndGet() > MOST_LISTENERS) {
                    throw new Refused(429, "[jobs] " + MOST_LISTENERS + " pages listen already; close some.");
                }
                tell(job, sink);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the server stops; the page hears it from its connection
            } finally {
                listeners.decrementAndGet();
            }
        });
    }

    /// At most ten events a second, and a sign of life where nothing happens.
    private static void tell(Job job, EventSink sink) throws InterruptedException {
        long shown = 0;
        while (!sink.isClosed()) {
            long known = job.changes();
            JobView view = job.view();
            if (view.state().isOver()) {
                sink.send(last(view.state()), view);
                return;
            }
            sink.send("progress", view);
            Optional<Job.Layout> layout = job.layout();
            if (layout.isPresent() && layout.get().number() > shown) {
                shown = layout.get().number();
                String address = "/api/jobs/" + job.id() + "/layout/positions";
                sink.send("partial", new Partial(view.stage(), view.done(), view.total(), shown, address));
            }
            Thread.sleep(PAUSE_MILLIS);
            while (!sink.isClosed() && job.awaitChange(known, KEEP_ALIVE_MILLIS) == known) {
                sink.keepAlive();
            }
        }
    }

    private static String last(JobState state) {
        return switch (state) {
            case DONE -> "done";
            case CANCELLED -> "cancelled";
            case FAILED, PENDING, RUNNING -> "failed";
        };
    }

    private Response layout(Request request) {
        Job job = job(request);
        Job.Layout layout =
                job.layout().orElseThrow(() -> new NotFound("job " + job.id(), "there is no map that converges"));
        PointSet points = layout.points();
        String array = request.path("array");
        return new Response.Numbers(
                switch (array) {
                    case "positions" -> Binary.of(NumberArray.of(layout.positions()));
                    case "images" -> integers(points, points::image);
                    case "patches" -> integers(points, points::patch);
                    default -> throw new NotFound("array " + array, "positions, images and patches are there");
                });
    }

    private static Binary integers(PointSet points, java.util.function.IntUnaryOperator number) {
        return Binary.of(NumberArray.of(java.util.stream.IntStream.range(0, points.size())
                .map(number)
                .boxed()
                .toList()));
    }
}
