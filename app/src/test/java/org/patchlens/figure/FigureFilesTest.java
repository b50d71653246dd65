package org.patchlens.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.build.Repository;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.tensor.RandomMatrix;

class FigureFilesTest {
    @TempDir
    private Path folder;

    @Test
    void theFirstFigureGetsTheNamedFileAndOthersTellTheirTitle() {
        List<Path> files = FigureFiles.writePng(
                folder.resolve("norms.v1.png"),
                List.of(SampleFigures.BARS, SampleFigures.TABLE, SampleFigures.TABLE),
                new FigurePainter(SampleFigures::view, 1));
        assertThat(files)
                .extracting(file -> folder.relativize(file).toString())
                .containsExactly("norms.v1.png", "norms.v1-norms-by-layer.png", "norms.v1-norms-by-layer-2.png");
        assertThat(files).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void thePageShowsTheProgramThatDraws() throws IOException {
        String source =
                Files.readString(Repository.root().resolve("app/src/test/java/org/patchlens/figure/DrawFigures.java"));
        String begin = "// draw: begin";
        String shown = source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// draw: end"))
                .stripIndent()
                .strip();
        assertThat(Files.readString(Repository.root().resolve("docs/concepts/figures.md")))
                .contains("```java\n" + shown.indent(0) + "```");

        new SyntheticStudy(
                        2,
                        new PatchGrid(3, 4),
                        TokenLayout.PATCHES_ONLY,
                        8,
                        2,
                        List.of(Layer.LAST),
                        (image, layer) -> RandomMatrix.normal(12, 8, image),
                        Optional.empty())
                .write(folder.resolve("study"))
                .close();
        List<Path> files = DrawFigures.draw(folder.resolve("study"), folder.resolve("norms.png"));
        assertThat(files).contains(folder.resolve("norms-norms-per-layer.png"));
        assertThat(files).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void csvHoldsEveryNumberUnrounded() {
        assertThat(FigureFiles.csv(FigureRows.of(SampleFigures.BARS)))
                .startsWith("series,site,value\nblock 12,Cohen,12.0\nblock 12,Figure1,37.5\n")
                .hasLineCount(11);
    }

    @Test
    void aMissingNumberIsAnEmptyField() {
        assertThat(FigureFiles.csv(FigureRows.of(SampleFigures.OVERLAY))).contains("\n0,0,\n", "\n7,2,17.0\n");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> FigureFiles.writeCsv(folder.resolve("no/x.csv"), List.of(SampleFigures.TABLE)))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("no/x.csv] cannot be written");
    }

    @Test
    void csvOfIntervalsHoldsTheirEnds() {
        assertThat(FigureFiles.csv(FigureRows.of(SampleFigures.BAND)))
                .startsWith("series,layer,value,low,high\nprobe,1.0,0.5,0.4,0.6\n")
                .contains("permuted labels,1.0,0.4,,\n");
    }

    @Test
    void csvOfMatchesHoldsBothPatches() {
        assertThat(FigureFiles.csv(FigureRows.of(SampleFigures.MATCHES)))
                .startsWith("row,column,other row,other column,strength\n0,0,13,13,0.4\n");
    }

    @Test
    void csvOfAGridNamesThePanelOfEachRow() {
        assertThat(FigureFiles.csv(FigureRows.of(SampleFigures.GRID)))
                .startsWith("panel,row,column,value\nhead 0,0,0,\n")
                .contains("\nhead 4,13,13,1.0\n")
                .hasLineCount(1 + 5 * 196);
        assertThat(FigureRows.of(SampleFigures.MIXED_GRID).columns())
                .startsWith("panel", "block", "head", "value", "series", "layer", "low", "high", "site", "row");
    }
}
