package org.patchlens.server.study;

import org.patchlens.analysis.projection.pca.ComponentColors;
import org.patchlens.patch.LayerPatches;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;
import org.patchlens.tensor.StreamingCovariance;
import org.patchlens.tensor.TaskPool;

/// The patches of a layer in the colours of their first three principal components, on one scale for the study.
/// Patches whose norm makes them outliers have no part in it, and no colour. Safe for several threads.
public final class ComponentMaps {
    /// Images that the components are made of: more change a colour by less than one of its 256 steps.
    private static final int MOST_MEASURED = 500;

    private static final int COMPONENTS = 3;
    private static final TaskPool CALLER = new TaskPool(1);

    private final LayerPatches patches;
    private final PrincipalComponents components;
    private final ComponentColors colors;

    private ComponentMaps(LayerPatches patches, PrincipalComponents components, ComponentColors colors) {
        this.patches = patches;
        this.components = components;
        this.colors = colors;
    }

    static ComponentMaps of(LayerPatches patches, TaskPool pool) {
        StreamingCovariance covariance = new StreamingCovariance(patches.dimensions(), pool);
        int step = Math.ceilDiv(patches.images(), MOST_MEASURED);
        int rows = 0;
        for (int image = 0; image < patches.images(); image += step) {
            FloatMatrix ordinary = ordinary(patches, image);
            covariance.add(ordinary);
            rows += ordinary.rows();
        }
        PrincipalComponents components = PrincipalComponents.of(covariance, COMPONENTS);
        FloatMatrix scores = FloatMatrix.zeros(rows, components.components().rows());
        int at = 0;
        for (int image = 0; image < patches.images(); image += step) {
            FloatMatrix some = components.scores(ordinary(patches, image), pool);
            scores.rows(at, at + some.rows()).copyFrom(some);
            at += some.rows();
        }
        return new ComponentMaps(patches, components, ComponentColors.of(scores));
    }

    /// The patches of an image that are no outliers.
    private static FloatMatrix ordinary(LayerPatches patches, int image) {
        FloatMatrix all = patches.rows(image).widened();
        FloatMatrix kept = FloatMatrix.zeros(all.rows(), all.columns());
        int count = 0;
        for (int patch = 0; patch < all.rows(); patch++) {
            if (!patches.isOutlier(image, patch)) {
                kept.row(count++).copyFrom(all.row(patch));
            }
        }
        return kept.rows(0, count);
    }

    /// Red, green and blue of each patch of an image, `byte[P][3]`; black for outliers.
    public byte[] of(int image) {
        FloatMatrix all = patches.rows(image).widened();
        boolean[] painted = new boolean[all.rows()];
        for (int patch = 0; patch < painted.length; patch++) {
            painted[patch] = !patches.isOutlier(image, patch);
        }
        FloatMatrix shares = colors.paint(components.scores(all, CALLER), painted);
        byte[] bytes = new byte[painted.length * COMPONENTS];
        for (int patch = 0; patch < painted.length; patch++) {
            for (int part = 0; part < COMPONENTS && painted[patch]; part++) {
                bytes[patch * COMPONENTS + part] = (byte) Math.round(255 * shares.get(patch, part));
            }
        }
        return bytes;
    }
}
