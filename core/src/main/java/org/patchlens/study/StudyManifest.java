package org.patchlens.study;

import java.util.List;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.embedding.TokenLayout;

/// What a study is, settled before its first image: two extractions may continue each other only if these agree.
///
/// @param formatVersion of the folder; a reader refuses versions that it does not know
/// @param model the model that made the embeddings
/// @param inputHeight of the preprocessed image, in pixels
/// @param inputWidth of the preprocessed image, in pixels
/// @param grid of patches
/// @param layout of the sequence
/// @param layers that are stored, in ascending order
/// @param dtype of embeddings and attention on disk
/// @param attention which attention is stored
/// @param maskClasses the names of the classes whose coverage of each patch is stored; empty without masks
/// @param imagesPerShard how many consecutive inputs share a shard, 1 to 128
/// @param provenance where it comes from
public record StudyManifest(
        int formatVersion,
        ModelDescription model,
        int inputHeight,
        int inputWidth,
        PatchGrid grid,
        TokenLayout layout,
        List<Layer> layers,
        ElementType dtype,
        AttentionStorage attention,
        List<String> maskClasses,
        int imagesPerShard,
        Provenance provenance) {

    /// The version of the format that this program writes.
    public static final int FORMAT_VERSION = 1;

    /// The most inputs that share a shard.
    public static final int MOST_IMAGES_PER_SHARD = 128;

    private static final long SHARD_BYTES = 64L << 20;

    public StudyManifest {
        layers = layers.stream().sorted().distinct().toList();
        maskClasses = List.copyOf(maskClasses);
        if (maskClasses.stream().distinct().count() < maskClasses.size()) {
            throw new IllegalArgumentException("two classes of the same name: " + maskClasses);
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a study stores at least one layer");
        }
        for (Layer layer : layers) {
            if (!layer.isLast() && layer.index() > model.layers()) {
                throw new IllegalArgumentException("layer " + layer + " of a model with layers 0 to " + model.layers());
            }
        }
        if (imagesPerShard < 1 || imagesPerShard > MOST_IMAGES_PER_SHARD) {
            throw new IllegalArgumentException(imagesPerShard + " images per shard; 1 to " + MOST_IMAGES_PER_SHARD);
        }
        if (inputHeight < 1 || inputWidth < 1) {
            throw new IllegalArgumentException("an input of " + inputWidth + " x " + inputHeight + " pixels");
        }
        if (attention == AttentionStorage.CLS && layout.cls().isEmpty()) {
            throw new IllegalArgumentException("CLS attention of a model without CLS token");
        }
    }

    /// The manifest of a study without masks in the current format, with shards of the size that suits its images.
    public static StudyManifest of(
            ModelDescription model,
            int inputHeight,
            int inputWidth,
            PatchGrid grid,
            TokenLayout layout,
            List<Layer> layers,
            ElementType dtype,
            AttentionStorage attention,
            Provenance provenance) {
        return new StudyManifest(
                        FORMAT_VERSION,
                        model,
                        inputHeight,
                        inputWidth,
                        grid,
                        layout,
                        layers,
                        dtype,
                        attention,
                        List.of(),
                        1,
                        provenance)
                .withMaskClasses(List.of());
    }

    /// The same study with the coverage of these classes, and shards of the size that suits its images then.
    public StudyManifest withMaskClasses(List<String> classes) {
        return withMaskClasses(
                classes, imagesPerShard(withMaskClasses(classes, 1).bytesPerImage()));
    }

    private StudyManifest withMaskClasses(List<String> classes, int newImagesPerShard) {
        return new StudyManifest(
                formatVersion,
                model,
                inputHeight,
                inputWidth,
                grid,
                layout,
                layers,
                dtype,
                attention,
                classes,
                newImagesPerShard,
                provenance);
    }

    /// The rule for [#imagesPerShard()]: the largest power of two of images that fit into 64 MiB, at least 1, at
    /// most 128.
    ///
    /// A shard is what an interrupted extraction may have to make again, so it is seconds of work; it is also a
    /// folder of files, so it is not a single small image.
    ///
    /// @param bytesPerImage see [#bytesPerImage()]
    public static int imagesPerShard(long bytesPerImage) {
        long fitting = Math.clamp(SHARD_BYTES / Math.max(1, bytesPerImage), 1, MOST_IMAGES_PER_SHARD);
        return (int) Long.highestOneBit(fitting);
    }

    /// The bytes that one image takes on disk: tokens of all stored layers, attention, coverage, and the view in
    /// colour.
    public long bytesPerImage() {
        long numbers = (long) layers.size() * tokens() * model.dimensions();
        numbers += switch (attention) {
            case NONE -> 0;
            case CLS -> ((long) model.layers() * model.heads() + 1) * tokens();
        };
        long coverage = (long) grid.patches() * maskClasses.size() * ElementType.F32.bytes();
        return numbers * dtype.bytes() + coverage + 3L * inputHeight * inputWidth;
    }

    /// T, the number of tokens of an image.
    public int tokens() {
        return layout.tokens(grid);
    }
}
