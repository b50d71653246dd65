package org.patchlens.server.http;

import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import org.patchlens.PatchlensException;
import org.patchlens.server.access.Refused;

/// An error as RFC 9457 has it; `detail` is the sentence that the command line prints.
///
/// @param type always `about:blank`: the status says the kind
/// @param title the status in words
/// @param status of the answer
/// @param detail one sentence, or two
public record Problem(String type, String title, int status, String detail) {
    /// What such an answer calls itself.
    public static final String MEDIA_TYPE = "application/problem+json";

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
            case HttpResponseException e -> of(e.getStatus(), sentence(e.getStatus()));
            default -> of(500, "This is a mistake in Patchlens; what the server printed tells more.");
        };
    }

    /// For what the server refuses before an endpoint hears of it.
    private static String sentence(int status) {
        return switch (status) {
            case 404 -> "[request] There is nothing at this address.";
            case 405 -> "[request] This address is there, but not for this method.";
            case 413 -> "[body] It is larger than " + HttpServer.LARGEST_BODY + " bytes; send less at a time.";
            default -> "[request] The server cannot do what is asked.";
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
