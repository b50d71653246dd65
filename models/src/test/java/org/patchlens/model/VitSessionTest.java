package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

class VitSessionTest {
    private static final int PIXELS = 3 * 20 * 20;
    private static final int BATCHES = 12;

    private final VitModel model = VitModel.load(Resources.path("vit/plain"));

    @AfterEach
    void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theNumberOfCallersDoesNotChangeABit(int callers) throws Exception {
        List<FloatMatrix> batches =
                IntStream.range(0, BATCHES).mapToObj(seed -> pixels(3, seed)).toList();
        try (VitSession session =
                model.open(new VitRequest(20, 20, List.of(new Layer(1), Layer.LAST), AttentionRequest.CLS))) {
            List<VitOutput> alone = batches.stream().map(session::run).toList();
            assertThat(together(session, batches, callers)).isEqualTo(alone);
        }
    }

    @Test
    void anImageGivesTheSameBytesAloneAndInABatch() {
        FloatMatrix batch = pixels(4, 1);
        try (VitSession session =
                model.open(new VitRequest(20, 20, List.of(new Layer(1), Layer.LAST), AttentionRequest.CLS))) {
            VitOutput together = session.run(batch);
            for (int image = 0; image < 4; image++) {
                VitOutput alone = session.run(batch.row(image));
                assertThat(alone.tokens(Layer.LAST)).isEqualTo(together.tokens(Layer.LAST, image));
                assertThat(alone.tokens(new Layer(1))).isEqualTo(together.tokens(new Layer(1), image));
                assertThat(((AttentionOutput.Cls) alone.attention()).of(0))
                        .isEqualTo(((AttentionOutput.Cls) together.attention()).of(image));
            }
        }
    }

    @Test
    void memoryIsFilledAgainByTheNextRun() {
        try (VitSession session = model.open(VitRequest.ofTokens(20, 20, List.of(Layer.LAST)))) {
            VitOutput output = session.allocate(2);
            session.run(pixels(2, 1), output);
            session.run(pixels(2, 2), output);
            assertThat(output).isEqualTo(session.run(pixels(2, 2)));
        }
    }

    @Test
    void aLayerThatTheModelDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> model.open(VitRequest.ofTokens(20, 20, List.of(new Layer(4)))))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[layer 4] the model has the layers 0 to 3, and last.");
    }

    @Test
    void aBlockThatTheModelDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> model.open(new VitRequest(20, 20, List.of(), new AttentionRequest.OfBlock(4))))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[attention of block 4] the model has the blocks 1 to 3.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4, 3, 21, Integer.MAX_VALUE})
    void aSizeThatPatchesDoNotFillIsRefused(int size) {
        assertThatThrownBy(() -> model.grid(20, size))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[size " + size + "] the model's patches are 4 pixels wide");
    }

    @Test
    void attentionThatDoesNotFitIntoMemoryIsRefusedBeforeItIsComputed() {
        VitRequest request = new VitRequest(16000, 16000, List.of(), new AttentionRequest.OfBlock(1));
        assertThatThrownBy(() -> model.open(request))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("MiB of memory, and this machine has");
    }

    @Test
    void aBatchBeyondTwoGibibytesIsRefused() {
        try (VitSession session = model.open(VitRequest.ofTokens(20, 20, List.of(Layer.LAST)))) {
            assertThatThrownBy(() -> session.allocate(1_000_000))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("which is more than 2 GiB");
        }
    }

    private static List<VitOutput> together(VitSession session, List<FloatMatrix> batches, int callers)
            throws Exception {
        CountDownLatch allReady = new CountDownLatch(callers);
        try (ExecutorService pool = Executors.newFixedThreadPool(callers)) {
            List<Future<List<VitOutput>>> parts = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                List<FloatMatrix> own = batches.subList(caller * BATCHES / callers, (caller + 1) * BATCHES / callers);
                parts.add(pool.submit(() -> {
                    allReady.countDown();
                    allReady.await();
                    return own.stream().map(session::run).toList();
                }));
            }
            List<VitOutput> outputs = new ArrayList<>();
            for (Future<List<VitOutput>> part : parts) {
                outputs.addAll(part.get());
            }
            return outputs;
        }
    }

    private static FloatMatrix pixels(int images, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatMatrix pixels = FloatMatrix.zeros(images, PIXELS);
        for (int image = 0; image < images; image++) {
            for (int i = 0; i < PIXELS; i++) {
                pixels.set(image, i, (float) random.nextGaussian());
            }
        }
        return pixels;
    }
}
