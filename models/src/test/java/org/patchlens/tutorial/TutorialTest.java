package org.patchlens.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.build.Repository;
import org.patchlens.model.RandomVit;

/// The tutorial shows the program that is compiled here, and the program does what the tutorial says.
class TutorialTest {
    @TempDir
    private Path folder;

    @Test
    void theTutorialShowsTheProgramThatIsCompiled() throws IOException {
        String source = Files.readString(
                Repository.root().resolve("models/src/test/java/org/patchlens/tutorial/ExtractAndMeasure.java"));
        String shown = source.substring(
                        source.indexOf("// tutorial: begin") + "// tutorial: begin".length(),
                        source.indexOf("// tutorial: end"))
                .stripIndent()
                .strip();

        assertThat(Files.readString(Repository.root().resolve("docs/tutorial/from-java.md")))
                .contains("```java\n" + shown.indent(0) + "```");
    }

    @Test
    void theProgramExtractsAndMeasures() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        ImageIO.write(
                new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB),
                "png",
                images.resolve("a.png").toFile());
        Path model = RandomVit.write(folder.resolve("model"), 1);

        String output = printed(() -> ExtractAndMeasure.run(images, model, folder.resolve("study")));

        assertThat(output)
                .contains("the first image has patches FloatMatrix[16 x " + RandomVit.DIMENSIONS + "]")
                .contains("0: median norm ")
                .contains("last: median norm ");
    }

    private static String printed(Runnable program) {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(console);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
