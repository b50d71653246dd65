package org.patchlens.analysis;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.patchlens.study.result.NumberArray;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.SerializationContext;

/// Collects the arrays of a result that are too long for JSON while it is written.
///
/// Set aside are matrices and lists of whole numbers that stand directly in the result, whatever their size, and
/// others of more than 1,024 numbers. An array is called after the way to it, such as `positions` or
/// `layers-3-map`; an object that occurs twice is set aside once.
final class SeparateArrays {
    /// Under which a writer knows the collection.
    static final String ATTRIBUTE = "separateArrays";

    private static final int LONGEST_INSIDE = 1024;

    private final String prefix;
    private final SequencedMap<String, NumberArray> arrays;
    private final Map<Object, String> names;

    private SeparateArrays(String prefix, SequencedMap<String, NumberArray> arrays, Map<Object, String> names) {
        this.prefix = prefix;
        this.arrays = arrays;
        this.names = names;
    }

    /// Nothing yet.
    SeparateArrays() {
        this("", new LinkedHashMap<>(), new IdentityHashMap<>());
    }

    /// The same collection for another text, whose arrays get names that begin so.
    SeparateArrays called(String newPrefix) {
        return new SeparateArrays(newPrefix, arrays, names);
    }

    /// What was set aside, by name.
    SequencedMap<String, NumberArray> arrays() {
        return Collections.unmodifiableSequencedMap(arrays);
    }

    /// Writes a reference to the matrix if it is to be set aside.
    static boolean setAside(FloatMatrix matrix, JsonGenerator out, SerializationContext context) {
        return setAside(matrix, matrix.size(), () -> NumberArray.of(matrix), out, context);
    }

    /// Writes a reference to the list if it is to be set aside.
    static boolean setAside(List<Integer> numbers, JsonGenerator out, SerializationContext context) {
        return setAside(numbers, numbers.size(), () -> NumberArray.of(numbers), out, context);
    }

    private static boolean setAside(
            Object identity,
            long size,
            java.util.function.Supplier<NumberArray> array,
            JsonGenerator out,
            SerializationContext context) {
        if (!(context.getAttribute(ATTRIBUTE) instanceof SeparateArrays separate)
                || (size <= LONGEST_INSIDE && !separate.standsDirectly(out.streamWriteContext()))) {
            return false;
        }
        String name = separate.names.get(identity);
        if (name == null) {
            name = separate.path(out.streamWriteContext());
            separate.names.put(identity, name);
            separate.arrays.put(name, array.get());
        }
        writeReference(name, array.get(), out);
        return true;
    }

    private static void writeReference(String name, NumberArray array, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("array", name);
        out.writeStringProperty("type", array.type().name().toLowerCase(Locale.ROOT));
        out.writeArrayPropertyStart("shape");
        array.shape().forEach(out::writeNumber);
        out.writeEndArray();
        out.writeEndObject();
    }

    private boolean standsDirectly(TokenStreamContext at) {
        return prefix.isEmpty()
                && at.inObject()
                && at.getParent() != null
                && at.getParent().inRoot();
    }

    private String path(TokenStreamContext at) {
        StringBuilder path = new StringBuilder();
        for (TokenStreamContext each = at; each != null && !each.inRoot(); each = each.getParent()) {
            String step = each.inObject() ? Words.kebab(each.currentName()) : String.valueOf(each.getCurrentIndex());
            path.insert(0, path.isEmpty() ? step : step + "-");
        }
        String whole = (prefix.isEmpty() ? "" : prefix + "-") + path;
        String name = whole.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String free = name;
        for (int i = 2; arrays.containsKey(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }
}
