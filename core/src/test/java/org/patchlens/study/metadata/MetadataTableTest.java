package org.patchlens.study.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.study.metadata.MetadataColumn.Real;
import org.patchlens.study.metadata.MetadataColumn.Text;
import org.patchlens.study.metadata.MetadataColumn.Whole;

class MetadataTableTest {
    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("labels.csv"), content);
    }

    private MetadataTable table(String content) throws IOException {
        return MetadataTable.read(file(content), Optional.empty());
    }

    @Test
    void numbersAreNumbersAndEmptyIsMissing() throws IOException {
        Metadata metadata =
                table("file,age,dose,site\na.png,61,0.5,Ulm\nb.png,,2,\n").metadata();
        assertThat(metadata.columns())
                .containsExactly(
                        new Text("file", List.of(Optional.of("a.png"), Optional.of("b.png"))),
                        new Whole("age", List.of(Optional.of(61L), Optional.empty())),
                        new Real("dose", List.of(Optional.of(0.5), Optional.of(2.0))),
                        new Text("site", List.of(Optional.of("Ulm"), Optional.empty())));
    }

    @Test
    void patient007StaysText() throws IOException {
        assertThat(table("file,patient\na,007\nb,12\n").metadata().get("patient"))
                .isInstanceOf(Text.class);
        assertThat(table("file,x\na,+1\n").metadata().get("x")).isInstanceOf(Text.class);
        assertThat(table("file,x\na,1.\n").metadata().get("x")).isInstanceOf(Text.class);
        assertThat(table("file,x\na,NaN\n").metadata().get("x")).isInstanceOf(Text.class);
        assertThat(table("file,x\na,-0\n").metadata().get("x")).isNotInstanceOf(Whole.class);
        assertThat(table("file,x\na,1e999\n").metadata().get("x")).isInstanceOf(Text.class);
    }

    @Test
    void anIdentifierTooLongForANumberStaysText() throws IOException {
        assertThat(table("file,uid\na,123456789012345678901\n")
                        .metadata()
                        .get("uid")
                        .text(0))
                .contains("123456789012345678901");
    }

    @Test
    void aColumnWithoutAnyValueIsText() throws IOException {
        assertThat(table("file,x\na,\n").metadata().get("x").missing()).isEqualTo(1);
    }

    @Test
    void distinctValuesAreCountedInTheirOrder() throws IOException {
        Metadata metadata = table("file,age\na,100\nb,9\nc,100\nd,\n").metadata();
        assertThat(metadata.get("age").counts()).containsExactly(Map.entry("9", 1), Map.entry("100", 2));
    }

    @Test
    void spreadsheetsWriteAByteOrderMarkSemicolonsQuotesAndCarriageReturns() throws IOException {
        MetadataTable table = table("\ufefffile;\"finding, main\"\r\na.png;\"he said \"\"no\"\"\r\ntwice; yes\"\r\n");
        assertThat(table.keyColumn()).isEqualTo("file");
        assertThat(table.metadata().get("finding, main").text(0)).contains("he said \"no\"\r\ntwice; yes");
    }

    @Test
    void tabsSeparateToo() throws IOException {
        assertThat(table("file\tlabel\na.png\tx,y\n").metadata().get("label").text(0))
                .contains("x,y");
    }

    @Test
    void theKeyIsTheFirstColumnOfAKnownNameOrTheOneThatIsAsked() throws IOException {
        Path file = file("patient,Image,id\np1,a.png,z.png\n");
        assertThat(MetadataTable.read(file, Optional.empty()).keyColumn()).isEqualTo("Image");
        assertThat(MetadataTable.read(file, Optional.of("ID")).keys()).containsExactly("z.png");
        assertThatThrownBy(() -> MetadataTable.read(file, Optional.of("scan")))
                .hasMessage("[" + file + "] has no column scan; it has patient, Image, id."
                        + " Name one of them with --metadata-key.");
        Path other = file("patient,scan\np1,a.png\n");
        assertThatThrownBy(() -> MetadataTable.read(other, Optional.empty()))
                .hasMessageContaining("has no column called file, filename, image, path, name, id;"
                        + " it has patient, scan. Name the column that holds the files' names with --metadata-key.");
    }

    @Test
    void anImageNamedTwiceIsRefusedWithBothLines() throws IOException {
        assertRefused("file,x\na.png,1\nb.png,\"2\n3\"\n./a.png,4\n", "lines 2 and 5 both tell of ./a.png");
    }

    @Test
    void whatIsNoTableIsRefused() throws IOException {
        assertRefused("", "is empty; a line with the columns' names is expected");
        assertRefused("file,x\na\n", "line 2 has 1 fields; the header has 2");
        assertRefused("file,x\na,1,2\n", "line 2 has 3 fields; the header has 2");
        assertRefused("file,x\n,1\n", "line 2 names no image");
        assertRefused("file,Age,age\n", "columns 2 and 3 are both called age (upper and lower case are the same)");
        assertRefused("file" + ",x".repeat(1001) + "\n", "is no CSV table that can be read");
        assertRefused("file,x\na," + "y".repeat(70_000) + "\n", "is no CSV table that can be read");
        assertRefused("file,x\na,\"" + "y\n".repeat(2_000_000), "is no CSV table that can be read");
        Files.write(folder.resolve("labels.csv"), "file,x\na,Tübingen\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> MetadataTable.read(folder.resolve("labels.csv"), Optional.empty()))
                .hasMessageContaining("is not encoded as UTF-8. Save it as CSV UTF-8 and try again.");
    }

    private void assertRefused(String content, String message) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> MetadataTable.read(file, Optional.empty()))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[" + file + "] ")
                .hasMessageContaining(message);
    }

    @Test
    void aRowMeetsTheImageWhoseTrailingFoldersAgree() throws IOException {
        MetadataJoin join = table("file,x\nimages/a.jpg,1\nb.jpg,2\nward\\c.jpg,3\nlost.jpg,4\n")
                .join(List.of("a.jpg", "deep/down/b.jpg", "hospital/ward/c.jpg", "alone.jpg"));
        assertThat(join.metadata().get("x"))
                .isEqualTo(
                        new Whole("x", List.of(Optional.of(1L), Optional.of(2L), Optional.of(3L), Optional.empty())));
        assertThat(join.rowsWithoutImage()).containsExactly("lost.jpg");
        assertThat(join.imagesWithoutRow()).containsExactly("alone.jpg");
    }

    @Test
    void halfANameIsNoName() throws IOException {
        MetadataJoin join = table("file,x\na.jpg,1\n").join(List.of("aa.jpg"));
        assertThat(join.rowsWithoutImage()).containsExactly("a.jpg");
    }

    @Test
    void aRowThatCouldMeanTwoImagesMeansNoneUnlessItIsTheWholeName() throws IOException {
        MetadataJoin join = table("file,x\na.jpg,1\nb.jpg,2\n").join(List.of("p/a.jpg", "q/a.jpg", "b.jpg", "q/b.jpg"));
        assertThat(join.rowsWithoutImage()).containsExactly("a.jpg (could be p/a.jpg or q/a.jpg)");
        assertThat(join.imagesWithoutRow()).containsExactly("p/a.jpg", "q/a.jpg", "q/b.jpg");
    }

    @Test
    void twoRowsThatCouldMeanOneImageTellNothingOfIt() throws IOException {
        MetadataJoin join = table("file,x\np/a.jpg,1\nq/a.jpg,2\n").join(List.of("a.jpg"));
        assertThat(join.rowsWithoutImage())
                .containsExactly(
                        "p/a.jpg (another row tells of a.jpg too)", "q/a.jpg (another row tells of a.jpg too)");
        assertThat(join.imagesWithoutRow()).containsExactly("a.jpg");
    }

    @Test
    void aRowOfAFileTellsOfAllItsFramesThatHaveNoRowOfTheirOwn() throws IOException {
        MetadataJoin join = table("file,x\nscan.dcm,1\nscan.dcm#1,2\n").join(List.of("d/scan.dcm#0", "d/scan.dcm#1"));
        assertThat(join.metadata().get("x")).isEqualTo(new Whole("x", List.of(Optional.of(1L), Optional.of(2L))));
        assertThat(join.rowsWithoutImage()).isEmpty();
    }

    @Test
    void accentsWrittenApartAreTheSame() throws IOException {
        MetadataJoin join = table("file,x\nThora\u0308x.png,1\n").join(List.of("Thor\u00e4x.png"));
        assertThat(join.imagesWithoutRow()).isEmpty();
    }

    @Test
    void theChestXRaysMeetTheirTable() throws IOException {
        Path images = Shared.path("data/cxr/images");
        MetadataTable table = MetadataTable.read(Shared.path("data/cxr/metadata.csv"), Optional.empty());
        List<String> ids;
        try (var files = Files.list(images)) {
            ids = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        MetadataJoin join = table.join(ids);
        assertThat(ids).hasSize(217);
        assertThat(join.imagesWithoutRow()).isEmpty();
        assertThat(join.rowsWithoutImage()).isEmpty();
        assertThat(join.metadata().get("diseased")).isInstanceOf(Whole.class);
        assertThat(join.metadata().get("label").counts()).containsKey("covid");
    }
}
