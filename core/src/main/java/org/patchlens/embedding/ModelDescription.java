package org.patchlens.embedding;

/// What must be known of a model to read its embeddings, and to recognise it again.
///
/// @param name what the user called it: a folder's or file's name, or owner/name
/// @param family the architecture as its configuration names it, such as `vit`
/// @param sha256 of the file that holds the weights, 64 lower-case hexadecimal digits
/// @param layers L, the number of blocks
/// @param heads A, the number of attention heads of each block
/// @param dimensions D, the length of an embedding
/// @param patchSize the side of a patch in pixels of the preprocessed image
/// @param trainedSize the side in pixels of the square images that it was trained on
/// @param parameters the number of weights that the encoder uses
/// @param dtype the type of the weights in the file, such as `F32`
public record ModelDescription(
        String name,
        String family,
        String sha256,
        int layers,
        int heads,
        int dimensions,
        int patchSize,
        int trainedSize,
        long parameters,
        String dtype) {}
