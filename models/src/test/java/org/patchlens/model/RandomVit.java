package org.patchlens.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Writes a small Vision Transformer with random, seeded weights as a Hugging Face folder: for tests of everything
/// that needs a model and does not care which.
public final class RandomVit {
    /// The side of its input in pixels: a grid of 4 x 4 patches.
    public static final int SIZE = 32;

    /// D.
    public static final int DIMENSIONS = 24;

    /// L.
    public static final int LAYERS = 2;

    /// A.
    public static final int HEADS = 3;

    private static final int PATCH = 8;
    private static final int MLP = 48;

    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    private RandomVit() {
        int tokens = 1 + (SIZE / PATCH) * (SIZE / PATCH);
        shapes.put("embeddings.cls_token", new int[] {1, 1, DIMENSIONS});
        shapes.put("embeddings.position_embeddings", new int[] {1, tokens, DIMENSIONS});
        shapes.put("embeddings.patch_embeddings.projection.weight", new int[] {DIMENSIONS, 3, PATCH, PATCH});
        shapes.put("embeddings.patch_embeddings.projection.bias", new int[] {DIMENSIONS});
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "encoder.layer." + layer + ".";
            linear(block + "attention.attention.query", DIMENSIONS, DIMENSIONS);
            linear(block + "attention.attention.key", DIMENSIONS, DIMENSIONS);
            linear(block + "attention.attention.value", DIMENSIONS, DIMENSIONS);
            linear(block + "attention.output.dense", DIMENSIONS, DIMENSIONS);
            linear(block + "intermediate.dense", MLP, DIMENSIONS);
            linear(block + "output.dense", DIMENSIONS, MLP);
            norm(block + "layernorm_before");
            norm(block + "layernorm_after");
        }
        norm("layernorm");
    }

    /// Writes `config.json`, `preprocessor_config.json` and `model.safetensors`.
    ///
    /// @return the folder
    public static Path write(Path folder, long seed) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("config.json"), """
                        {"model_type": "vit", "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
                         "intermediate_size": %d, "hidden_act": "gelu", "layer_norm_eps": 1e-6, "image_size": %d,
                         "patch_size": %d, "num_channels": 3, "qkv_bias": true}
                        """.formatted(DIMENSIONS, LAYERS, HEADS, MLP, SIZE, PATCH));
            Files.writeString(folder.resolve("preprocessor_config.json"), """
                {"image_processor_type": "ViTImageProcessor", "do_resize": true, "do_rescale": true, "do_normalize": true,
                 "size": {"height": %d, "width": %d}, "resample": 2, "rescale_factor": 0.00392156862745098,
                 "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
                """.formatted(SIZE, SIZE));
            Files.write(folder.resolve("model.safetensors"), new RandomVit().safetensors(seed));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void linear(String name, int out, int in) {
        shapes.put(name + ".weight", new int[] {out, in});
        shapes.put(name + ".bias", new int[] {out});
    }

    private void norm(String name) {
        shapes.put(name + ".weight", new int[] {DIMENSIONS});
        shapes.put(name + ".bias", new int[] {DIMENSIONS});
    }

    private byte[] safetensors(long seed) {
        StringBuilder header = new StringBuilder("{");
        int offset = 0;
        for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
            int end = offset + Float.BYTES * size(tensor.getValue());
            header.append(header.length() > 1 ? "," : "")
                    .append("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(tensor.getKey(), Arrays.toString(tensor.getValue()), offset, end));
            offset = end;
        }
        byte[] text = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + text.length + offset).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        SplittableRandom random = new SplittableRandom(seed);
        for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
            boolean scale = tensor.getKey().contains("norm") && tensor.getKey().endsWith("weight");
            for (int i = 0; i < size(tensor.getValue()); i++) {
                file.putFloat((float) (scale ? 1 + 0.1 * random.nextGaussian() : 0.2 * random.nextGaussian()));
            }
        }
        return file.array();
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
