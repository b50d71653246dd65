package org.patchlens.server.http;

import java.util.Optional;
import java.util.function.Consumer;

/// What an endpoint answers.
public sealed interface Response {
    /// An object as JSON, with a validator made of its bytes.
    ///
    /// @param value a record, a list of records, or a JSON node
    /// @param status of the answer
    record Json(Object value, int status) implements Response {
        public Json(Object value) {
            this(value, 200);
        }
    }

    /// Text that is JSON already.
    ///
    /// @param text of it
    record JsonText(String text) implements Response {}

    /// Numbers.
    ///
    /// @param numbers with type, shape and range
    /// @param validator that tells whether they are the same as before; without it they are not kept
    record Numbers(Binary numbers, Optional<String> validator) implements Response {
        public Numbers(Binary numbers) {
            this(numbers, Optional.empty());
        }
    }

    /// A picture that never changes under its address.
    ///
    /// @param validator of the picture
    /// @param png makes the bytes, if the caller does not have them
    record Picture(String validator, java.util.function.Supplier<byte[]> png) implements Response {}

    /// A stream of events that ends when the consumer returns.
    ///
    /// @param stream sends them
    record Events(Consumer<EventSink> stream) implements Response {}

    /// Done, and nothing to say.
    record Nothing() implements Response {}
}
