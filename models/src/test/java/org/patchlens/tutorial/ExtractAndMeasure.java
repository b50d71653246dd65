package org.patchlens.tutorial;

import java.nio.file.Path;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.norms.LayerNorms;
import org.patchlens.analysis.norms.Norms;
import org.patchlens.embedding.Layer;
import org.patchlens.extract.Extraction;
import org.patchlens.extract.ExtractionOptions;
import org.patchlens.extract.LayerSelection;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// The program of `docs/tutorial/from-java.md`.
final class ExtractAndMeasure {
    private ExtractAndMeasure() {}

    // tutorial: begin
    static void run(Path images, Path model, Path folder) {
        ExtractionOptions options = ExtractionOptions.of(images, model, folder).withLayers(new LayerSelection.All());
        Extraction.run(options, Progress.NONE);
        try (Study study = Study.open(folder)) {
            FloatMatrix patches = study.embeddings(0, Layer.LAST).patches();
            System.out.println("the first image has patches " + patches);
            Norms.Result norms = Norms.of(study, Norms.Options.defaults(), Progress.NONE);
            for (LayerNorms layer : norms.layers()) {
                System.out.println(
                        layer.layer() + ": median norm " + layer.patches().median());
            }
        }
    }
    // tutorial: end
}
