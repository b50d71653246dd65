package org.patchlens.stats;

/// How far a predicted region and the true one cover each other, from the sizes of both and of what they share.
///
/// Sizes may be fractions (soft masks) and are at least 0.
///
/// @param shared the size of the intersection
/// @param predicted the size of the predicted region
/// @param truth the size of the true region
public record Overlap(double shared, double predicted, double truth) {
    /// Nothing yet.
    public static final Overlap NONE = new Overlap(0, 0, 0);

    /// Both together.
    public Overlap plus(Overlap other) {
        return new Overlap(shared + other.shared, predicted + other.predicted, truth + other.truth);
    }

    /// Twice the intersection over the sum of both, 0 to 1 (Dice 1945); NaN if both are empty.
    public double dice() {
        return predicted + truth > 0 ? 2 * shared / (predicted + truth) : Double.NaN;
    }

    /// The intersection over the union, 0 to 1 (Jaccard 1912); NaN if both are empty.
    public double intersectionOverUnion() {
        double union = predicted + truth - shared;
        return union > 0 ? shared / union : Double.NaN;
    }
}
