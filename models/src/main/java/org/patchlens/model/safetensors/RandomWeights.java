package org.patchlens.model.safetensors;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.Seed;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A model folder of the same architecture as another, with weights as they are before any training: normal with a
/// deviation of 0.02, cut at two deviations, biases 0, scales 1. What such an encoder knows of an image, any
/// encoder of this shape knows without having learned.
///
/// The bytes follow from the names and shapes of the tensors and the seed.
public final class RandomWeights {
    private static final double DEVIATION = 0.02;
    private static final double CUT = 2;
    private static final List<String> CONFIGURATIONS = List.of("config.json", "preprocessor_config.json");

    private RandomWeights() {}

    /// Writes the folder.
    ///
    /// @param model a folder of the Hugging Face kind
    /// @param parent in which the new folder is made; it is called after the model and the seed
    /// @return the new folder
    /// @throws PatchlensException if the model has no weights by which to go, or the disk does not take the new
    ///     ones
    public static Path write(Path model, long seed, Path parent) {
        if (!Files.isDirectory(model)) {
            throw PatchlensException.usage(
                    "--random-weights", "needs a model folder with config.json; " + model + " is none", "");
        }
        List<StoredTensor> tensors = Checkpoint.open(model).tensors().values().stream()
                .filter(tensor -> tensor.type().isComputable())
                .toList();
        Path folder = parent.resolve(
                model.toAbsolutePath().normalize().getFileName() + "-random-" + Long.toUnsignedString(seed));
        try {
            Files.createDirectories(folder);
            for (String name : CONFIGURATIONS) {
                if (Files.exists(model.resolve(name))) {
                    Files.write(folder.resolve(name), Files.readAllBytes(model.resolve(name)));
                }
            }
            writeWeights(folder.resolve("model.safetensors"), tensors, new Seed(seed));
        } catch (IOException e) {
            throw PatchlensException.badData(
                            folder.toString(), "random weights cannot be written: " + e.getMessage(), "")
                    .causedBy(e);
        }
        return folder;
    }

    private static void writeWeights(Path file, List<StoredTensor> tensors, Seed seed) throws IOException {
        byte[] header = header(tensors);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (int i = 0; i < tensors.size(); i++) {
                writeTensor(out, tensors.get(i), seed.task(i).generator());
            }
        }
    }

    private static byte[] header(List<StoredTensor> tensors) {
        ObjectNode header = JsonMapper.shared().createObjectNode();
        long offset = 0;
        for (StoredTensor tensor : tensors) {
            long bytes = tensor.elements() * Float.BYTES;
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", "F32");
            ArrayNode shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            entry.putArray("data_offsets").add(offset).add(offset + bytes);
            offset += bytes;
        }
        return header.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeTensor(OutputStream out, StoredTensor tensor, RandomGenerator random) throws IOException {
        boolean matrix = tensor.shape().size() > 1;
        float constant = tensor.name().endsWith("bias") ? 0 : 1;
        ByteBuffer number = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < tensor.elements(); i++) {
            number.putFloat(0, matrix ? normal(random) : constant);
            out.write(number.array());
        }
    }

    private static float normal(RandomGenerator random) {
        double value = random.nextGaussian();
        while (Math.abs(value) > CUT) {
            value = random.nextGaussian();
        }
        return (float) (DEVIATION * value);
    }
}
