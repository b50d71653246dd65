package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// Whatever a stranger's file says, it is either computed with or refused in a sentence.
/// `-Pnightly` asks for tens of thousands of cases.
class HostileModelTest {
    private static final Path PLAIN = Resources.path("vit/plain");
    private static final int CASES = Integer.getInteger("patchlens.fuzz", 400);
    private static final List<String> TOKENS = List.of(
            "0",
            "-1",
            "9223372036854775807",
            "1e999",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"F64\"",
            "[",
            "}",
            ",",
            ":");

    @TempDir
    private Path folder;

    @Test
    void mutatedHeadersAreComputedWithOrRefused() throws IOException {
        byte[] file = Files.readAllBytes(PLAIN.resolve("model.safetensors"));
        int headerEnd = 8
                + Math.toIntExact(
                        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
        Files.copy(PLAIN.resolve("config.json"), folder.resolve("config.json"));
        int refused = 0;
        for (int seed = 0; seed < CASES; seed++) {
            byte[] header = mutate(Arrays.copyOf(file, headerEnd), seed);
            byte[] whole = Arrays.copyOf(header, header.length + file.length - headerEnd);
            System.arraycopy(file, headerEnd, whole, header.length, file.length - headerEnd);
            Files.write(folder.resolve("model.safetensors"), whole);
            refused += refusedOrComputed(seed);
        }
        // most mutations break something, or the mutator does not mutate
        assertThat(refused).isGreaterThan(CASES / 2);
    }

    @Test
    void headersWhoseLengthIsRightAreComputedWithOrRefused() throws IOException {
        byte[] file = Files.readAllBytes(PLAIN.resolve("model.safetensors"));
        int headerEnd = 8
                + Math.toIntExact(
                        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
        Files.copy(PLAIN.resolve("config.json"), folder.resolve("config.json"));
        int refused = 0;
        for (int seed = 0; seed < CASES; seed++) {
            byte[] header = mutate(Arrays.copyOfRange(file, 8, headerEnd), seed);
            ByteBuffer whole = ByteBuffer.allocate(8 + header.length + file.length - headerEnd)
                    .order(ByteOrder.LITTLE_ENDIAN);
            whole.putLong(header.length).put(header).put(file, headerEnd, file.length - headerEnd);
            Files.write(folder.resolve("model.safetensors"), whole.array());
            refused += refusedOrComputed(seed);
        }
        assertThat(refused).isGreaterThan(CASES / 2);
    }

    @Test
    void mutatedConfigurationsAreComputedWithOrRefused() throws IOException {
        List<Path> models = models();
        int refused = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Path model = models.get(seed % models.size());
            Files.copy(
                    model.resolve("model.safetensors"),
                    folder.resolve("model.safetensors"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.write(folder.resolve("config.json"), mutate(Files.readAllBytes(model.resolve("config.json")), seed));
            refused += refusedOrComputed(seed);
        }
        assertThat(refused).isBetween(CASES / 10, CASES - 1);
    }

    /// One folder or several of every family.
    private static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.walk(PLAIN.resolve("../..").normalize())) {
            List<Path> models = files.filter(file -> file.endsWith("config.json"))
                    .map(Path::getParent)
                    .filter(model -> Files.exists(model.resolve("model.safetensors")))
                    .sorted()
                    .toList();
            assertThat(models).hasSizeGreaterThan(20);
            return models;
        }
    }

    /// @return 1 if the model was refused
    private int refusedOrComputed(int seed) {
        try (VitModel model = VitModel.load(folder)) {
            int height = model.architecture().imageHeight()
                    / model.architecture().patchSize()
                    * model.architecture().patchSize();
            int width = model.architecture().imageWidth()
                    / model.architecture().patchSize()
                    * model.architecture().patchSize();
            try (VitSession session = model.open(VitRequest.ofTokens(height, width, List.of(Layer.LAST)))) {
                session.run(FloatMatrix.zeros(1, model.architecture().channels() * height * width));
                return 0;
            }
        } catch (PatchlensException e) {
            assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\n").hasSizeLessThan(1000);
            return 1;
        }
    }

    /// Changes, drops, doubles or replaces something in one to three places.
    private static byte[] mutate(byte[] bytes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] mutated = bytes;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutated.length);
            int end = Math.min(mutated.length, at + random.nextInt(1, 24));
            mutated = switch (random.nextInt(5)) {
                case 0 -> splice(mutated, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> splice(mutated, at, end, new byte[0]);
                case 2 -> splice(mutated, at, at, Arrays.copyOfRange(mutated, at, end));
                case 3 -> splice(mutated, at, at + 1, new byte[] {(byte) ('0' + random.nextInt(10))});
                default ->
                    splice(
                            mutated,
                            at,
                            end,
                            TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8));
            };
        }
        return mutated;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] replacement) {
        ByteBuffer result = ByteBuffer.allocate(bytes.length - (to - from) + replacement.length);
        return result.put(bytes, 0, from)
                .put(replacement)
                .put(bytes, to, bytes.length - to)
                .array();
    }
}
