package org.patchlens.learning;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Logistic regression with a squared penalty, for one set of rows and any number of strengths.
///
/// Minimizes the cross-entropy summed over rows plus ‖W‖² / (2 C); intercepts are free. Two classes have one
/// output and a sigmoid, more have an output each and a softmax: the objective of scikit-learn's
/// `LogisticRegression`. L-BFGS (Nocedal 1980) with a memory of 12 and the [Preconditioner] as its first inverse
/// Hessian.
///
/// It ends when half of gᵀHg, with the gradient g and the approximate inverse Hessian H, is below the tolerance
/// times the loss: an estimate of how far the loss is above its minimum.
public final class LogisticRegression {
    /// The estimated relative distance of the loss from its minimum at which iterations end.
    public static final double TOLERANCE = 1e-9;

    private static final int MEMORY = 12;
    private static final int MOST_ITERATIONS = 1000;
    private static final int MOST_HALVINGS = 30;

    /// Sums of single-precision products do not tell losses apart that differ by less than this share.
    private static final double SMALLEST_GAIN = 1e-8;

    private final LogisticLoss loss;
    private final Preconditioner preconditioner;
    private final double tolerance;
    private double[][] weights;

    /// A fit on its way: the strengths of one call after the other start from the last one's weights.
    ///
    /// @param rows `float[n][D]`, standardized
    /// @param targets `float[n][outputs]`, see [LogisticLoss]
    /// @param pool stays open, and belongs to the caller
    public LogisticRegression(FloatMatrix rows, FloatMatrix targets, TaskPool pool) {
        this(rows, targets, pool, TOLERANCE);
    }

    /// As above, with a tolerance of its own.
    public LogisticRegression(FloatMatrix rows, FloatMatrix targets, TaskPool pool, double tolerance) {
        this.loss = new LogisticLoss(rows, targets, pool);
        this.preconditioner = Preconditioner.of(rows);
        this.tolerance = tolerance;
        this.weights = start(targets, rows.columns());
    }

    /// Targets for rows of known classes: one column for two classes, else one per class.
    ///
    /// @param classOf 0 to `classes - 1`
    public static FloatMatrix targets(int[] classOf, int classes) {
        FloatMatrix targets = FloatMatrix.zeros(classOf.length, classes == 2 ? 1 : classes);
        for (int row = 0; row < classOf.length; row++) {
            if (classes == 2) {
                targets.set(row, 0, classOf[row]);
            } else {
                targets.set(row, classOf[row], 1);
            }
        }
        return targets;
    }

    /// Weights of zero and intercepts that give the mean of the targets.
    private static double[][] start(FloatMatrix targets, int dimensions) {
        int outputs = targets.columns();
        double[][] start = new double[outputs][dimensions + 1];
        double mean = 0;
        for (int k = 0; k < outputs; k++) {
            double sum = 0.5;
            for (int row = 0; row < targets.rows(); row++) {
                sum += targets.get(row, k);
            }
            double share = sum / (targets.rows() + 1.0);
            start[k][dimensions] = outputs == 1 ? Math.log(share / (1 - share)) : Math.log(share);
            mean += start[k][dimensions] / outputs;
        }
        // one number added to all intercepts changes nothing: their sum is kept at 0
        for (int k = 0; k < outputs && outputs > 1; k++) {
            start[k][dimensions] -= mean;
        }
        return start;
    }

    /// What a fit came to.
    ///
    /// @param model the weights
    /// @param objective the sum of cross-entropies plus the penalty
    /// @param iterations how many were needed
    /// @param converged whether the tolerance was reached
    public record Fit(LinearModel model, double objective, int iterations, boolean converged) {}

    /// A step of the memory.
    @SuppressWarnings("ArrayRecordComponent") // indices and numbers that are never compared
    private record Step(double[][] moved, double[][] turned, double curvature) {}

    /// Fits at one strength.
    ///
    /// @param strength C, above 0; larger for a weaker penalty
    public Fit fit(double strength) {
        double penalty = 1 / strength;
        double[][] gradient = new double[weights.length][weights[0].length];
        double value = objective(weights, gradient, penalty);
        ArrayDeque<Step> memory = new ArrayDeque<>();
        boolean converged = false;
        int iteration = 0;
        while (iteration < MOST_ITERATIONS) {
            double[][] direction = direction(gradient, memory, penalty);
            double slope = inner(gradient, direction);
            converged = 0.5 * slope <= tolerance * Math.max(value, Double.MIN_NORMAL);
            if (converged) {
                break;
            }
            double[][] turned = new double[weights.length][weights[0].length];
            Move move = search(direction, slope, value, penalty, turned);
            if (move.length == 0) {
                // single precision cannot tell the losses apart any more
                converged = 0.5 * slope <= 1e-6 * value;
                if (converged || memory.isEmpty()) {
                    break;
                }
                memory.clear();
                continue;
            }
            iteration++;
            remember(memory, direction, move.length, gradient, turned);
            gradient = turned;
            value = move.value;
        }
        return new Fit(model(), value, iteration, converged);
    }

    private void remember(
            ArrayDeque<Step> memory, double[][] direction, double length, double[][] before, double[][] after) {
        double[][] moved = scaled(direction, -length);
        double[][] turned = copy(after);
        add(turned, before, -1);
        double curvature = inner(moved, turned);
        if (curvature > 0) {
            memory.addLast(new Step(moved, turned, curvature));
            if (memory.size() > MEMORY) {
                memory.removeFirst();
            }
        }
    }

    /// @param length of the step; 0 if no step makes the objective smaller
    private record Move(double length, double value) {}

    /// Halves the step until it gains a ten-thousandth of what the slope promises (Armijo); moves the weights.
    private Move search(double[][] direction, double slope, double value, double penalty, double[][] gradient) {
        double length = 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++) {
            double[][] candidate = copy(weights);
            add(candidate, direction, -length);
            double reached = objective(candidate, gradient, penalty);
            if (reached <= value - 1e-4 * length * slope) {
                weights = candidate;
                return new Move(length, reached);
            }
            length /= 2;
            if (length * slope < SMALLEST_GAIN * value) {
                break;
            }
        }
        return new Move(0, value);
    }

    private double objective(double[][] at, double[][] gradient, double penalty) {
        double value = loss.at(at, gradient);
        int dimensions = at[0].length - 1;
        for (int k = 0; k < at.length; k++) {
            double squares = 0;
            for (int i = 0; i < dimensions; i++) {
                squares += at[k][i] * at[k][i];
                gradient[k][i] += penalty * at[k][i];
            }
            value += 0.5 * penalty * squares;
        }
        return value;
    }

    /// The approximate inverse Hessian times the gradient, by the two loops of L-BFGS.
    private double[][] direction(double[][] gradient, ArrayDeque<Step> memory, double penalty) {
        double[][] direction = copy(gradient);
        double[] factors = new double[memory.size()];
        Iterator<Step> backwards = memory.descendingIterator();
        for (int i = factors.length - 1; i >= 0; i--) {
            Step step = backwards.next();
            factors[i] = inner(step.moved, direction) / step.curvature;
            add(direction, step.turned, -factors[i]);
        }
        precondition(direction, penalty);
        if (!memory.isEmpty()) {
            Step last = memory.getLast();
            double[][] turned = copy(last.turned);
            precondition(turned, penalty);
            double factor = last.curvature / inner(last.turned, turned);
            direction = scaled(direction, factor);
        }
        int i = 0;
        for (Step step : memory) {
            add(direction, step.moved, factors[i] - inner(step.turned, direction) / step.curvature);
            i++;
        }
        return direction;
    }

    private void precondition(double[][] vectors, double penalty) {
        int classes = vectors.length == 1 ? 2 : vectors.length;
        double curvature = (1.0 / classes) * (1 - 1.0 / classes);
        int dimensions = vectors[0].length - 1;
        double[][] inner = new double[vectors.length][];
        for (int k = 0; k < vectors.length; k++) {
            inner[k] = Arrays.copyOf(vectors[k], dimensions);
        }
        preconditioner.apply(inner, curvature, penalty);
        for (int k = 0; k < vectors.length; k++) {
            System.arraycopy(inner[k], 0, vectors[k], 0, dimensions);
            vectors[k][dimensions] /= curvature * loss.rows().rows();
        }
    }

    private LinearModel model() {
        int dimensions = weights[0].length - 1;
        FloatMatrix narrow = FloatMatrix.zeros(weights.length, dimensions);
        FloatMatrix intercepts = FloatMatrix.zeros(1, weights.length);
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < dimensions; i++) {
                narrow.set(k, i, (float) weights[k][i]);
            }
            intercepts.set(0, k, (float) weights[k][dimensions]);
        }
        return new LinearModel(narrow, intercepts);
    }

    private static double inner(double[][] a, double[][] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += Preconditioner.dot(a[k], b[k]);
        }
        return sum;
    }

    private static void add(double[][] to, double[][] values, double factor) {
        for (int k = 0; k < to.length; k++) {
            Preconditioner.addScaled(to[k], values[k], factor);
        }
    }

    private static double[][] scaled(double[][] values, double factor) {
        double[][] scaled = new double[values.length][values[0].length];
        add(scaled, values, factor);
        return scaled;
    }

    private static double[][] copy(double[][] values) {
        double[][] copy = new double[values.length][];
        for (int k = 0; k < values.length; k++) {
            copy[k] = values[k].clone();
        }
        return copy;
    }
}
