package org.patchlens.learning;

/// How a perceptron is trained.
///
/// @param hidden units of the hidden layer, at least 1
/// @param dropout the share of hidden units that is dropped while training, 0 to below 1
/// @param learningRate of AdamW, above 0
/// @param weightDecay of AdamW, at least 0
/// @param batch rows per step, at least 1
/// @param epochs at most
/// @param patience epochs without a smaller validation loss after which training ends
public record PerceptronSettings(
        int hidden, double dropout, double learningRate, double weightDecay, int batch, int epochs, int patience) {
    /// A layer of some size with the other settings as usual for embeddings: dropout 0.1, learning rate 1e-3,
    /// weight decay 0.01, batches of 128, 200 epochs, patience 20.
    public static PerceptronSettings of(int hidden) {
        return new PerceptronSettings(hidden, 0.1, 1e-3, 0.01, 128, 200, 20);
    }
}
