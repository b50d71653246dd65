package org.patchlens.analysis.probe;

import java.util.List;
import java.util.Optional;
import org.patchlens.embedding.Layer;
import org.patchlens.learning.Learner;
import org.patchlens.learning.LinearModel;
import org.patchlens.learning.Predictor;
import org.patchlens.learning.Standardization;
import org.patchlens.tensor.FloatMatrix;

/// A probe trained on all images, as numbers that a file holds and another study can be given to.
///
/// Rows are standardized (less `mean`, divided by `scale`), multiplied by `weights`, added to `intercepts`, and,
/// of a perceptron, rectified and taken through the output layer; `form` says what becomes of the outputs.
///
/// @param layer of the embeddings
/// @param unit what one row is
/// @param pool how an image becomes one row
/// @param region the mask class whose patches count
/// @param coverage of a patch of the region
/// @param classes in the order of the outputs; empty for a regression
/// @param form what the outputs are
/// @param mean `float[1][D]`; no columns where rows are not standardized
/// @param scale as `mean`
/// @param weights `float[outputs or hidden units][D]`; the known rows of nearest neighbours; the class means
/// @param intercepts `float[1][outputs or hidden units]`; the votes of nearest neighbours
/// @param outputWeights `float[outputs][hidden units]`; no rows without a hidden layer
/// @param outputIntercepts `float[1][outputs]`; no columns without a hidden layer
public record ProbeWeights(
        Layer layer,
        ProbeOptions.Unit unit,
        ProbeOptions.Pool pool,
        Optional<String> region,
        double coverage,
        List<String> classes,
        Form form,
        FloatMatrix mean,
        FloatMatrix scale,
        FloatMatrix weights,
        FloatMatrix intercepts,
        FloatMatrix outputWeights,
        FloatMatrix outputIntercepts) {
    private static final FloatMatrix NONE = FloatMatrix.zeros(0, 0);

    /// What the outputs are.
    public enum Form {
        /// A logit of the second of two classes.
        LOGIT,
        /// A logit of each class.
        LOGITS,
        /// A share of each class, cut at 0 and 1.
        SHARES,
        /// The number that is predicted.
        NUMBER,
        /// Votes of the nearest known rows.
        NEIGHBORS,
        /// Distances from the class means.
        CLASS_MEANS
    }

    public ProbeWeights {
        classes = List.copyOf(classes);
    }

    static ProbeWeights of(ProbeOptions options, Layer layer, List<String> classes, Learner.Fitted fitted) {
        return switch (fitted.predictor()) {
            case Predictor.Linear linear ->
                new ProbeWeights(
                        layer,
                        options.rows().unit(),
                        options.rows().pool(),
                        options.rows().region(),
                        options.rows().coverage(),
                        classes,
                        form(linear.link()),
                        linear.standardization().mean(),
                        linear.standardization().scale(),
                        linear.model().weights(),
                        linear.model().intercepts(),
                        NONE,
                        NONE);
            case Predictor.Perceptron perceptron ->
                new ProbeWeights(
                        layer,
                        options.rows().unit(),
                        options.rows().pool(),
                        options.rows().region(),
                        options.rows().coverage(),
                        classes,
                        form(perceptron.link()),
                        perceptron.standardization().mean(),
                        perceptron.standardization().scale(),
                        perceptron.hidden().weights(),
                        perceptron.hidden().intercepts(),
                        perceptron.output().weights(),
                        perceptron.output().intercepts());
            case Predictor.Neighbors neighbors ->
                new ProbeWeights(
                        layer,
                        options.rows().unit(),
                        options.rows().pool(),
                        options.rows().region(),
                        options.rows().coverage(),
                        classes,
                        Form.NEIGHBORS,
                        FloatMatrix.of(1, 1, neighbors.neighbors()),
                        NONE,
                        neighbors.known(),
                        neighbors.votes(),
                        NONE,
                        NONE);
            case Predictor.ClassMeans means ->
                new ProbeWeights(
                        layer,
                        options.rows().unit(),
                        options.rows().pool(),
                        options.rows().region(),
                        options.rows().coverage(),
                        classes,
                        Form.CLASS_MEANS,
                        means.standardization().mean(),
                        means.standardization().scale(),
                        means.means(),
                        NONE,
                        NONE,
                        NONE);
        };
    }

    private static Form form(Predictor.Link link) {
        return switch (link) {
            case SIGMOID -> Form.LOGIT;
            case SOFTMAX -> Form.LOGITS;
            case CLIPPED -> Form.SHARES;
            case IDENTITY -> Form.NUMBER;
        };
    }

    /// The model that these numbers are.
    public Predictor predictor() {
        Standardization standardization = new Standardization(mean, scale);
        return switch (form) {
            case NEIGHBORS -> new Predictor.Neighbors(weights, intercepts, (int) mean.get(0, 0));
            case CLASS_MEANS -> new Predictor.ClassMeans(standardization, weights);
            case LOGIT, LOGITS, SHARES, NUMBER -> {
                LinearModel first = new LinearModel(weights, intercepts);
                yield outputWeights.rows() == 0
                        ? new Predictor.Linear(standardization, first, link())
                        : new Predictor.Perceptron(
                                standardization, first, new LinearModel(outputWeights, outputIntercepts), link());
            }
        };
    }

    private Predictor.Link link() {
        return switch (form) {
            case LOGIT -> Predictor.Link.SIGMOID;
            case LOGITS -> Predictor.Link.SOFTMAX;
            case SHARES -> Predictor.Link.CLIPPED;
            case NUMBER, NEIGHBORS, CLASS_MEANS -> Predictor.Link.IDENTITY;
        };
    }

    /// D, the length of the rows that it takes.
    public int dimensions() {
        return weights.columns();
    }
}
