package org.patchlens.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.preprocess.Preprocessing;
import org.patchlens.preprocess.Size;
import org.patchlens.study.FailedInput;
import org.patchlens.study.FailurePolicy;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.StudySummary;
import org.patchlens.study.StudyWriter;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataJoin;
import org.patchlens.study.metadata.MetadataTable;

/// From a folder of images and a model to a study on disk.
public final class Extraction {
    /// Images per run of the model where nobody says otherwise.
    static final int DEFAULT_BATCH = 1;

    private final ExtractionOptions options;
    private final Progress progress;

    private Extraction(ExtractionOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /// Extracts, or goes on with an extraction that was interrupted.
    ///
    /// The study is the same, byte for byte, whatever the number of threads and however often the work was
    /// interrupted.
    ///
    /// @param progress is told of each image; throws to stop, and what is committed then is kept
    /// @return what was done; images that could not be read are listed in it, whether or not they are to be
    ///     skipped
    /// @throws PatchlensException if there is nothing to extract, the model or metadata cannot be read, or the
    ///     folder holds another study
    public static ExtractionReport run(ExtractionOptions options, Progress progress) {
        return new Extraction(options, progress).run();
    }

    private ExtractionReport run() {
        ExtractionOptions.Sources sources = options.sources();
        Optional<MetadataTable> table = sources.metadata().map(file -> MetadataTable.read(file, sources.metadataKey()));
        ImageFinder.Found found = ImageFinder.find(sources.images());
        try (ImageEncoder model = ImageEncoder.load(options.model())) {
            ModelPreprocessing named = ModelPreprocessing.of(options.model(), model);
            Preprocessing preprocessing = sized(named.preprocessing());
            PatchGrid grid = model.grid(preprocessing.inputHeight(), preprocessing.inputWidth());
            IntakePlan plan = IntakePlan.of(found.files(), options, table, progress);
            if (!sources.skipErrors()) {
                plan.refuseUnfitWindow();
            }
            StudyManifest manifest = manifest(model, preprocessing, grid, plan);
            FailurePolicy policy = sources.skipErrors() ? FailurePolicy.ACCEPT : FailurePolicy.RETRY;
            try (StudyWriter writer = StudyWriter.open(options.study(), manifest, plan.inputs(), policy)) {
                Extracted extracted = extract(writer, model, preprocessing, plan);
                Metadata metadata = plan.join()
                        .map(MetadataJoin::metadata)
                        .orElseGet(() -> Metadata.none(plan.inputs().size()));
                List<String> notes = new ArrayList<>(plan.notes());
                named.assumption().ifPresent(notes::add);
                notes.addAll(extracted.notes());
                extracted.agreement().map(PrecisionAgreement::sentence).ifPresent(notes::add);
                return report(writer.finish(metadata), extracted, writer.failures(), found, plan, notes);
            }
        }
    }

    /// What this run added.
    ///
    /// @param agreement how close a lower precision comes
    /// @param notes what the headers of these images warn of
    private record Extracted(long images, Optional<PrecisionAgreement> agreement, List<String> notes) {}

    private static ExtractionReport report(
            StudySummary summary,
            Extracted extracted,
            List<FailedInput> failures,
            ImageFinder.Found found,
            IntakePlan plan,
            List<String> notes) {
        List<PlannedImage> images =
                plan.inputs().stream().map(plan.loading()::image).toList();
        return new ExtractionReport(
                summary,
                extracted.images(),
                extracted.agreement(),
                failures,
                found.ignored(),
                plan.join().map(MetadataJoin::rowsWithoutImage).orElse(List.of()),
                plan.join().map(MetadataJoin::imagesWithoutRow).orElse(List.of()),
                plan.loading().masks().map(masks -> masks.missing(images)).orElse(0L),
                notes);
    }

    private Preprocessing sized(Preprocessing own) {
        return options.stored()
                .size()
                .map((Size size) -> own.withSize(size.height(), size.width()))
                .orElse(own);
    }

    private StudyManifest manifest(ImageEncoder model, Preprocessing preprocessing, PatchGrid grid, IntakePlan plan) {
        StudyManifest manifest = StudyManifest.of(
                model.description(),
                preprocessing.inputHeight(),
                preprocessing.inputWidth(),
                grid,
                model.layout(),
                options.stored().layers().of(model.description().layers()),
                options.stored().dtype(),
                options.stored().attention(),
                Provenance.ofThisProgram(
                        model.description().sha256(),
                        preprocessing.describe() + "; " + plan.canonicalText(),
                        canonical(),
                        0));
        return plan.loading()
                .masks()
                .map(masks -> manifest.withMaskClasses(masks.classes().names()))
                .orElse(manifest);
    }

    /// The options that decide what is in the study, for its provenance.
    private String canonical() {
        return options.stored().canonicalText() + options.numerics().canonicalText();
    }

    private Extracted extract(StudyWriter writer, ImageEncoder model, Preprocessing preprocessing, IntakePlan plan) {
        int total = plan.inputs().size();
        int batchSize = options.effort().batch().orElse(DEFAULT_BATCH);
        List<Batch> batches = Batch.of(writer, batchSize);
        int pending = batches.stream().mapToInt(batch -> batch.inputs().size()).sum();
        if (pending == 0) {
            return new Extracted(0, Optional.empty(), List.of());
        }
        progress.report("extract", total - pending, total);
        AttentionRequest attention = switch (options.stored().attention()) {
            case NONE -> AttentionRequest.NONE;
            case CLS -> AttentionRequest.CLS;
        };
        VitRequest request = new VitRequest(
                preprocessing.inputHeight(),
                preprocessing.inputWidth(),
                writer.manifest().layers(),
                attention);
        BatchWork work =
                new BatchWork(preprocessing, plan.loading(), coverage(writer, plan), new SourceChecksums(), batchSize);
        try (ShardSink sink = new ShardSink(writer, progress, total - pending, total)) {
            Optional<PrecisionAgreement> agreement =
                    new ModelRun(model, request, options.numerics(), options.effort()).run(work, batches, sink);
            sink.awaitCommit();
            return new Extracted(sink.extracted(), agreement, notes(sink));
        } catch (PatchlensException e) {
            if (e.category() != PatchlensException.Category.INTERRUPTED) {
                writer.withdraw();
            }
            throw withWhatIsKept(e, writer, total);
        }
    }

    private static Optional<CoverageRule> coverage(StudyWriter writer, IntakePlan plan) {
        StudyManifest manifest = writer.manifest();
        return plan.loading()
                .masks()
                .map(masks -> new CoverageRule(
                        masks.classes(), manifest.grid(), manifest.model().patchSize()));
    }

    private static List<String> notes(ShardSink sink) {
        return sink.warnings().entrySet().stream()
                .map(warning -> warning.getValue() + (warning.getValue() == 1 ? " image: " : " images: ")
                        + warning.getKey() + ".")
                .toList();
    }

    /// An interruption says how much of the work is kept and how to go on.
    private PatchlensException withWhatIsKept(PatchlensException reason, StudyWriter writer, int total) {
        if (reason.category() != PatchlensException.Category.INTERRUPTED) {
            return reason;
        }
        int pending = writer.pendingShards().stream()
                .mapToInt(shard -> writer.inputs(shard).size())
                .sum();
        return PatchlensException.interrupted(
                        options.study().toString(),
                        "stopped; " + (total - pending) + " of " + total + " images are kept",
                        "Run the same command again to go on")
                .causedBy(reason);
    }
}
