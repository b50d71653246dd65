package org.patchlens.analysis.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.Provenance;
import org.patchlens.learning.Predictor;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// What a saved probe says of the images of a study of the same model.
///
/// @param probe the name under which it was saved
/// @param target what it predicts
/// @param classes in the order of the probabilities; empty for a number
/// @param images one by one
/// @param warnings whatever a reader must know
/// @param provenance of this study and this probe
public record ProbePrediction(
        String probe,
        String target,
        List<String> classes,
        List<ImagePrediction> images,
        List<String> warnings,
        Provenance provenance) {
    public ProbePrediction {
        classes = List.copyOf(classes);
        images = List.copyOf(images);
        warnings = List.copyOf(warnings);
    }

    /// One image.
    ///
    /// @param id of it
    /// @param predicted its most probable class; none for a number
    /// @param values the probabilities of the classes, or the number
    public record ImagePrediction(String id, Optional<String> predicted, List<Double> values) {
        public ImagePrediction {
            values = List.copyOf(values);
        }
    }

    /// The seed of the draw where an image has more patches than a probe takes of one.
    private static final long LOT = 1;

    /// Applies a probe.
    ///
    /// @throws PatchlensException if the study is of another model or does not hold the probe's layer
    public static ProbePrediction of(Study study, SavedProbe probe, Progress progress) {
        check(study, probe);
        ProbeWeights weights = probe.weights();
        ProbeOptions.Rows options = ProbeOptions.Rows.of(weights);
        Predictor predictor = weights.predictor();
        List<ImagePrediction> images = new ArrayList<>();
        int leftOut = 0;
        try (TaskPool alone = new TaskPool(1)) {
            for (StudyImage image : study.images()) {
                progress.report("predict", image.index(), study.images().size());
                if (ProbeRows.candidates(study, options, image.index()).length == 0) {
                    leftOut++;
                    continue;
                }
                ProbeRows rows = ProbeRows.of(study, options, new int[] {image.index()}, LOT);
                FloatMatrix values =
                        predictor.predict(rows.at(weights.layer(), alone).rows());
                images.add(prediction(image.id(), weights, values));
            }
        }
        progress.report("predict", study.images().size(), study.images().size());
        List<String> warnings = new ArrayList<>();
        if (leftOut > 0) {
            warnings.add(leftOut + " images have no patch of the region and are left out.");
        }
        String preprocessing = study.manifest().provenance().preprocessing();
        if (!preprocessing.equals(probe.preprocessing())) {
            warnings.add("The images of the study were prepared in another way than those that the probe was trained"
                    + " on: " + preprocessing + " instead of " + probe.preprocessing() + ".");
        }
        return new ProbePrediction(
                probe.name(),
                probe.target(),
                weights.classes(),
                images,
                warnings,
                Provenance.ofThisProgram(probe.modelSha256(), preprocessing, "{}", 0));
    }

    private static void check(Study study, SavedProbe probe) {
        ModelDescription model = study.manifest().model();
        if (!model.sha256().equals(probe.modelSha256())) {
            throw PatchlensException.usage(
                    "--probe " + probe.name(),
                    "was trained on " + probe.model() + " with the checksum " + shortened(probe.modelSha256())
                            + "; the study is of " + model.name() + " with " + shortened(model.sha256()),
                    "Extract the images with the same model");
        }
        if (!study.manifest().layers().contains(probe.weights().layer())) {
            throw PatchlensException.usage(
                    "--probe " + probe.name(),
                    "takes layer " + probe.weights().layer() + "; the study holds "
                            + study.manifest().layers(),
                    "Extract that layer");
        }
        if (probe.weights().dimensions() != model.dimensions()) {
            throw PatchlensException.badData(
                    "result " + probe.name(),
                    "takes embeddings of " + probe.weights().dimensions() + " numbers; the model has "
                            + model.dimensions(),
                    "Train it again");
        }
    }

    private static String shortened(String sha256) {
        return sha256.length() > 12 ? sha256.substring(0, 12) + "…" : sha256;
    }

    /// The mean logit of the rows of an image.
    private static ImagePrediction prediction(String id, ProbeWeights weights, FloatMatrix values) {
        boolean number = weights.classes().isEmpty();
        double[] sums = new double[values.columns()];
        for (int row = 0; row < values.rows(); row++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += number ? values.get(row, k) : Math.log(Math.max(1e-6, values.get(row, k)));
            }
        }
        List<Double> shares = new ArrayList<>();
        double all = 0;
        int best = 0;
        for (int k = 0; k < sums.length; k++) {
            double mean = sums[k] / values.rows();
            shares.add(number ? mean : Math.exp(mean));
            all += shares.get(k);
            best = shares.get(k) > shares.get(best) ? k : best;
        }
        double total = number ? 1 : all;
        shares.replaceAll(share -> share / total);
        return new ImagePrediction(
                id, number ? Optional.empty() : Optional.of(weights.classes().get(best)), shares);
    }

    /// The predictions as a table.
    public Figure.Table table() {
        List<String> columns = new ArrayList<>(List.of("image"));
        if (classes.isEmpty()) {
            columns.add(target);
        } else {
            columns.add("predicted " + target);
            columns.addAll(classes);
        }
        List<List<String>> rows = new ArrayList<>();
        for (ImagePrediction image : images) {
            List<String> row = new ArrayList<>(List.of(image.id()));
            image.predicted().ifPresent(row::add);
            image.values().forEach(value -> row.add(ProbeTables.number(value)));
            rows.add(row);
        }
        String caption = "By the probe " + probe + "; what it was worth stands in its own result."
                + String.join(
                        "", warnings.stream().map(warning -> " " + warning).toList());
        return new Figure.Table("Predicted " + target, caption, columns, rows);
    }
}
