package org.patchlens.analysis.projection;

import org.patchlens.embedding.Layer;

/// How figures call layers.
final class LayerNames {
    private LayerNames() {}

    static String of(Layer layer) {
        return layer.isLast() ? "last layer" : "layer " + layer;
    }
}
