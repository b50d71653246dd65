/// The nouns: grid, tokens, layers, patch embeddings, attention and where a number came from.
///
/// Notation used in all documentation: N images, T tokens, P patches, H x W grid, D dimensions, L layers, A heads.
@NullMarked
package org.patchlens.embedding;

import org.jspecify.annotations.NullMarked;
