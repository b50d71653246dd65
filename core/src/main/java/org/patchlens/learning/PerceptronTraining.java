package org.patchlens.learning;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.Seed;

/// Trains a perceptron with one hidden layer of rectified units by minibatches and AdamW (Loshchilov and Hutter
/// 2019), with dropout of hidden units. Runs on one thread.
final class PerceptronTraining {
    private static final double FIRST_MOMENT = 0.9;
    private static final double SECOND_MOMENT = 0.999;
    private static final double EPSILON = 1e-8;

    private final FloatMatrix rows;
    private final FloatMatrix targets;
    private final PerceptronSettings settings;
    private final RandomGenerator random;
    /// The parameters one after the other: hidden weights, hidden intercepts, output weights, output intercepts.
    private final float[][] parameters;

    private final float[][] gradients;
    private final double[][] first;
    private final double[][] second;
    private long steps;

    /// @param rows `float[n][D]`, standardized
    /// @param targets `float[n][outputs]`, see [LogisticLoss]
    PerceptronTraining(FloatMatrix rows, FloatMatrix targets, PerceptronSettings settings, Seed seed) {
        this.rows = rows;
        this.targets = targets;
        this.settings = settings;
        this.random = seed.generator();
        int outputs = targets.columns();
        parameters = new float[][] {
            uniform(settings.hidden() * rows.columns(), rows.columns()),
            uniform(settings.hidden(), rows.columns()),
            uniform(outputs * settings.hidden(), settings.hidden()),
            uniform(outputs, settings.hidden()),
        };
        gradients = zerosLike();
        first = new double[4][];
        second = new double[4][];
        for (int i = 0; i < 4; i++) {
            first[i] = new double[parameters[i].length];
            second[i] = new double[parameters[i].length];
        }
    }

    private float[] uniform(int count, int inputs) {
        float bound = (float) (1 / Math.sqrt(inputs));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }

    private float[][] zerosLike() {
        return Arrays.stream(parameters).map(each -> new float[each.length]).toArray(float[][]::new);
    }

    /// The parameters themselves, for a test to set and look at.
    float[][] parameters() {
        return parameters;
    }

    /// The gradient of the last batch.
    float[][] gradients() {
        return gradients;
    }

    /// One pass over the rows, drawn into a new order.
    void epoch() {
        int[] order = new int[rows.rows()];
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        epoch(order);
    }

    /// One pass over the rows in this order.
    void epoch(int[] order) {
        for (int from = 0; from < order.length; from += settings.batch()) {
            int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + settings.batch()));
            backward(batch, settings.dropout() > 0);
            step();
        }
    }

    /// The mean loss of a batch; leaves the gradient of the mean.
    ///
    /// @param dropping whether hidden units are dropped
    double backward(int[] batch, boolean dropping) {
        int n = batch.length;
        int units = settings.hidden();
        int dimensions = rows.columns();
        int outputs = targets.columns();
        FloatMatrix input = TrainingSet.pick(rows, batch);
        float[] hidden = new float[n * units];
        multiply(Panel.of(input), Panel.of(parameters[0], units, dimensions).transpose(), Panel.of(hidden, n, units));
        float[] open = activate(hidden, dropping);
        float[] residuals = new float[n * outputs];
        Panel hiddenPanel = Panel.of(hidden, n, units);
        multiply(hiddenPanel, Panel.of(parameters[2], outputs, units).transpose(), Panel.of(residuals, n, outputs));
        double loss = residuals(residuals, batch);
        Panel residualPanel = Panel.of(residuals, n, outputs);
        multiply(residualPanel.transpose(), hiddenPanel, Panel.of(gradients[2], outputs, units));
        columnSums(residuals, gradients[3]);
        float[] back = new float[n * units];
        multiply(residualPanel, Panel.of(parameters[2], outputs, units), Panel.of(back, n, units));
        for (int i = 0; i < back.length; i++) {
            back[i] *= open[i];
        }
        multiply(Panel.of(back, n, units).transpose(), Panel.of(input), Panel.of(gradients[0], units, dimensions));
        columnSums(back, gradients[1]);
        return loss;
    }

    private static void multiply(Panel a, Panel b, Panel out) {
        MatrixProduct.multiply(a, b, out);
    }

    /// Rectifies hidden units and drops some; returns by what each passes a gradient on.
    private float[] activate(float[] hidden, boolean dropping) {
        float[] open = new float[hidden.length];
        float kept = (float) (1 / (1 - settings.dropout()));
        for (int i = 0; i < hidden.length; i++) {
            float value = hidden[i] + parameters[1][i % settings.hidden()];
            float factor = !dropping ? 1 : random.nextDouble() < settings.dropout() ? 0 : kept;
            open[i] = value > 0 ? factor : 0;
            hidden[i] = Math.max(0, value) * factor;
        }
        return open;
    }

    private static void columnSums(float[] values, float[] sums) {
        double[] wide = new double[sums.length];
        for (int i = 0; i < values.length; i++) {
            wide[i % sums.length] += values[i];
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] = (float) wide[k];
        }
    }

    /// Turns logits without intercepts into probability less target, divided by the size of the batch.
    private double residuals(float[] logits, int[] batch) {
        int outputs = targets.columns();
        FloatMatrix matrix = FloatMatrix.zeros(batch.length, outputs);
        for (int i = 0; i < logits.length; i++) {
            matrix.set(i / outputs, i % outputs, logits[i] + parameters[3][i % outputs]);
        }
        Predictor.Link link = outputs == 1 ? Predictor.Link.SIGMOID : Predictor.Link.SOFTMAX;
        FloatMatrix probabilities = link.of(matrix);
        double loss = 0;
        for (int row = 0; row < batch.length; row++) {
            for (int k = 0; k < outputs; k++) {
                float target = targets.get(batch[row], k);
                float probability = probabilities.get(row, outputs == 1 ? 1 : k);
                loss -= target * Math.log(Math.max(1e-12, probability));
                loss -= outputs == 1 ? (1 - target) * Math.log(Math.max(1e-12, probabilities.get(row, 0))) : 0;
                logits[row * outputs + k] = (probability - target) / batch.length;
            }
        }
        return loss / batch.length;
    }

    private void step() {
        steps++;
        double rate = settings.learningRate();
        double firstScale = 1 - Math.pow(FIRST_MOMENT, (double) steps);
        double secondScale = 1 - Math.pow(SECOND_MOMENT, (double) steps);
        for (int part = 0; part < parameters.length; part++) {
            float[] values = parameters[part];
            for (int i = 0; i < values.length; i++) {
                double slope = gradients[part][i];
                first[part][i] = FIRST_MOMENT * first[part][i] + (1 - FIRST_MOMENT) * slope;
                second[part][i] = SECOND_MOMENT * second[part][i] + (1 - SECOND_MOMENT) * slope * slope;
                double decayed = values[i] * (1 - rate * settings.weightDecay());
                double mean = first[part][i] / firstScale;
                double size = Math.sqrt(second[part][i] / secondScale) + EPSILON;
                values[i] = (float) (decayed - rate * mean / size);
            }
        }
    }

    /// A copy of the parameters.
    float[][] snapshot() {
        return Arrays.stream(parameters).map(float[]::clone).toArray(float[][]::new);
    }

    /// The model of some parameters.
    Predictor.Perceptron model(float[][] of, Standardization standardization) {
        int outputs = targets.columns();
        LinearModel hidden = new LinearModel(
                FloatMatrix.of(settings.hidden(), rows.columns(), of[0]), FloatMatrix.of(1, settings.hidden(), of[1]));
        LinearModel output =
                new LinearModel(FloatMatrix.of(outputs, settings.hidden(), of[2]), FloatMatrix.of(1, outputs, of[3]));
        Predictor.Link link = outputs == 1 ? Predictor.Link.SIGMOID : Predictor.Link.SOFTMAX;
        return new Predictor.Perceptron(standardization, hidden, output, link);
    }
}
