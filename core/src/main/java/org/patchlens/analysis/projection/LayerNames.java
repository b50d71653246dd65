package org.patchlens.analysis.projection;

import org.patchlens.embedding.Layer;

/// How figures call layers.
final class LayerNames {
    private LayerNames() {}

    /// In a list or heading.
    static String of(Layer layer) {
        return layer.isLast() ? "last layer" : "layer " + layer;
    }

    /// In a sentence.
    static String inSentence(Layer layer) {
        return layer.isLast() ? "the last layer" : "layer " + layer;
    }
}
