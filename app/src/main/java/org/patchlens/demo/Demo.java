package org.patchlens.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.extract.Extraction;
import org.patchlens.extract.ExtractionOptions;
import org.patchlens.extract.Intake;
import org.patchlens.extract.MaskOptions;
import org.patchlens.phantom.PhantomFolder;
import org.patchlens.phantom.PhantomOptions;
import org.patchlens.phantom.cohort.CohortOptions;
import org.patchlens.phantom.cohort.Shortcut;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.preprocess.Size;
import org.patchlens.preprocess.WindowChoice;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;
import org.patchlens.tensor.Seed;

/// Makes the demo's study, step by step; a step that is done already is not done again.
public final class Demo {
    private static final long SEED = 1;

    /// The window of the lungs, in the numbers of the pictures.
    private static final String LUNG = "424/1500";

    /// How often the marker stands beside the disease: whoever reads the marker is right nearly always.
    private static final double MARKER = 0.9;

    private final DemoFolders folders;
    private final Extent extent;

    /// How much is made.
    ///
    /// @param patients half of them diseased
    /// @param slices of each
    /// @param pixels of a picture's side
    /// @param input side of the model's input
    public record Extent(int patients, int slices, int pixels, int input) {
        /// What fits into the first minute.
        public static final Extent USUAL = new Extent(60, 4, 320, 336);
    }

    public Demo(DemoFolders folders, Extent extent) {
        this.folders = folders;
        this.extent = extent;
    }

    /// Makes what is missing.
    ///
    /// @param model folder or file of the model, asked for only if it is needed
    /// @param progress is told of each step; throws to stop, and the next call goes on from there
    /// @return the view that tells the story, as the part of an address after `#`
    public String run(Supplier<Path> model, Progress progress) {
        if (!isExtracted()) {
            phantoms(progress);
            Extraction.run(extraction(model.get()), progress);
        }
        try (Study study = Study.open(folders.study())) {
            DemoStory story = DemoStory.of(study);
            new DemoResults(study, story, folders.figures()).complete(progress);
            return story.view();
        }
    }

    private boolean isExtracted() {
        if (!Files.isDirectory(folders.study())) {
            return false;
        }
        try (Study study = Study.open(folders.study())) {
            if (!study.manifest().maskClasses().contains(DemoStory.CLASS)) {
                throw PatchlensException.usage(
                        folders.study().toString(),
                        "this study was not made by the demo",
                        "Give a new folder with --study");
            }
            return study.isComplete();
        }
    }

    private void phantoms(Progress progress) {
        if (!Files.isDirectory(folders.images())) {
            CohortOptions cohort = new CohortOptions(
                    extent.patients(),
                    extent.slices(),
                    List.of(new Shortcut(ShortcutKind.MARKER, MARKER)),
                    new Seed(SEED));
            int threads = Runtime.getRuntime().availableProcessors();
            PhantomFolder.write(
                    folders.images(), new PhantomOptions(cohort, extent.pixels(), false, threads), progress);
        }
    }

    private ExtractionOptions extraction(Path model) {
        MaskOptions masks = MaskOptions.of(folders.images().resolve("masks"))
                .withClasses(folders.images().resolve("classes.json"));
        return ExtractionOptions.of(folders.images().resolve("images"), model, folders.study())
                .withSize(new Size(extent.input(), extent.input()))
                .withAttention(AttentionStorage.CLS)
                .withMetadata(folders.images().resolve("metadata.csv"), Optional.empty())
                .withIntake(Intake.DEFAULT.withWindow(WindowChoice.parse(LUNG)).withMasks(masks));
    }
}
