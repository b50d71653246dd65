package org.patchlens.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.patchlens.stats.GroupedFolds;
import org.patchlens.stats.Groups;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.OrderedTasks;
import org.patchlens.tensor.Seed;

/// Models trained while the patients of a fold are held out, and what they say of those.
///
/// A sample is an image; it has one row, or several whose logits are averaged. Folds are made of the samples'
/// groups.
///
/// @param targets of the samples
/// @param groups of the samples
/// @param splits one or more deals of the samples into folds
/// @param seed of training
public record CrossValidation(Targets targets, Groups groups, List<GroupedFolds> splits, Seed seed) {
    private static final double SMALLEST_PROBABILITY = 1e-6;

    public CrossValidation {
        splits = List.copyOf(splits);
    }

    /// Deals samples into folds several times.
    public static CrossValidation of(Targets targets, Groups groups, int folds, int repeats, Seed seed) {
        List<GroupedFolds> splits = IntStream.range(0, repeats)
                .mapToObj(repeat -> GroupedFolds.of(groups, targets.strataArray(), folds, seed.task(repeat)))
                .toList();
        return new CrossValidation(targets, groups, splits, seed);
    }

    /// The same folds for other targets of the same samples: sample i gets the target of sample `draw[i]`.
    public CrossValidation permuted(int[] draw) {
        return new CrossValidation(targets.select(draw), groups, splits, seed);
    }

    /// How many models are trained.
    public int fits() {
        return splits.stream().mapToInt(GroupedFolds::count).sum();
    }

    /// What one model says of the samples that it has not seen.
    ///
    /// @param repeat the number of the deal
    /// @param fold that was held out
    /// @param samples that were held out, ascending
    /// @param predictions `float[samples][K]`, see [Predictor]
    /// @param trainingRows how many rows were trained on
    /// @param fitted the model
    public record HeldOut(
            int repeat,
            int fold,
            List<Integer> samples,
            FloatMatrix predictions,
            int trainingRows,
            Learner.Fitted fitted) {
        public HeldOut {
            samples = List.copyOf(samples);
        }
    }

    /// Trains a model for every fold.
    ///
    /// @param rows `float[n][D]`
    /// @param sampleOf the sample of each row
    /// @param threads at least 1
    /// @param done told after each model how many there are; whatever it throws ends the work
    public List<HeldOut> run(FloatMatrix rows, int[] sampleOf, Learner learner, int threads, IntConsumer done) {
        List<int[]> folds = new ArrayList<>();
        for (int repeat = 0; repeat < splits.size(); repeat++) {
            for (int fold = 0; fold < splits.get(repeat).count(); fold++) {
                folds.add(new int[] {repeat, fold});
            }
        }
        List<HeldOut> heldOut = new ArrayList<>();
        OrderedTasks.run(
                threads,
                folds.size(),
                task -> heldOut(rows, sampleOf, learner, folds.get(task)[0], folds.get(task)[1]),
                (task, result) -> {
                    heldOut.add(result);
                    done.accept(task + 1);
                });
        return heldOut;
    }

    private HeldOut heldOut(FloatMatrix rows, int[] sampleOf, Learner learner, int repeat, int fold) {
        GroupedFolds split = splits.get(repeat);
        int[] training = IntStream.range(0, sampleOf.length)
                .filter(row -> split.of(sampleOf[row]) != fold)
                .toArray();
        int[] unseen = IntStream.range(0, sampleOf.length)
                .filter(row -> split.of(sampleOf[row]) == fold)
                .toArray();
        Learner.Fitted fitted = learner.fit(set(rows, sampleOf, training, seed.task(1000L * (repeat + 1) + fold)));
        FloatMatrix predictions = fitted.predictor().predict(TrainingSet.pick(rows, unseen));
        int[] samples = split.heldOut(fold);
        FloatMatrix perSample = perSample(predictions, unseen, sampleOf, samples);
        return new HeldOut(repeat, fold, IntStream.of(samples).boxed().toList(), perSample, training.length, fitted);
    }

    /// A model of all samples.
    public Learner.Fitted all(FloatMatrix rows, int[] sampleOf, Learner learner) {
        return learner.fit(
                set(rows, sampleOf, IntStream.range(0, sampleOf.length).toArray(), seed.task(0)));
    }

    private TrainingSet set(FloatMatrix rows, int[] sampleOf, int[] chosen, Seed ofFit) {
        int[] samples = IntStream.of(chosen).map(row -> sampleOf[row]).toArray();
        return new TrainingSet(TrainingSet.pick(rows, chosen), targets.select(samples), groups.select(samples), ofFit);
    }

    /// The mean of a sample's logits, as probabilities; of a single row, the row's.
    private FloatMatrix perSample(FloatMatrix predictions, int[] rows, int[] sampleOf, int[] samples) {
        if (rows.length == samples.length) {
            return predictions;
        }
        int[] placeOf = new int[IntStream.of(sampleOf).max().orElse(0) + 1];
        for (int i = 0; i < samples.length; i++) {
            placeOf[samples[i]] = i;
        }
        double[][] logits = new double[samples.length][predictions.columns()];
        int[] counts = new int[samples.length];
        for (int i = 0; i < rows.length; i++) {
            int place = placeOf[sampleOf[rows[i]]];
            counts[place]++;
            for (int k = 0; k < predictions.columns(); k++) {
                logits[place][k] += switch (targets.task()) {
                    case CLASSIFICATION -> Math.log(Math.max(SMALLEST_PROBABILITY, predictions.get(i, k)));
                    case REGRESSION -> predictions.get(i, k);
                };
            }
        }
        FloatMatrix means = FloatMatrix.zeros(samples.length, predictions.columns());
        for (int i = 0; i < samples.length; i++) {
            for (int k = 0; k < means.columns(); k++) {
                means.set(i, k, (float) (logits[i][k] / counts[i]));
            }
        }
        return switch (targets.task()) {
            case CLASSIFICATION -> Predictor.Link.SOFTMAX.of(means);
            case REGRESSION -> means;
        };
    }
}
