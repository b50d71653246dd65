package org.patchlens.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.patchlens.study.disk.Checksum;

/// Writes what endpoints answer.
final class Answers {
    private static final String ETAG = "ETag";
    private static final String UNCHANGING = "private, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "private, no-cache";
    private static final int VALIDATOR_DIGITS = 32;

    private Answers() {}

    static void write(Context context, Response response) throws IOException {
        switch (response) {
            case Response.Json json -> json(context, Json.bytes(json.value()), json.status());
            case Response.JsonText json -> json(context, json.text().getBytes(StandardCharsets.UTF_8), 200);
            case Response.Numbers numbers -> numbers(context, numbers);
            case Response.Picture picture -> picture(context, picture);
            case Response.Events events -> events(context, events);
            case Response.Nothing nothing -> context.status(204);
        }
    }

    private static void json(Context context, byte[] bytes, int status) {
        context.status(status).contentType("application/json");
        context.header("Cache-Control", ASK_AGAIN);
        // weak: the same validator stands for the plain and the compressed bytes
        String validator = "W/\"" + Checksum.of(bytes).substring(0, VALIDATOR_DIGITS) + "\"";
        if (status == 200 && isKnown(context, validator)) {
            return;
        }
        context.result(bytes);
    }

    /// Says that the caller has it already.
    private static boolean isKnown(Context context, String validator) {
        context.header(ETAG, validator);
        String known = Objects.requireNonNullElse(context.header("If-None-Match"), "");
        boolean same = context.method().name().equals("GET")
                && List.of(known.split("\\s*,\\s*")).contains(validator);
        if (same) {
            context.status(304);
        }
        return same;
    }

    private static void numbers(Context context, Response.Numbers response) {
        Binary numbers = response.numbers();
        context.contentType("application/octet-stream");
        context.header("X-Patchlens-Dtype", numbers.type().name().toLowerCase(Locale.ROOT));
        context.header(
                "X-Patchlens-Shape",
                numbers.shape().stream().map(String::valueOf).collect(Collectors.joining(",")));
        numbers.range().ifPresent(range -> context.header("X-Patchlens-Range", range.low() + "," + range.high()));
        numbers.missing().ifPresent(missing -> context.header("X-Patchlens-Missing", String.valueOf(missing)));
        context.header("Cache-Control", response.validator().isPresent() ? ASK_AGAIN : "no-store");
        if (response.validator().isPresent()
                && isKnown(context, "\"" + response.validator().get() + "\"")) {
            return;
        }
        context.disableCompression();
        context.result(numbers.bytes());
    }

    private static void picture(Context context, Response.Picture picture) {
        context.contentType("image/png").header("Cache-Control", UNCHANGING);
        if (!isKnown(context, "\"" + picture.validator() + "\"")) {
            context.disableCompression();
            context.result(picture.png().get());
        }
    }

    /// The request's own thread sends until there is nothing more to say; it is a virtual one.
    private static void events(Context context, Response.Events events) throws IOException {
        context.res().setStatus(200);
        context.res().setContentType("text/event-stream");
        context.res().setCharacterEncoding("UTF-8");
        context.res().setHeader("Cache-Control", "no-store");
        OutputStream out = context.res().getOutputStream();
        events.stream().accept(new Sink(out));
    }

    /// Writes events; the first write that fails closes it.
    private static final class Sink implements EventSink {
        private final OutputStream out;
        private boolean closed;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public void send(String event, Object data) {
            write("event: " + event + "\ndata: " + Json.text(data) + "\n\n");
        }

        @Override
        public void keepAlive() {
            write(": still there\n\n");
        }

        private void write(String text) {
            if (closed) {
                return;
            }
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                closed = true; // the page was left; nobody is there to be told
            }
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }
}
