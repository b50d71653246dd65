package org.patchlens.figure;

import java.nio.file.Path;
import java.util.List;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.norms.Norms;
import org.patchlens.study.Study;

/// The program of `docs/concepts/figures.md`.
final class DrawFigures {
    private DrawFigures() {}

    // draw: begin
    static List<Path> draw(Path folder, Path file) {
        try (Study study = Study.open(folder)) {
            List<Figure> figures = Norms.figures(Norms.of(study, Norms.Options.defaults(), Progress.NONE));
            return FigureFiles.writePng(file, figures, new FigurePainter(study::view, 2));
        }
    }
    // draw: end
}
