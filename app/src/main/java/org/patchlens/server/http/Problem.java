package org.patchlens.server.http;

import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import org.patchlens.PatchlensException;

/// An error as RFC 9457 has it; `detail` is the sentence that the command line prints.
///
/// @param type always `about:blank`: the status says the kind
/// @param title the status in words
/// @param status of the answer
/// @param detail one sentence, or two
public record Problem(String type, String title, int status, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail) {
        String title = HttpStatus.forStatus(status).getMessage();
        return new Problem("about:blank", title, status, detail);
    }

    /// What an endpoint threw; empty words for what is a mistake of ours.
    static Problem of(Throwable failure) {
        String sentence = Objects.requireNonNullElse(failure.getMessage(), "");
        return switch (failure) {
            case PatchlensException e -> of(status(e.category()), sentence);
            case NotFound e -> of(404, sentence);
            case Refused e -> of(e.status(), sentence);
            case HttpResponseException e -> of(e.getStatus(), sentence.isEmpty() ? "The request is refused." : sentence);
            default -> of(500, "This is a mistake in Patchlens; what the server printed tells more.");
        };
    }

    /// Whether the caller can do nothing about it.
    boolean isMistake() {
        return status == 500;
    }

    private static int status(PatchlensException.Category category) {
        return switch (category) {
            case USAGE -> 400;
            case BAD_DATA -> 422;
            case GATE_FAILED -> 409;
            case PARTIAL -> 507;
            case INTERRUPTED -> 503;
        };
    }
}
