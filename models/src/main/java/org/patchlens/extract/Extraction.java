package org.patchlens.extract;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.VitSession;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.preprocess.Preprocessing;
import org.patchlens.preprocess.Size;
import org.patchlens.study.FailurePolicy;
import org.patchlens.study.StudyInput;
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
    ///     folder holds
    ///     another study
    public static ExtractionReport run(ExtractionOptions options, Progress progress) {
        return new Extraction(options, progress).run();
    }

    private ExtractionReport run() {
        Optional<MetadataTable> table = options.metadata().map(file -> MetadataTable.read(file, options.metadataKey()));
        ImageFinder.Found images = ImageFinder.find(options.images());
        try (ImageEncoder model = ImageEncoder.load(options.model())) {
            ModelPreprocessing found = ModelPreprocessing.of(options.model(), model);
            Preprocessing preprocessing = sized(found.preprocessing());
            StudyManifest manifest = manifest(model, preprocessing);
            List<StudyInput> inputs = InputScan.of(images.files(), options.limits(), progress);
            Optional<MetadataJoin> join = table.map(metadata -> join(metadata, inputs, images.files()));
            FailurePolicy policy = options.skipErrors() ? FailurePolicy.ACCEPT : FailurePolicy.RETRY;
            try (StudyWriter writer = StudyWriter.open(options.study(), manifest, inputs, policy)) {
                long extracted = extract(writer, model, preprocessing, inputs.size());
                StudySummary summary =
                        writer.finish(join.map(MetadataJoin::metadata).orElseGet(() -> Metadata.none(inputs.size())));
                return new ExtractionReport(
                        summary,
                        extracted,
                        writer.failures(),
                        images.ignored(),
                        join.map(MetadataJoin::rowsWithoutImage).orElse(List.of()),
                        join.map(MetadataJoin::imagesWithoutRow).orElse(List.of()),
                        found.assumption().stream().toList());
            }
        }
    }

    private Preprocessing sized(Preprocessing own) {
        return options.size()
                .map((Size size) -> own.withSize(size.height(), size.width()))
                .orElse(own);
    }

    private StudyManifest manifest(ImageEncoder model, Preprocessing preprocessing) {
        PatchGrid grid = model.grid(preprocessing.inputHeight(), preprocessing.inputWidth());
        return StudyManifest.of(
                model.description(),
                preprocessing.inputHeight(),
                preprocessing.inputWidth(),
                grid,
                model.layout(),
                options.layers().of(model.description().layers()),
                options.dtype(),
                options.attention(),
                Provenance.ofThisProgram(model.description().sha256(), preprocessing.describe(), canonical(), 0));
    }

    /// The options that decide what is in the study, for its provenance.
    private String canonical() {
        return "layers " + options.layers() + ", attention " + options.attention() + ", dtype " + options.dtype();
    }

    private static MetadataJoin join(MetadataTable table, List<StudyInput> inputs, Map<String, Path> files) {
        List<String> ids = List.copyOf(files.keySet());
        MetadataJoin ofFiles = table.join(ids);
        if (ids.size() == inputs.size()) {
            return ofFiles;
        }
        Map<String, Integer> rowOfFile = new HashMap<>();
        ids.forEach(id -> rowOfFile.put(id, rowOfFile.size()));
        List<Integer> rows = inputs.stream()
                .map(input -> rowOfFile.get(InputScan.fileId(input, files)))
                .toList();
        return new MetadataJoin(
                ofFiles.metadata().select(rows), ofFiles.rowsWithoutImage(), ofFiles.imagesWithoutRow());
    }

    private long extract(StudyWriter writer, ImageEncoder model, Preprocessing preprocessing, int total) {
        int batchSize = options.effort().batch().orElse(DEFAULT_BATCH);
        List<Batch> batches = Batch.of(writer, batchSize);
        int pending = batches.stream().mapToInt(batch -> batch.inputs().size()).sum();
        if (pending == 0) {
            return 0;
        }
        progress.report("extract", total - pending, total);
        AttentionRequest attention = switch (options.attention()) {
            case NONE -> AttentionRequest.NONE;
            case CLS -> AttentionRequest.CLS;
        };
        VitRequest request = new VitRequest(
                preprocessing.inputHeight(),
                preprocessing.inputWidth(),
                writer.manifest().layers(),
                attention);
        try (VitSession session = model.open(request);
                ShardSink sink = new ShardSink(writer, progress, total - pending, total)) {
            new Pipeline(
                            preprocessing,
                            session,
                            options.limits(),
                            options.effort().threads(),
                            batchSize)
                    .run(batches, sink);
            sink.awaitCommit();
            return sink.extracted();
        } catch (PatchlensException e) {
            throw withWhatIsKept(e, writer, total);
        }
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
