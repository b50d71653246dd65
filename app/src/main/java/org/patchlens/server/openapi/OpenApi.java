package org.patchlens.server.openapi;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.patchlens.server.http.Problem;
import org.patchlens.server.http.Route;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document of a list of routes.
public final class OpenApi {
    private static final String BINARY = "application/octet-stream";

    private OpenApi() {}

    /// The document.
    ///
    /// @param version of the program
    public static ObjectNode of(List<Route> routes, String version) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("openapi", "3.1.0");
        root.putObject("info").put("title", "Patchlens").put("version", version);
        ObjectNode schemes = root.putObject("components").putObject("securitySchemes");
        schemes.putObject("token").put("type", "http").put("scheme", "bearer");
        ObjectNode paths = root.putObject("paths");
        for (Route route : routes) {
            ObjectNode path = paths.withObjectProperty(route.path());
            describe(route, path.putObject(route.method().name().toLowerCase(Locale.ROOT)));
        }
        return root;
    }

    private static void describe(Route route, ObjectNode operation) {
        operation.put("summary", route.summary());
        operation.put("operationId", operationId(route));
        ArrayNode parameters = operation.putArray("parameters");
        for (String name : route.parameters()) {
            parameter(parameters, name, "path", true);
        }
        for (Route.Query query : route.queries()) {
            parameter(parameters, query.name(), "query", query.required()).put("description", query.doc());
        }
        route.body().ifPresent(body -> {
            ObjectNode content = operation.putObject("requestBody").put("required", true);
            content.putObject("content").putObject("application/json").set("schema", JsonSchemas.of(body));
        });
        ObjectNode responses = operation.putObject("responses");
        answer(route, responses);
        ObjectNode problem = responses.putObject("default").put("description", "A problem, in one sentence");
        problem.putObject("content").putObject(Problem.MEDIA_TYPE).set("schema", JsonSchemas.of(Problem.class));
        if (route.access() == Route.Access.TOKEN) {
            operation.putArray("security").addObject().putArray("token");
        }
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, String in, boolean required) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
        parameter.put("required", required).putObject("schema").put("type", "string");
        return parameter;
    }

    private static void answer(Route route, ObjectNode responses) {
        String status = route.path().endsWith("/jobs") && route.method() == Route.Method.POST ? "202" : "200";
        switch (route.answer()) {
            case Route.Answer.Json json -> {
                ObjectNode schema = JsonSchemas.of(json.type());
                content(responses, status, "JSON", "application/json")
                        .set("schema", json.list() ? JsonSchemas.list(schema) : schema);
            }
            case Route.Answer.Numbers numbers -> {
                content(responses, status, numbers.doc(), BINARY);
                ObjectNode headers = ((ObjectNode) responses.get(status)).putObject("headers");
                for (String name : List.of("X-Patchlens-Dtype", "X-Patchlens-Shape", "X-Patchlens-Range")) {
                    headers.putObject(name).putObject("schema").put("type", "string");
                }
            }
            case Route.Answer.Picture picture -> content(responses, status, "A picture", "image/png");
            case Route.Answer.Events events -> content(responses, status, events.doc(), "text/event-stream");
            case Route.Answer.Nothing nothing -> responses.putObject("204").put("description", "Done");
        }
    }

    private static ObjectNode content(ObjectNode responses, String status, String description, String type) {
        ObjectNode response = responses.putObject(status).put("description", description);
        return response.putObject("content").putObject(type);
    }

    /// Such as `getStudiesStudyImages`.
    private static String operationId(Route route) {
        StringBuilder id = new StringBuilder(route.method().name().toLowerCase(Locale.ROOT));
        Matcher words = java.util.regex.Pattern.compile("[A-Za-z]+")
                .matcher(route.path().replaceFirst("^/api", ""));
        words.results()
                .forEach(word -> id.append(word.group().substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(word.group().substring(1)));
        return id.toString();
    }
}
