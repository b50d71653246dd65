package org.patchlens.analysis.probe;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.ExtractedImage;
import org.patchlens.study.FailurePolicy;
import org.patchlens.study.ShardWriter;
import org.patchlens.study.Study;
import org.patchlens.study.StudyInput;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.StudyWriter;
import org.patchlens.study.ViewImage;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;

/// A study of 48 images of 24 patients on a grid of 4 x 4 with planted knowledge: at layer 1 nothing, at layer 2
/// the `label` in every patch and the number `size`, in the right half of patches whether class `organ` covers
/// them.
///
/// @param model the checksum of its weights, a hexadecimal digit that is repeated
/// @param strength of what is planted; 0 for a random encoder
/// @param twins whether image 4 is the same file as image 0
/// @param changes columns in the place of the usual ones, by name
public record ProbeStudy(char model, float strength, boolean twins, List<MetadataColumn> changes) {
    static final int IMAGES = 48;
    static final PatchGrid GRID = new PatchGrid(4, 4);
    private static final int DIMENSIONS = 10;
    private static final List<Layer> LAYERS = List.of(new Layer(1), new Layer(2));

    /// The usual study.
    public static ProbeStudy usual() {
        return new ProbeStudy('a', 2, false, List.of());
    }

    ProbeStudy with(MetadataColumn column) {
        return new ProbeStudy(model, strength, twins, List.of(column));
    }

    static MetadataColumn column(String name, IntFunction<String> value) {
        return MetadataColumn.of(
                name, IntStream.range(0, IMAGES).mapToObj(value).toList());
    }

    static int patient(int image) {
        return image / 2;
    }

    static boolean sick(int image) {
        return patient(image) % 2 == 1;
    }

    static float size(int image) {
        return (patient(image) * 7 % 24) / 24f;
    }

    /// Writes the study and opens it.
    public Study write(Path folder) {
        List<StudyInput> inputs = IntStream.range(0, IMAGES)
                .mapToObj(i -> new StudyInput("image-" + i + ".png", "image-" + i + ".png", 0))
                .toList();
        try (StudyWriter writer = StudyWriter.open(folder, manifest(), inputs, FailurePolicy.RETRY)) {
            for (int shard : writer.pendingShards()) {
                try (ShardWriter shardWriter = writer.begin(shard)) {
                    writer.inputs(shard).forEach(input -> shardWriter.append(image(inputs.indexOf(input), input)));
                    shardWriter.commit();
                }
            }
            writer.finish(metadata());
        }
        return Study.open(folder);
    }

    private Metadata metadata() {
        List<MetadataColumn> usual = List.of(
                column("patient", image -> "p" + patient(image)),
                column("label", image -> sick(image) ? "sick" : "healthy"),
                column("size", image -> Float.toString(size(image))));
        List<MetadataColumn> columns = usual.stream()
                .map(column -> changes.stream()
                        .filter(change -> change.name().equals(column.name()))
                        .findFirst()
                        .orElse(column))
                .toList();
        return new Metadata(IMAGES, columns);
    }

    private ExtractedImage image(int index, StudyInput input) {
        RandomGenerator random = new Seed(index).task(model).generator();
        byte[] pixels = new byte[64 * 64];
        random.nextBytes(pixels);
        FloatMatrix coverage = FloatMatrix.zeros(GRID.patches(), 1);
        for (int patch = 0; patch < GRID.patches(); patch++) {
            coverage.set(patch, 0, organ(index, patch));
        }
        return new ExtractedImage(
                input,
                String.format("%064x", twins && index == 4 ? 0 : index),
                64,
                64,
                new ViewImage(64, 64, 1, pixels),
                List.of(tokens(index, 0, random), tokens(index, strength, random)),
                Optional.empty(),
                Optional.of(coverage),
                new LinkedHashMap<>());
    }

    /// Half of the patches, other ones in every image.
    static float organ(int image, int patch) {
        return new Seed(1000L * image + patch).generator().nextBoolean() ? 0.9f : 0;
    }

    private static FloatMatrix tokens(int image, float planted, RandomGenerator random) {
        FloatMatrix tokens = FloatMatrix.zeros(1 + GRID.patches(), DIMENSIONS);
        float[] common = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            common[i] = (float) random.nextGaussian();
        }
        for (int token = 0; token < tokens.rows(); token++) {
            for (int i = 0; i < DIMENSIONS; i++) {
                tokens.set(token, i, common[i] + (float) random.nextGaussian());
            }
            tokens.set(token, 3, tokens.get(token, 3) + planted * (sick(image) ? 1 : -1));
            tokens.set(token, 4, tokens.get(token, 4) + 4 * planted * size(image));
            if (token > 0) {
                tokens.set(token, 5, tokens.get(token, 5) + 4 * planted * organ(image, token - 1));
            }
        }
        return tokens;
    }

    private StudyManifest manifest() {
        String sha256 = String.valueOf(model).repeat(64);
        return StudyManifest.of(
                        new ModelDescription("made-up", "vit", sha256, 2, 2, DIMENSIONS, 16, 64, 1000, "F32"),
                        64,
                        64,
                        GRID,
                        TokenLayout.CLS_AND_PATCHES,
                        LAYERS,
                        ElementType.F32,
                        AttentionStorage.NONE,
                        Provenance.ofThisProgram(sha256, "none", "{}", 0))
                .withMaskClasses(List.of("organ"));
    }
}
