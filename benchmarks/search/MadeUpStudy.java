import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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
import org.patchlens.study.StudyInput;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.StudyWriter;
import org.patchlens.study.ViewImage;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;

/// Writes a study whose patches are random numbers of 16 bits: what a search reads, without what makes it.
final class MadeUpStudy {
    private static final String NONE = "0".repeat(64);

    private MadeUpStudy() {}

    /// @param arguments the word `study`, folder, images, rows and columns of the grid, dimensions
    static void write(String[] arguments) {
        int images = Integer.parseInt(arguments[2]);
        PatchGrid grid = new PatchGrid(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[3]));
        int dimensions = Integer.parseInt(arguments[4]);
        List<StudyInput> inputs = IntStream.range(0, images)
                .mapToObj(i -> new StudyInput("image-" + i, "image-" + i, 0))
                .toList();
        RandomGenerator random = new Seed(1).generator();
        try (StudyWriter writer =
                StudyWriter.open(Path.of(arguments[1]), manifest(grid, dimensions), inputs, FailurePolicy.RETRY)) {
            for (int shard : writer.pendingShards()) {
                try (ShardWriter open = writer.begin(shard)) {
                    writer.inputs(shard).forEach(input -> open.append(image(input, grid, dimensions, random)));
                    open.commit();
                }
            }
            writer.finish(new Metadata(images, List.of()));
        }
    }

    private static StudyManifest manifest(PatchGrid grid, int dimensions) {
        return StudyManifest.of(
                new ModelDescription("made-up", "vit", NONE, 12, 3, dimensions, 16, 224, 1000, "F32"),
                16 * grid.rows(),
                16 * grid.columns(),
                grid,
                TokenLayout.CLS_AND_PATCHES,
                List.of(Layer.LAST),
                ElementType.F16,
                AttentionStorage.NONE,
                Provenance.ofThisProgram(NONE, "none", "{}", 0));
    }

    private static ExtractedImage image(StudyInput input, PatchGrid grid, int dimensions, RandomGenerator random) {
        FloatMatrix tokens = FloatMatrix.zeros(1 + grid.patches(), dimensions);
        for (int row = 0; row < tokens.rows(); row++) {
            for (int column = 0; column < dimensions; column++) {
                tokens.set(row, column, random.nextFloat() - 0.4f);
            }
        }
        int width = 16 * grid.columns();
        int height = 16 * grid.rows();
        return new ExtractedImage(
                input,
                NONE,
                width,
                height,
                new ViewImage(width, height, 1, new byte[width * height]),
                List.of(tokens),
                Optional.empty(),
                Optional.empty(),
                new LinkedHashMap<>());
    }
}
