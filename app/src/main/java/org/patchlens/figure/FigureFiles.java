package org.patchlens.figure;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure;
import org.patchlens.figure.canvas.Png;

/// Writes figures to files. Of several figures the first gets the file that was named, the others a name beside it
/// that tells their title: `norms.png`, `norms-norm-per-layer.png`.
public final class FigureFiles {
    private FigureFiles() {}

    /// Writes each figure as a PNG picture.
    ///
    /// @return the files, in the order of the figures
    public static List<Path> writePng(Path file, List<Figure> figures, FigurePainter painter) {
        return write(file, figures, figure -> Png.of(painter.paint(figure)));
    }

    /// Writes each figure as an SVG document.
    ///
    /// @return the files, in the order of the figures
    public static List<Path> writeSvg(Path file, List<Figure> figures, FigurePainter painter) {
        return write(file, figures, figure -> painter.svg(figure).getBytes(StandardCharsets.UTF_8));
    }

    /// Writes the numbers of each figure as UTF-8 CSV with a heading.
    ///
    /// @return the files, in the order of the figures
    public static List<Path> writeCsv(Path file, List<Figure> figures) {
        return write(file, figures, figure -> csv(FigureRows.of(figure)).getBytes(StandardCharsets.UTF_8));
    }

    /// A table as CSV, lines ended by `\n`.
    public static String csv(Figure.Table table) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(table.columns());
            table.rows().forEach(csv::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private interface Encoding {
        byte[] of(Figure figure);
    }

    private static List<Path> write(Path file, List<Figure> figures, Encoding encoding) {
        List<Path> written = new ArrayList<>();
        for (Figure figure : figures) {
            Path target = written.isEmpty() ? file : beside(file, figure.title(), written);
            try {
                Files.write(target, encoding.of(figure));
            } catch (IOException e) {
                throw PatchlensException.badData(target.toString(), "cannot be written: " + e.getMessage(), "")
                        .causedBy(e);
            }
            written.add(target);
        }
        return written;
    }

    private static Path beside(Path file, String title, List<Path> taken) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        String words =
                title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        Path target = file.resolveSibling(stem + "-" + words + ending);
        for (int number = 2; words.isEmpty() || taken.contains(target); number++) {
            target = file.resolveSibling(stem + "-" + (words.isEmpty() ? "" : words + "-") + number + ending);
            if (!taken.contains(target)) {
                break;
            }
        }
        return target;
    }
}
