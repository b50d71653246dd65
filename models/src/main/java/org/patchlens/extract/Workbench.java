package org.patchlens.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Semaphore;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.image.PixelImage;
import org.patchlens.model.AttentionOutput;
import org.patchlens.model.VitOutput;
import org.patchlens.model.VitSession;
import org.patchlens.preprocess.Preprocessed;
import org.patchlens.preprocess.Preprocessing;
import org.patchlens.study.ExtractedImage;
import org.patchlens.study.FailedInput;
import org.patchlens.study.StudyInput;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;

/// One thread's place: its input and output memory, taken once, and the file that it has open.
final class Workbench implements AutoCloseable {
    private final BatchWork work;
    private final ImageLoader loader;
    private final VitSession session;
    private final Semaphore modelPermits;
    private final FloatMatrix pixels;
    private final VitOutput output;

    Workbench(BatchWork work, VitSession session, Semaphore modelPermits) {
        this.work = work;
        this.loader = new ImageLoader(work.loading());
        this.session = session;
        this.modelPermits = modelPermits;
        Preprocessing preprocessing = work.preprocessing();
        this.pixels = FloatMatrix.zeros(work.batchSize(), 3 * preprocessing.inputHeight() * preprocessing.inputWidth());
        this.output = session.allocate(work.batchSize());
    }

    /// What became of a batch.
    ///
    /// @param images whose tokens are views of the workbench's memory: gone when the next batch begins
    /// @param failures inputs that could not be read
    record Outcome(List<ExtractedImage> images, List<FailedInput> failures) {}

    private record Loaded(
            StudyInput input,
            String sha256,
            int width,
            int height,
            ViewImage view,
            Optional<FloatMatrix> coverage,
            SequencedMap<String, String> header) {}

    /// Reads, preprocesses and embeds the images of a batch.
    Outcome process(Batch batch) throws InterruptedException {
        List<Loaded> loaded = new ArrayList<>();
        List<FailedInput> failures = new ArrayList<>();
        for (StudyInput input : batch.inputs()) {
            try {
                loaded.add(load(input, pixels.row(loaded.size())));
            } catch (PatchlensException e) {
                switch (e.category()) {
                    case BAD_DATA -> failures.add(new FailedInput(input, reason(input, e)));
                    case USAGE, GATE_FAILED, PARTIAL, INTERRUPTED -> throw e;
                }
            }
        }
        return new Outcome(loaded.isEmpty() ? List.of() : embed(loaded), failures);
    }

    private List<ExtractedImage> embed(List<Loaded> loaded) throws InterruptedException {
        VitOutput results = output.first(loaded.size());
        modelPermits.acquire();
        try {
            session.run(pixels.rows(0, loaded.size()), results);
        } finally {
            modelPermits.release();
        }
        List<ExtractedImage> images = new ArrayList<>();
        for (int i = 0; i < loaded.size(); i++) {
            images.add(extracted(loaded.get(i), results, i));
        }
        return images;
    }

    private Loaded load(StudyInput input, FloatMatrix target) {
        LoadedImage read = loader.read(input);
        PixelImage image = read.pixels();
        Preprocessed preprocessed = work.preprocessing().apply(image, target);
        PixelImage view = preprocessed.view();
        return new Loaded(
                input,
                work.checksums().of(work.loading().image(input).source()),
                image.width(),
                image.height(),
                new ViewImage(view.width(), view.height(), view.channels(), view.bytes()),
                work.coverage().flatMap(rule -> read.mask().map(mask -> rule.of(mask, preprocessed.geometry()))),
                read.header());
    }

    private static ExtractedImage extracted(Loaded loaded, VitOutput output, int row) {
        List<FloatMatrix> tokens =
                output.layers().stream().map(layer -> output.tokens(layer, row)).toList();
        Optional<ClsAttention> attention = switch (output.attention()) {
            case AttentionOutput.Cls cls -> Optional.of(cls.of(row));
            case AttentionOutput.None() -> Optional.empty();
            case AttentionOutput.OfBlock block ->
                throw new IllegalStateException("an extraction never asks for block " + block.block());
        };
        return new ExtractedImage(
                loaded.input(),
                loaded.sha256(),
                loaded.width(),
                loaded.height(),
                loaded.view(),
                tokens,
                attention,
                loaded.coverage(),
                loaded.header());
    }

    /// The sentence as the study keeps it: without the file's path, which stands beside it.
    private String reason(StudyInput input, PatchlensException e) {
        PlannedImage image = work.loading().image(input);
        StoredNames names = work.loading().names();
        String reason =
                names.sentence(Reasons.withoutSubject(e), image.source().file().toString(), names.file(image.fileId()));
        return names.sentence(reason, e.subject(), "the file");
    }

    @Override
    public void close() {
        loader.close();
    }
}
