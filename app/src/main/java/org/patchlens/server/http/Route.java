package org.patchlens.server.http;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One thing that can be asked of the server; the server and its OpenAPI document are made of the same list.
///
/// @param method of the request
/// @param path with names of parameters in braces, such as `/api/studies/{study}`
/// @param summary one sentence without a full stop
/// @param queries the query parameters
/// @param body the record that the body is, if there is one
/// @param answer what comes back
/// @param access who may ask
/// @param endpoint answers
public record Route(
        Method method,
        String path,
        String summary,
        List<Query> queries,
        Optional<Class<? extends Record>> body,
        Answer answer,
        Access access,
        Endpoint endpoint) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    /// The methods that are used.
    public enum Method {
        /// Reads.
        GET,
        /// Computes, or starts something.
        POST,
        /// Removes or cancels.
        DELETE
    }

    /// Who may ask.
    public enum Access {
        /// Whoever holds the token or the cookie.
        TOKEN,
        /// Anybody on this machine.
        ANYBODY
    }

    /// Answers a request.
    @FunctionalInterface
    public interface Endpoint {
        /// Answers.
        ///
        /// @throws org.patchlens.PatchlensException if the request cannot be meant like that
        Response answer(Request request);
    }

    /// A query parameter.
    ///
    /// @param name of it
    /// @param doc what it means; one sentence without a full stop
    /// @param required whether it must be there
    public record Query(String name, String doc, boolean required) {}

    /// What comes back.
    public sealed interface Answer {
        /// JSON of a record, of a list of records, or of any object.
        ///
        /// @param type such as `Study.class`; `Object.class` where the analysis decides
        /// @param list whether it is a list of these
        record Json(Type type, boolean list) implements Answer {}

        /// Numbers, see [Binary].
        ///
        /// @param doc their type and shape
        record Numbers(String doc) implements Answer {}

        /// A PNG picture.
        record Picture() implements Answer {}

        /// Server-sent events.
        ///
        /// @param doc which ones
        record Events(String doc) implements Answer {}

        /// Nothing but the status 204.
        record Nothing() implements Answer {}
    }

    public Route {
        queries = List.copyOf(queries);
    }

    /// A route that reads JSON.
    public static Route get(String path, String summary, Answer answer, Endpoint endpoint) {
        return new Route(Method.GET, path, summary, List.of(), Optional.empty(), answer, Access.TOKEN, endpoint);
    }

    /// A route with a body.
    public static Route post(
            String path, String summary, Class<? extends Record> body, Answer answer, Endpoint endpoint) {
        return new Route(Method.POST, path, summary, List.of(), Optional.of(body), answer, Access.TOKEN, endpoint);
    }

    /// A route that removes something.
    public static Route delete(String path, String summary, Endpoint endpoint) {
        return new Route(
                Method.DELETE,
                path,
                summary,
                List.of(),
                Optional.empty(),
                new Answer.Nothing(),
                Access.TOKEN,
                endpoint);
    }

    /// The same route with query parameters.
    public Route with(Query... parameters) {
        return new Route(method, path, summary, List.of(parameters), body, answer, access, endpoint);
    }

    /// The same route, open to anybody on this machine.
    public Route open() {
        return new Route(method, path, summary, queries, body, answer, Access.ANYBODY, endpoint);
    }

    /// The names in braces, in their order.
    public List<String> parameters() {
        Matcher matcher = PARAMETER.matcher(path);
        return matcher.results().map(result -> result.group(1)).toList();
    }
}
