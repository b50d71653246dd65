package org.patchlens.server.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.server.access.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What an endpoint may see of a request.
///
/// @param context of the server
public record Request(Context context) {
    private static final int LONGEST_PARAMETER = 4096;
    private static final int PART = 8192;
    private static final int GRACE_SECONDS = 2;
    private static final int LEAST_BYTES_A_SECOND = 512;

    /// A part of the path, decoded.
    public String path(String name) {
        return bounded(name, context.pathParam(name));
    }

    /// A whole number in the path.
    ///
    /// @throws NotFound if it is none
    public int pathNumber(String name) {
        String text = path(name);
        if (!text.matches("[0-9]{1,9}")) {
            throw new NotFound(name + " " + text, "a number from 0 is expected");
        }
        return Integer.parseInt(text);
    }

    /// A query parameter; empty if it is absent or blank.
    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name))
                .filter(text -> !text.isBlank())
                .map(text -> bounded(name, text));
    }

    /// A query parameter that must be there.
    public String required(String name) {
        return query(name).orElseThrow(() -> PatchlensException.usage(name, "is missing from the query", ""));
    }

    /// A whole number of the query.
    public int queryNumber(String name, int absent, int least, int most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return absent;
        }
        String digits = text.get();
        if (!digits.matches("[0-9]{1,9}") || Integer.parseInt(digits) < least || Integer.parseInt(digits) > most) {
            throw PatchlensException.usage(
                    name, "is " + digits + "; a number from " + least + " to " + most + " is expected", "");
        }
        return Integer.parseInt(digits);
    }

    private static String bounded(String name, String text) {
        if (text.length() > LONGEST_PARAMETER) {
            throw PatchlensException.usage(
                    name, "is longer than " + LONGEST_PARAMETER + " characters", "Send it in the body.");
        }
        return text;
    }

    /// The body as a record.
    public <T extends Record> T body(Class<T> type) {
        try {
            T body = Json.MAPPER.readValue(bytes(), type);
            if (body == null) {
                throw PatchlensException.usage("body", "is empty; a JSON object is expected", "");
            }
            return body;
        } catch (JacksonException e) {
            throw refused(e);
        }
    }

    /// The body. One that drips in, so that its connection never rests, is not waited for.
    private byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        long start = System.nanoTime();
        try (InputStream in = context.bodyInputStream()) {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                all.write(part, 0, count);
                double late = (System.nanoTime() - start) / 1e9 - GRACE_SECONDS;
                if (all.size() > HttpServer.LARGEST_BODY) {
                    throw new HttpResponseException(413);
                }
                if (late * LEAST_BYTES_A_SECOND > all.size()) {
                    throw new Refused(408, "[body] It comes too slowly; send it at once.");
                }
            }
        } catch (IOException e) {
            throw new Refused(408, "[body] It ended before it was whole.");
        }
        return all.toByteArray();
    }

    private static RuntimeException refused(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PatchlensException refusal) {
                return refusal;
            }
        }
        return PatchlensException.usage("body", "is not what is expected: " + reason(e), "");
    }

    /// What Jackson found, without the names of our classes.
    private static String reason(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "there is no field " + shortened(unknown.getPropertyName()) + "; there are "
                        + unknown.getKnownPropertyIds();
            case DatabindException other -> {
                String path = other.getPath().stream()
                        .map(step -> step.getPropertyName() == null
                                ? String.valueOf(step.getIndex())
                                : step.getPropertyName())
                        .collect(Collectors.joining("/"));
                yield (path.isEmpty() ? "it" : "field " + shortened(path)) + " has another type";
            }
            default ->
                shortened(String.valueOf(e.getOriginalMessage())
                        .lines()
                        .findFirst()
                        .orElse(""));
        };
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
