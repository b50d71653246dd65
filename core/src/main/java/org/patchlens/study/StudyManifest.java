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
/// @param imagesPerShard how many consecutive inputs share a shard
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
        int imagesPerShard,
        Provenance provenance) {

    /// The version of the format that this program writes.
    public static final int FORMAT_VERSION = 1;

    public StudyManifest {
        layers = layers.stream().sorted().distinct().toList();
    }

    /// T, the number of tokens of an image.
    public int tokens() {
        return layout.tokens(grid);
    }
}
