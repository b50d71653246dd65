package org.patchlens.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every Java file is as palantir-java-format writes it.
///
/// A test, not the usual Maven plugin: the plugin formats inside Maven's own JVM, which may be Java 17 and then
/// cannot parse Java 25. `tools/format` runs this with `-Dpatchlens.format=write`, which mends what it finds.
class SourceFormatTest {
    private static final int LONGEST_COMMENT = 115;
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    @Test
    void everyJavaFileIsFormatted() throws IOException {
        boolean write = "write".equals(System.getProperty("patchlens.format"));
        List<Path> unformatted = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            String source = Files.readString(file);
            String formatted = format(file, source);
            if (!formatted.equals(source)) {
                if (write) {
                    Files.writeString(file, formatted);
                } else {
                    unformatted.add(Repository.root().relativize(file));
                }
            }
        }
        assertThat(unformatted).as("not formatted; run tools/format").isEmpty();
    }

    private static String format(Path file, String source) {
        refuseLongComments(file, source);
        try {
            return FORMATTER.formatSourceAndFixImports(source);
        } catch (FormatterException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /// The formatter breaks longer Markdown comments into something that does not parse.
    private static void refuseLongComments(Path file, String source) {
        int number = 0;
        for (String line : source.lines().toList()) {
            number++;
            if (line.length() > LONGEST_COMMENT && line.strip().startsWith("//")) {
                throw new AssertionError(
                        file + ":" + number + ": a comment longer than " + LONGEST_COMMENT + " characters");
            }
        }
    }
}
