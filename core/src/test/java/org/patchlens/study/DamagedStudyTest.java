package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.PatchlensException.Category;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;

/// A study that somebody or something tampered with.
class DamagedStudyTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path tokens;

    @BeforeEach
    void writeAStudy() {
        folder = temporary.resolve("study");
        SyntheticStudy.ofHalves(6).write(folder);
        tokens = folder.resolve("shards/00001/tokens-layer-02.npy");
    }

    @Test
    void aTruncatedArrayIsNamedWithBothLengths() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(tokens.toFile(), "rw")) {
            file.setLength(300);
        }
        assertReadingFails(
                tokens,
                "has 300 bytes; an array {'descr': '<f2', 'fortran_order': False," + " 'shape': (2, 7, 8), } has 352.");
        assertVerifyFinds("shards/00001/tokens-layer-02.npy is not what was written");
    }

    @Test
    void anArrayOfAnotherTypeIsNamedWithBothHeaders() throws IOException {
        byte[] content = Files.readAllBytes(tokens);
        content[23] = 'i';
        Files.write(tokens, content);
        assertReadingFails(tokens, "expected is {'descr': '<f2', 'fortran_order': False, 'shape': (2, 7, 8), }");
    }

    @Test
    void aForeignFileInPlaceOfAnArrayIsNamed() throws IOException {
        byte[] content = Files.readAllBytes(tokens);
        content[0] = 'P';
        Files.write(tokens, content);
        assertReadingFails(tokens, "starts with no npy header of version 1.0");
    }

    @Test
    void aMissingArrayIsNamed() throws IOException {
        Files.delete(tokens);
        assertReadingFails(tokens, "cannot be read: there is no such file");
        assertVerifyFinds("shards/00001/tokens-layer-02.npy is missing");
    }

    @Test
    void oneFlippedBitIsFound() throws IOException {
        byte[] content = Files.readAllBytes(tokens);
        content[200] ^= 1;
        Files.write(tokens, content);
        assertVerifyFinds("shards/00001/tokens-layer-02.npy is not what was written");
    }

    @Test
    void aFlippedBitInTheMetadataIsFound() throws IOException {
        Path table = folder.resolve("images.parquet");
        byte[] content = Files.readAllBytes(table);
        content[content.length / 2] ^= 1;
        Files.write(table, content);
        assertVerifyFinds("images.parquet is not what was written");
    }

    @Test
    void aForeignFileIsFound() throws IOException {
        Files.writeString(folder.resolve("shards/00000/tokens-layer-01.npy"), "what is this");
        assertVerifyFinds("shards/00000/tokens-layer-01.npy is not of the study");
    }

    @Test
    void aWholeStudyIsFoundWhole() {
        try (Study study = Study.open(folder)) {
            VerifyReport report = study.verify();
            assertThat(report.problems()).isEmpty();
            assertThat(report.files()).isEqualTo(2 + 2 * (3 + 2 + 1 + 1));
            assertThat(report.bytes()).isGreaterThan(20_000);
        }
    }

    @Test
    void aMissingShardOfACompleteStudyIsNamed() throws IOException {
        Path shard = folder.resolve("shards/00001");
        for (Path file : StudyFolder.list(shard)) {
            Files.delete(file);
        }
        Files.delete(shard);
        assertOpeningFails("is missing, though the study was complete").hasMessageContaining("00001");
    }

    @Test
    void aShardOfAnotherStudyIsRecognised() throws IOException {
        Path other = temporary.resolve("other");
        SyntheticStudy.of(ElementType.F32, AttentionStorage.CLS, 6).write(other);
        Files.copy(
                other.resolve("shards/00001/shard.json"),
                folder.resolve("shards/00001/shard.json"),
                StandardCopyOption.REPLACE_EXISTING);
        assertOpeningFails("belongs to another study");
    }

    @Test
    void aRenamedShardIsRecognised() throws IOException {
        Files.move(folder.resolve("shards/00001"), folder.resolve("shards/00002"));
        assertOpeningFails("field shard is 1; expected is 2, as the folder's name says");
    }

    @Test
    void anAlteredListOfImagesIsRecognised() throws IOException {
        alter("shards/00001/shard.json", "image-0005", "image-0006");
        assertOpeningFails("is not what checksums.sha256 says");
    }

    @Test
    void aMalformedIndexIsNamedWithTheField() throws IOException {
        alter("shards/00001/shard.json", "\"position\" : 1", "\"position\" : 0");
        assertOpeningFails("field position is [0, 0]; expected is each number from 0 once");
    }

    @Test
    void anotherFormatVersionIsRefused() throws IOException {
        alter("study.json", "\"formatVersion\" : 1", "\"formatVersion\" : 2");
        assertOpeningFails("is of format version 2; this program reads version 1");
    }

    @Test
    void aManifestWithImpossibleNumbersIsRefused() throws IOException {
        alter("study.json", "\"dimensions\" : 8", "\"dimensions\" : 2000000000");
        assertOpeningFails("field dimensions is 2000000000; expected is a whole number from 1 to 65536");
    }

    @Test
    void aManifestThatContradictsItselfIsRefused() throws IOException {
        alter("study.json", "\"tokens\" : 7", "\"tokens\" : 8");
        assertOpeningFails("field tokens is 8; expected is 7 for this grid");
    }

    @Test
    void aManifestThatIsNoJsonIsRefused() throws IOException {
        Files.writeString(folder.resolve("study.json"), "{\"format\": ");
        assertOpeningFails("is not JSON");
        Files.writeString(folder.resolve("study.json"), "[]");
        assertOpeningFails("is no JSON object");
        Files.writeString(folder.resolve("study.json"), "");
        assertOpeningFails("is no JSON object");
    }

    @Test
    void aHugeManifestIsNotRead() throws IOException {
        Files.writeString(folder.resolve("study.json"), " ".repeat(2 << 20));
        assertOpeningFails("is larger than the 1048576 bytes");
    }

    @Test
    void aTableOfOtherImagesIsRecognised() throws IOException {
        Path other = temporary.resolve("other");
        SyntheticStudy.ofHalves(7).write(other);
        Files.copy(
                other.resolve("images.parquet"), folder.resolve("images.parquet"), StandardCopyOption.REPLACE_EXISTING);
        try (Study study = Study.open(folder)) {
            assertThatThrownBy(study::metadata).hasMessageContaining("has 7 rows; the shards hold 6 images");
        }
        Files.writeString(folder.resolve("images.parquet"), "PAR1 not really");
        try (Study study = Study.open(folder)) {
            assertThatThrownBy(study::metadata)
                    .isInstanceOfSatisfying(
                            PatchlensException.class,
                            e -> assertThat(e.category()).isEqualTo(Category.BAD_DATA));
        }
    }

    private void alter(String name, String from, String to) throws IOException {
        Path file = folder.resolve(name);
        String content = Files.readString(file);
        assertThat(content).contains(from);
        Files.writeString(file, content.replace(from, to));
    }

    private void assertReadingFails(Path file, String message) {
        try (Study study = Study.open(folder)) {
            assertThatThrownBy(() -> study.embeddings(5, new Layer(2)))
                    .isInstanceOfSatisfying(
                            PatchlensException.class,
                            e -> assertThat(e.category()).isEqualTo(Category.BAD_DATA))
                    .hasMessageStartingWith("[" + file + "] ")
                    .hasMessageContaining(message);
        }
    }

    private AbstractThrowableAssert<?, ?> assertOpeningFails(String message) {
        return assertThatThrownBy(() -> Study.open(folder).close())
                .isInstanceOfSatisfying(
                        PatchlensException.class, e -> assertThat(e.category()).isEqualTo(Category.BAD_DATA))
                .hasMessageContaining(message);
    }

    private void assertVerifyFinds(String problem) {
        try (Study study = Study.open(folder)) {
            VerifyReport report = study.verify();
            assertThat(report.isWhole()).isFalse();
            assertThat(report.problems()).singleElement().asString().startsWith(problem);
        }
    }
}
