package org.patchlens.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.attention.Attention;
import org.patchlens.analysis.attention.atlas.AttentionAtlas;
import org.patchlens.analysis.norms.Norms;
import org.patchlens.build.Repository;
import org.patchlens.extract.Extraction;
import org.patchlens.extract.ExtractionOptions;
import org.patchlens.extract.LayerSelection;
import org.patchlens.model.RandomVit;
import org.patchlens.study.AttentionStorage;

/// The pages show the programs that are compiled here, and they do what the pages say.
class LookAtAttentionTest {
    @TempDir
    Path folder;

    private Path model;
    private Path study;

    @BeforeEach
    void extract() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        for (int image = 0; image < 2; image++) {
            BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(10 + 8 * image, 12, 0xffffff);
            ImageIO.write(picture, "png", images.resolve(image + ".png").toFile());
        }
        Path metadata = Files.writeString(folder.resolve("metadata.csv"), "file,site\n0.png,north\n1.png,south\n");
        model = RandomVit.write(folder.resolve("model"), 1);
        study = folder.resolve("study");
        Extraction.run(
                ExtractionOptions.of(images, model, study)
                        .withLayers(new LayerSelection.All())
                        .withAttention(AttentionStorage.CLS)
                        .withMetadata(metadata, Optional.empty()),
                Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({"stored, attention", "computed, attention", "atlas, attention", "norms, norms"})
    void thePageShowsTheProgramThatIsCompiled(String name, String page) throws IOException {
        String source = Files.readString(
                Repository.root().resolve("models/src/test/java/org/patchlens/tutorial/LookAtAttention.java"));
        String begin = "// " + name + ": begin";
        String shown = source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// " + name + ": end"))
                .stripIndent()
                .strip();

        assertThat(Files.readString(Repository.root().resolve("docs/concepts/" + page + ".md")))
                .contains("```java\n" + shown.indent(0) + "```");
    }

    @Test
    void whatIsStoredIsReadAndTheRestIsComputed() {
        Attention.Result stored = LookAtAttention.stored(study);
        assertThat(stored.origin().computed()).isFalse();
        assertThat(stored.layer()).isEqualTo(1);
        assertThat(stored.chosen()).isEqualTo(stored.heads().getFirst());

        Attention.Result computed = LookAtAttention.computed(study, model);
        assertThat(computed.origin().computed()).isTrue();
        assertThat(computed.rollout()).isPresent();
        assertThat(computed.look().discardRatio()).isEqualTo(0.9);
    }

    @Test
    void everyHeadIsMeasured() {
        AttentionAtlas.Result atlas = LookAtAttention.atlas(study, model);
        assertThat(atlas.patches().orElseThrow().images()).isEqualTo(2);
        assertThat(atlas.patches()
                        .orElseThrow()
                        .measure("distance")
                        .orElseThrow()
                        .mean()
                        .rows())
                .isEqualTo(RandomVit.LAYERS);
    }

    @Test
    void sitesAreCompared() {
        Norms.Result norms = LookAtAttention.norms(study);
        assertThat(norms.layers().getLast().groups())
                .extracting(group -> group.value() + " " + group.images())
                .containsExactly("north 1", "south 1");
    }
}
