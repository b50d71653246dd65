package org.patchlens.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.patchlens.embedding.ClsAttention;
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

/// A study on disk whose tokens a test makes up, in 32 bits so that they come back as they are.
///
/// @param images N; their ids are `image-0.png` and so on
/// @param grid H x W
/// @param layout of the sequence
/// @param dimensions D
/// @param blocks L, the blocks of the model
/// @param layers that are stored
/// @param tokens makes the tokens of an image at a layer, `float[T][D]`
/// @param attention makes the attention of an image; a study without attention has none
/// @param columns of metadata
/// @param mask the one class of the masks; a study without masks has none
public record SyntheticStudy(
        int images,
        PatchGrid grid,
        TokenLayout layout,
        int dimensions,
        int blocks,
        List<Layer> layers,
        Tokens tokens,
        Optional<Attention> attention,
        List<MetadataColumn> columns,
        Optional<Mask> mask) {

    /// A study without metadata and masks.
    public SyntheticStudy(
            int images,
            PatchGrid grid,
            TokenLayout layout,
            int dimensions,
            int blocks,
            List<Layer> layers,
            Tokens tokens,
            Optional<Attention> attention) {
        this(images, grid, layout, dimensions, blocks, layers, tokens, attention, List.of(), Optional.empty());
    }

    /// The same with another column.
    public SyntheticStudy with(MetadataColumn column) {
        List<MetadataColumn> more = new ArrayList<>(columns);
        more.add(column);
        return new SyntheticStudy(
                images, grid, layout, dimensions, blocks, layers, tokens, attention, List.copyOf(more), mask);
    }

    /// The same with a mask.
    public SyntheticStudy with(Mask other) {
        return new SyntheticStudy(
                images, grid, layout, dimensions, blocks, layers, tokens, attention, columns, Optional.of(other));
    }

    /// What a class of masks covers.
    ///
    /// @param name of the class
    /// @param coverage makes the coverage of an image, `float[P][1]`
    public record Mask(String name, IntFunction<Optional<FloatMatrix>> coverage) {}

    /// The tokens of an image at a layer.
    @FunctionalInterface
    public interface Tokens {
        FloatMatrix of(int image, Layer layer);
    }

    /// The attention of an image.
    @FunctionalInterface
    public interface Attention {
        ClsAttention of(int image);
    }

    private static final String SHA256 = "0".repeat(64);

    /// Writes the study and opens it.
    public Study write(Path folder) {
        List<StudyInput> inputs = IntStream.range(0, images)
                .mapToObj(i -> new StudyInput("image-" + i + ".png", "folder/image-" + i + ".png", 0))
                .toList();
        try (StudyWriter writer = StudyWriter.open(folder, manifest(), inputs, FailurePolicy.RETRY)) {
            for (int shard : writer.pendingShards()) {
                try (ShardWriter shardWriter = writer.begin(shard)) {
                    writer.inputs(shard).forEach(input -> shardWriter.append(image(inputs.indexOf(input), input)));
                    shardWriter.commit();
                }
            }
            writer.finish(new Metadata(images, columns));
        }
        return Study.open(folder);
    }

    private ExtractedImage image(int index, StudyInput input) {
        List<FloatMatrix> stored = new ArrayList<>();
        layers.forEach(layer -> stored.add(tokens.of(index, layer)));
        ViewImage view = new ViewImage(16 * grid.columns(), 16 * grid.rows(), 1, new byte[256 * grid.patches()]);
        return new ExtractedImage(
                input,
                SHA256,
                640,
                480,
                view,
                stored,
                attention.map(maker -> maker.of(index)),
                mask.flatMap(of -> of.coverage().apply(index)),
                new LinkedHashMap<>());
    }

    private StudyManifest manifest() {
        int heads = attention.map(maker -> maker.of(0).heads()).orElse(3);
        StudyManifest plain = StudyManifest.of(
                new ModelDescription("made-up", "vit", SHA256, blocks, heads, dimensions, 16, 224, 1000, "F32"),
                16 * grid.rows(),
                16 * grid.columns(),
                grid,
                layout,
                layers,
                ElementType.F32,
                attention.isPresent() ? AttentionStorage.CLS : AttentionStorage.NONE,
                Provenance.ofThisProgram(SHA256, "none", "{}", 0));
        return plain.withMaskClasses(mask.map(of -> List.of(of.name())).orElse(List.of()));
    }
}
