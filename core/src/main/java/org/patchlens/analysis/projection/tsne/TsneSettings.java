package org.patchlens.analysis.projection.tsne;

import org.patchlens.PatchlensException;

/// How t-SNE descends; the defaults are those of openTSNE 1.0.
///
/// @param axes 2 or 3
/// @param perplexity how many neighbours a point has, softly; at least 1
/// @param earlyExaggeration of the attraction in the first iterations
/// @param earlyIterations with exaggeration
/// @param iterations after them, at most
/// @param seed of the noise that sets apart points which start in the same place
public record TsneSettings(
        int axes, double perplexity, double earlyExaggeration, int earlyIterations, int iterations, long seed) {
    private static final int FEWEST_POINTS = 10;

    /// 2 or 3 axes, perplexity 30, exaggeration 12 for 250 iterations, 500 more.
    public static TsneSettings defaults(int axes) {
        return new TsneSettings(axes, 30, 12, 250, 500, 1);
    }

    public TsneSettings {
        if (axes < 2 || axes > 3 || perplexity < 1 || earlyExaggeration < 1 || earlyIterations < 0 || iterations < 0) {
            throw new IllegalArgumentException("t-SNE on " + axes + " axes, perplexity " + perplexity
                    + ", exaggeration " + earlyExaggeration + ", " + earlyIterations + " and " + iterations
                    + " iterations");
        }
    }

    /// With another perplexity.
    public TsneSettings withPerplexity(double other) {
        return new TsneSettings(axes, other, earlyExaggeration, earlyIterations, iterations, seed);
    }

    /// With other numbers of iterations.
    public TsneSettings withIterations(int early, int late) {
        return new TsneSettings(axes, perplexity, earlyExaggeration, early, late, seed);
    }

    /// Refuses numbers of points that give no map.
    ///
    /// @throws PatchlensException if there are fewer than 10, or too few for the perplexity
    public void check(int points) {
        if (points < FEWEST_POINTS) {
            throw PatchlensException.usage(
                    "t-SNE", "there are " + points + " points; a map needs at least " + FEWEST_POINTS, "");
        }
        double largest = (points - 1) / 3.0;
        if (perplexity > largest) {
            throw PatchlensException.usage(
                    "perplexity " + perplexity,
                    "each of " + points + " points has " + (points - 1)
                            + " others, and the perplexity may be a third of that",
                    "Give a perplexity of at most " + (int) largest);
        }
    }

    /// The neighbours that the graph must have for this perplexity: three times as many.
    public int neighbors() {
        return (int) (3 * perplexity);
    }
}
