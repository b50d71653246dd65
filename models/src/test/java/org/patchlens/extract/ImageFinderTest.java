package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFinderTest {
    @TempDir
    private Path folder;

    @Test
    void foldersAreWalkedAndFilesSortedByTheirPathBelowTheFolder() throws IOException {
        touch("b/2.png", "b/10.png", "a/z.JPG", "c.tiff");

        assertThat(ImageFinder.find(List.of(folder)).files().keySet())
                .containsExactly("a/z.JPG", "b/10.png", "b/2.png", "c.tiff");
    }

    @Test
    void otherFilesAreCountedAndHiddenOnesAreNotSeen() throws IOException {
        touch("a.png", "labels.csv", ".DS_Store", ".cache/b.png", "notes/read.txt");

        ImageFinder.Found found = ImageFinder.find(List.of(folder));

        assertThat(found.files().keySet()).containsExactly("a.png");
        assertThat(found.ignored()).containsExactlyInAnyOrder("labels.csv", "notes/read.txt");
    }

    @Test
    void aStudyAmongTheImagesIsNotTakenForImages() throws IOException {
        touch("a.png", "study/study.json", "study/picture.png");

        assertThat(ImageFinder.find(List.of(folder)).files().keySet()).containsExactly("a.png");
    }

    @Test
    void severalFoldersGiveTheirNamesToTheirImages() throws IOException {
        touch("normal/1.png", "covid/1.png");

        assertThat(ImageFinder.find(List.of(folder.resolve("normal"), folder.resolve("covid")))
                        .files()
                        .keySet())
                .containsExactly("covid/1.png", "normal/1.png");
    }

    @Test
    void aFileThatIsNamedIsTakenWhateverItIsCalled() throws IOException {
        touch("image.data");

        assertThat(ImageFinder.find(List.of(folder.resolve("image.data")))
                        .files()
                        .keySet())
                .containsExactly("image.data");
    }

    @Test
    void twoFilesOfOneNameAreRefused() throws IOException {
        touch("a/1.png", "b/1.png");

        assertThatThrownBy(() -> ImageFinder.find(List.of(folder.resolve("a/1.png"), folder.resolve("b/1.png"))))
                .hasMessageContaining("two files would have this name in the study");
    }

    @Test
    void aFolderThatHoldsItselfEnds() throws IOException {
        touch("a.png");
        Files.createSymbolicLink(folder.resolve("self"), folder);

        assertThat(ImageFinder.find(List.of(folder)).files().keySet()).contains("a.png");
    }

    @Test
    void nothingToExtractIsSaid() throws IOException {
        assertThatThrownBy(() -> ImageFinder.find(List.of(folder))).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> ImageFinder.find(List.of(folder.resolve("absent"))))
                .hasMessageContaining("there is no such file or folder");
        touch("labels.csv");
        assertThatThrownBy(() -> ImageFinder.find(List.of(folder)))
                .hasMessageContaining("none of the 1 files looks like an image, for example labels.csv");
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }
}
