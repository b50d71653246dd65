package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.extract.Spread.Load;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.RandomVit;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.architecture.VitRequest;

class SpreadTest {
    private static final long GIB = 1L << 30;
    private static final Spread STREAMS = new Spread(1, 8);
    private static final Spread SESSION = new Spread(8, 1);

    @TempDir
    private Path folder;

    private static Effort threads(int threads, Parallel parallel) {
        return new Effort(threads, OptionalInt.empty(), parallel);
    }

    private static Spread of(Parallel parallel, int batches, Load load) {
        return Spread.of(threads(8, parallel), batches, load);
    }

    private static Load small() {
        return new Load(GIB / 4, GIB / 100, 24 * GIB);
    }

    @Test
    void aFewImagesAreComputedByAllThreadsTogether() {
        assertThat(of(Parallel.AUTO, 7, small())).isEqualTo(SESSION);
        assertThat(of(Parallel.AUTO, 8, small())).isEqualTo(STREAMS);
        assertThat(of(Parallel.STREAMS, 1, small())).isEqualTo(STREAMS);
        assertThat(of(Parallel.SESSION, 99, small())).isEqualTo(SESSION);
    }

    @Test
    void runsThatDoNotFitIntoHalfOfTheMemoryAreComputedOneAfterTheOther() {
        assertThat(of(Parallel.AUTO, 99, new Load(GIB / 2, GIB, 17 * GIB))).isEqualTo(STREAMS);
        assertThat(of(Parallel.AUTO, 99, new Load(GIB / 2, GIB, 16 * GIB))).isEqualTo(SESSION);
        assertThat(of(Parallel.AUTO, 99, new Load(GIB, GIB, 17 * GIB))).isEqualTo(SESSION);
    }

    @Test
    void whatTheMachineHasNoMemoryForIsRefused() {
        assertThatThrownBy(() -> of(Parallel.STREAMS, 99, new Load(GIB, GIB, 8 * GIB)))
                .isInstanceOfSatisfying(
                        PatchlensException.class,
                        e -> assertThat(e.category()).isEqualTo(PatchlensException.Category.USAGE))
                .hasMessage("[--parallel streams with 8 threads] the model would take 1024 MiB for its weights and 8192"
                        + " MiB to compute, and this machine has 8192. Use fewer --threads, or --parallel session.");
        assertThatThrownBy(() -> of(Parallel.AUTO, 99, new Load(GIB, 8 * GIB, 8 * GIB)))
                .hasMessageStartingWith("[batch of 1] the model would take 1024 MiB for its weights and 8192 MiB");
    }

    @Test
    void theWeightsOfAModelAreFourBytesEachOrOneInEightBits() {
        try (ImageEncoder model = ImageEncoder.load(RandomVit.write(folder.resolve("model"), 1))) {
            long parameters = model.description().parameters();
            assertThat(model.weightBytes(Precision.FP32)).isEqualTo(4 * parameters);
            assertThat(model.weightBytes(Precision.INT8)).isEqualTo(parameters);
        }
    }

    @Test
    void aLargerImageTakesMoreMemory() {
        try (ImageEncoder model = ImageEncoder.load(RandomVit.write(folder.resolve("model"), 1))) {
            long small = model.bytesPerImage(VitRequest.ofTokens(32, 32, List.of(Layer.LAST)));
            assertThat(small).isGreaterThan(17L * 9 * RandomVit.DIMENSIONS * Float.BYTES);
            assertThat(model.bytesPerImage(VitRequest.ofTokens(64, 64, List.of(Layer.LAST))))
                    .isGreaterThan(3 * small);
        }
    }
}
