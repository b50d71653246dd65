package org.patchlens.analysis.projection.umap;

import org.patchlens.PatchlensException;

/// How UMAP is made; the defaults are those of umap-learn 0.5.
///
/// @param axes 2 or 3
/// @param neighbors of a point, itself counted; at least 2
/// @param minDistance how near to each other points come in the map, 0 to 1
/// @param epochs 0 for 500 up to 10,000 points and 200 beyond
/// @param seed of the points that push, and of the noise that sets apart points which start in the same place
public record UmapSettings(int axes, int neighbors, double minDistance, int epochs, long seed) {
    private static final int FEWEST_POINTS = 10;
    private static final int FEW_POINTS = 10_000;
    private static final int EPOCHS_OF_FEW = 500;
    private static final int EPOCHS_OF_MANY = 200;

    /// 15 neighbours at a distance of 0.1.
    public static UmapSettings defaults(int axes) {
        return new UmapSettings(axes, 15, 0.1, 0, 1);
    }

    public UmapSettings {
        if (axes < 2 || axes > 3 || neighbors < 2 || !(minDistance >= 0 && minDistance <= 1) || epochs < 0) {
            throw new IllegalArgumentException("UMAP on " + axes + " axes, " + neighbors + " neighbours, distance "
                    + minDistance + ", " + epochs + " epochs");
        }
    }

    /// With another number of neighbours.
    public UmapSettings withNeighbors(int other) {
        return new UmapSettings(axes, other, minDistance, epochs, seed);
    }

    /// With another smallest distance.
    public UmapSettings withMinDistance(double other) {
        return new UmapSettings(axes, neighbors, other, epochs, seed);
    }

    /// With another number of epochs.
    public UmapSettings withEpochs(int other) {
        return new UmapSettings(axes, neighbors, minDistance, other, seed);
    }

    /// Refuses numbers of points that give no map.
    ///
    /// @throws PatchlensException if there are fewer than 10, or no more than neighbours
    public void check(int points) {
        if (points < FEWEST_POINTS) {
            throw PatchlensException.usage(
                    "UMAP", "there are " + points + " points; a map needs at least " + FEWEST_POINTS, "");
        }
        if (neighbors > points) {
            throw PatchlensException.usage(
                    "n-neighbors " + neighbors,
                    "there are only " + points + " points, and a point counts as its own neighbour",
                    "Give at most " + points);
        }
    }

    /// How many epochs a map of so many points takes.
    public int epochsFor(int points) {
        return epochs > 0 ? epochs : points <= FEW_POINTS ? EPOCHS_OF_FEW : EPOCHS_OF_MANY;
    }
}
