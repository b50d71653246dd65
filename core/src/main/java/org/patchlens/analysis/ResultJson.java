package org.patchlens.analysis;

import org.patchlens.embedding.Provenance;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// The result of an analysis as JSON, the same bytes for the same result on every machine.
///
/// Keys stand in the order of the record. A [FloatMatrix] is an array of rows; numbers have the shortest text that
/// reads back the same; NaN and infinities are `null`; an enum constant is lower-case with hyphens; an `Optional`
/// without a value is `null`; the options inside a [Provenance] are an object.
public final class ResultJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addMixIn(Provenance.class, ResultSerializers.ProvenanceFields.class)
            .addModule(ResultSerializers.module())
            .defaultPrettyPrinter(prettyPrinter())
            .build();

    private ResultJson() {}

    /// The result as text, indented, ending with a line feed.
    public static String text(Record result) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
    }

    /// The same text with long arrays set aside.
    static String text(Record result, SeparateArrays arrays) {
        return MAPPER.writerWithDefaultPrettyPrinter()
                        .withAttribute(SeparateArrays.ATTRIBUTE, arrays)
                        .writeValueAsString(result)
                + "\n";
    }

    /// Line feeds on every platform, and no space before a colon.
    private static DefaultPrettyPrinter prettyPrinter() {
        return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }
}
