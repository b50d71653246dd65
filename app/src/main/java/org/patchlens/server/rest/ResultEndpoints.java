package org.patchlens.server.rest;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.server.http.Binary;
import org.patchlens.server.http.NotFound;
import org.patchlens.server.http.Request;
import org.patchlens.server.http.Response;
import org.patchlens.server.http.Route;
import org.patchlens.server.http.Route.Answer;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultReader;
import org.patchlens.study.result.SavedResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The results that studies keep.
final class ResultEndpoints {
    private final Parameters parameters;

    ResultEndpoints(Parameters parameters) {
        this.parameters = parameters;
    }

    List<Route> routes() {
        String one = "/api/studies/{study}/results/{analysis}/{name}";
        return List.of(
                Route.get(
                        "/api/studies/{study}/results",
                        "The results that a study keeps",
                        new Answer.Json(ResultEntry.class, true),
                        this::list),
                Route.get(one, "A result and its figures", new Answer.Json(WholeResult.class, false), this::whole),
                Route.get(
                        one + "/arrays/{array}",
                        "An array of a result",
                        new Answer.Numbers("f32 or i32, as the list of arrays says"),
                        this::array),
                Route.delete(one, "Removes a result", this::remove));
    }

    /// @param id analysis and name, with a slash between
    /// @param analysis that made it
    /// @param name that its user gave
    /// @param options of the analysis
    /// @param provenance where it comes from
    /// @param created when it was saved, as the file system remembers it; ISO 8601
    /// @param ofThisStudy whether the study is still what the result was made of
    /// @param bytes of its files
    /// @param arrays that were set aside
    record ResultEntry(
            String id,
            String analysis,
            String name,
            JsonNode options,
            JsonNode provenance,
            String created,
            boolean ofThisStudy,
            long bytes,
            List<ArrayEntry> arrays) {
        static ResultEntry of(SavedResult saved) {
            return new ResultEntry(
                    saved.name().toString(),
                    saved.name().analysis(),
                    saved.name().name(),
                    saved.options(),
                    saved.provenance(),
                    saved.created().toString(),
                    saved.ofThisStudy(),
                    saved.bytes(),
                    saved.arrays().stream()
                            .map(array -> new ArrayEntry(
                                    array.name(),
                                    Binary.Type.valueOf(array.type().name()),
                                    array.shape()))
                            .toList());
        }
    }

    /// @param name of the array
    /// @param type of its numbers
    /// @param shape of it
    record ArrayEntry(String name, Binary.Type type, List<Integer> shape) {}

    /// @param saved what it is
    /// @param result as the analysis has it, arrays set aside
    /// @param figures that show it
    record WholeResult(
            @com.fasterxml.jackson.annotation.JsonUnwrapped ResultEntry saved, JsonNode result, JsonNode figures) {}

    private Response list(Request request) {
        return new Response.Json(parameters.study(request).results().list().results().stream()
                .map(ResultEntry::of)
                .toList());
    }

    private ResultReader reader(Request request) {
        OpenStudy open = parameters.study(request);
        ResultName name = name(request);
        return open.results().find(name).orElseThrow(() -> absent(name));
    }

    private static ResultName name(Request request) {
        try {
            return new ResultName(request.path("analysis"), request.path("name"));
        } catch (PatchlensException e) {
            throw new NotFound("result", "the study keeps no result of this name");
        }
    }

    private static NotFound absent(ResultName name) {
        return new NotFound("result " + name, "the study keeps no result of this name");
    }

    private Response whole(Request request) {
        ResultReader reader = reader(request);
        JsonMapper json = JsonMapper.shared();
        return new Response.Json(new WholeResult(
                ResultEntry.of(reader.saved()), json.readTree(reader.result()), json.readTree(reader.figures())));
    }

    private Response array(Request request) {
        ResultReader reader = reader(request);
        String name = request.path("array");
        SavedResult.ArrayFile file = reader.saved().arrays().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFound("array", "the result has no array of this name"));
        return new Response.Numbers(
                Binary.of(reader.array(name)), Optional.of(file.sha256().substring(0, 32)));
    }

    private Response remove(Request request) {
        OpenStudy open = parameters.study(request);
        ResultName name = name(request);
        if (!open.results().contains(name)) {
            throw absent(name);
        }
        open.results().remove(name);
        return new Response.Nothing();
    }
}
