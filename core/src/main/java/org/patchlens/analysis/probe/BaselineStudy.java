package org.patchlens.analysis.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;

/// A study of the same images by an encoder of the same architecture with random weights.
///
/// It is a folder beside the study's own, given by its name alone: options stand in every result and may come from
/// the network, and neither should carry paths.
final class BaselineStudy {
    private BaselineStudy() {}

    /// Opens the study.
    ///
    /// @throws PatchlensException if it is not of the same images, or not of another model of the same shape
    static Study open(Study study, String name) {
        Path own = study.folder().toAbsolutePath().normalize();
        boolean plain = !name.isBlank() && Path.of(name).getNameCount() == 1 && !name.matches("[.]+|.*[/\\\\].*");
        if (!plain) {
            throw PatchlensException.usage(
                    "--baseline-study " + name,
                    "the name of a folder beside the study is expected, without a path",
                    "");
        }
        Study baseline = Study.open(own.resolveSibling(name));
        Optional<String> problem = problem(study, baseline);
        if (problem.isPresent()) {
            baseline.close();
            throw PatchlensException.usage(
                    "--baseline-study " + name,
                    problem.get(),
                    "Make it with patchlens extract --random-weights SEED from the same images");
        }
        return baseline;
    }

    private static Optional<String> problem(Study study, Study baseline) {
        ModelDescription model = study.manifest().model();
        ModelDescription other = baseline.manifest().model();
        if (model.sha256().equals(other.sha256())) {
            return Optional.of("has the same weights as the study");
        }
        if (model.layers() != other.layers()
                || model.dimensions() != other.dimensions()
                || !study.manifest().grid().equals(baseline.manifest().grid())) {
            return Optional.of("is of another architecture or size of input");
        }
        return files(study).equals(files(baseline)) ? Optional.empty() : Optional.of("has other images");
    }

    private static List<String> files(Study study) {
        return study.images().stream().map(StudyImage::sha256).toList();
    }

    static void requireLayer(Study baseline, Layer layer) {
        if (!baseline.manifest().layers().contains(layer)) {
            throw PatchlensException.usage(
                    "--baseline-study", "does not hold layer " + layer, "Extract the same layers into it");
        }
    }
}
