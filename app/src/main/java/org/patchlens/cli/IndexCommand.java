package org.patchlens.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.ResultJson;
import org.patchlens.embedding.Layer;
import org.patchlens.patch.LayerPatches;
import org.patchlens.patch.OutlierRule;
import org.patchlens.patch.PatchIndex;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.patch.Reduction;
import org.patchlens.study.Study;
import org.patchlens.tensor.TaskPool;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens index`: the index that `patchlens neighbors --index` asks.
@CommandLine.Command(
        name = "index",
        description = "Make the index of a layer's patches for neighbors --index, and measure how much it finds.")
final class IndexCommand implements Command {
    private static final int STEPS = 1000;
    private static final int MOST_THREADS = 1024;
    private static final double LARGEST_FACTOR = 1e6;

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The study.")
    private Path folder;

    @Option(names = "--layer", paramLabel = "LAYER", description = "Layer of the tokens (default: the deepest stored).")
    private Optional<String> layer;

    @Option(
            names = "--reduce",
            paramLabel = "none|center|whiten",
            defaultValue = "center",
            description = "What is taken out of the patches first, as for neighbors (default: center).")
    private Reduction reduce;

    @Option(
            names = "--factor",
            paramLabel = "NUMBER",
            defaultValue = "5",
            description = "A patch is an outlier above this many times the median norm, as for neighbors (default: 5).")
    private double factor;

    @Option(names = "--threads", paramLabel = "NUMBER", description = "Threads to work with (default: all processors).")
    private Optional<Integer> threads;

    @Option(names = "--json", description = "Print what was made as JSON.")
    private boolean json;

    /// What was made.
    ///
    /// @param layer of the patches
    /// @param reduce what was taken out first
    /// @param patches how many
    /// @param recall the share of the ten nearest patches of other images that a search finds
    /// @param followed how many patches a search follows
    /// @param bytes on disk
    private record Made(Layer layer, Reduction reduce, long patches, double recall, int followed, long bytes) {}

    IndexCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        TerminalProgress.Work work = new TerminalProgress.Work("index", "", "Nothing was kept; run it again.");
        try (Study study = Study.open(folder);
                TaskPool pool = new TaskPool(threads())) {
            Made made;
            try (WorkSession session = new WorkSession(terminal, work)) {
                made = make(study, pool, session);
            }
            terminal.out().print(json ? ResultJson.text(made) : text(made));
        }
        return ExitCode.OK;
    }

    private int threads() {
        int chosen = threads.orElse(Runtime.getRuntime().availableProcessors());
        if (chosen < 1 || chosen > MOST_THREADS) {
            throw PatchlensException.usage("--threads " + chosen, "1 to " + MOST_THREADS + " is expected", "");
        }
        return chosen;
    }

    private double factor() {
        if (!(factor >= 1 && factor <= LARGEST_FACTOR)) {
            throw PatchlensException.usage("--factor " + factor, "1 to " + (long) LARGEST_FACTOR + " is expected", "");
        }
        return factor;
    }

    private Made make(Study study, TaskPool pool, WorkSession session) {
        Layer chosen = layer.map(Layer::parse).orElse(study.deepestLayer());
        LayerPatches patches = LayerPatches.of(study, chosen, new OutlierRule(factor()), pool, done -> {});
        PatchSimilarity similarity = PatchSimilarity.of(patches, reduce, pool);
        PatchIndex index =
                PatchIndex.make(similarity, pool, done -> session.report("index", (long) (done * STEPS), STEPS));
        long count = (long) patches.images() * patches.perImage();
        return new Made(chosen, reduce, count, index.recall(), index.width(), index.bytes());
    }

    private static String text(Made made) {
        return String.format(
                Locale.ROOT,
                "index of %d patches at layer %s, --reduce %s: %s%n"
                        + "recall@10 %.3f, measured against the exact search for 200 patches drawn at random%n",
                made.patches(),
                made.layer(),
                made.reduce().word(),
                ByteSize.of(made.bytes()),
                made.recall());
    }
}
