package org.patchlens.extract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.image.dicom.DicomDisclosure;
import org.patchlens.image.dicom.IdentifierHash;
import org.patchlens.preprocess.Window;
import org.patchlens.study.StudyInput;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataJoin;
import org.patchlens.study.metadata.MetadataTable;

/// Everything that is settled about the images before the first one is extracted.
///
/// @param inputs the images as the study calls them, in its order
/// @param loading how they are read
/// @param join the user's table beside them, if there is one
/// @param key tells the secret of the pseudonyms from another one without telling it; empty without pseudonyms
/// @param notes what a user should know of the files, one sentence each
record IntakePlan(
        List<StudyInput> inputs, Loading loading, Optional<MetadataJoin> join, String key, List<String> notes) {

    /// Finds out what the files hold.
    ///
    /// @param files by id
    /// @param table the user's, if there is one
    static IntakePlan of(
            Map<String, Path> files, ExtractionOptions options, Optional<MetadataTable> table, Progress progress) {
        Intake intake = options.intake();
        InputScan.Plan plan = InputScan.of(files, intake, progress);
        Optional<IdentifierHash> hash = hash(options, plan.dicom());
        PrivacyOptions privacy = intake.privacy();
        DicomDisclosure disclosure = new DicomDisclosure(hash, privacy.studyDays(), privacy.keptTags());
        Optional<MetadataJoin> join = table.map(metadata -> join(metadata, plan.images(), List.copyOf(files.keySet())));
        Optional<MaskPlan> masks = intake.masks()
                .map(wanted -> MaskPlan.of(
                        wanted, plan.images(), join.map(MetadataJoin::metadata), intake.limits(), progress));
        StoredNames names = new StoredNames(privacy.paths(), hash);
        List<StudyInput> inputs = plan.images().stream().map(names::input).toList();
        Map<StudyInput, PlannedImage> images = new HashMap<>();
        IntStream.range(0, inputs.size())
                .forEach(i -> images.put(inputs.get(i), plan.images().get(i)));
        Loading loading = new Loading(intake, new SourceOpener(intake, disclosure), images, masks, names);
        return new IntakePlan(
                inputs,
                loading,
                join.map(joined -> withoutNames(joined, table, intake)),
                hash.map(key -> key.of("key", "of this study").substring(0, 8)).orElse(""),
                notes(plan, intake));
    }

    private static Optional<IdentifierHash> hash(ExtractionOptions options, boolean dicom) {
        PrivacyOptions privacy = options.intake().privacy();
        boolean needed = dicom || privacy.paths() == PathPrivacy.HASHED;
        return needed ? Optional.of(StudySecret.open(privacy, options.study())) : Optional.empty();
    }

    private static List<String> notes(InputScan.Plan plan, Intake intake) {
        List<String> notes = new ArrayList<>(plan.notes());
        intake.privacy()
                .keptTags()
                .forEach(tag -> notes.add(
                        "The study keeps the header element " + tag + " as it is, because --keep-tag asks for it."));
        return notes;
    }

    /// Rows may name images or their files. Files of which no image is taken are no reason to doubt a row.
    private static MetadataJoin join(MetadataTable table, List<PlannedImage> images, List<String> files) {
        SequencedSet<String> ids = new LinkedHashSet<>();
        images.forEach(image -> ids.add(image.id()));
        ids.addAll(files);
        MetadataJoin all = table.join(List.copyOf(ids));
        SequencedSet<String> without = new LinkedHashSet<>(all.imagesWithoutRow());
        List<String> missing = images.stream()
                .filter(image -> without.contains(image.id()))
                .map(PlannedImage::fileId)
                .distinct()
                .toList();
        List<Integer> rows = IntStream.range(0, images.size()).boxed().toList();
        return new MetadataJoin(all.metadata().select(rows), all.rowsWithoutImage(), missing);
    }

    /// Whoever hides the names of files does not want them in the table either.
    private static MetadataJoin withoutNames(MetadataJoin join, Optional<MetadataTable> table, Intake intake) {
        if (intake.privacy().paths() != PathPrivacy.HASHED) {
            return join;
        }
        List<String> naming = new ArrayList<>();
        table.map(MetadataTable::keyColumn).ifPresent(naming::add);
        intake.masks().flatMap(MaskOptions::column).ifPresent(naming::add);
        Metadata metadata = new Metadata(
                join.metadata().rows(),
                join.metadata().columns().stream()
                        .filter(column -> naming.stream().noneMatch(column.name()::equalsIgnoreCase))
                        .toList());
        return new MetadataJoin(metadata, join.rowsWithoutImage(), join.imagesWithoutRow());
    }

    /// What decides the pixels, columns and names of the study, for its provenance.
    String canonicalText() {
        return loading.intake().canonicalText() + (key.isEmpty() ? "" : "; pseudonyms " + key);
    }

    /// Refuses a window that the first image cannot have, before any work.
    ///
    /// @throws PatchlensException if the window means another unit than the image has
    void refuseUnfitWindow() {
        boolean particular = loading.intake().window().windows().stream().anyMatch(Window.Preset.class::isInstance)
                || loading.intake().window().windows().size() > 1;
        if (!particular) {
            return;
        }
        try (ImageLoader loader = new ImageLoader(loading)) {
            loader.read(inputs.getFirst());
        } catch (PatchlensException e) {
            if (e.getCause() instanceof PatchlensException reason
                    && reason.category() == PatchlensException.Category.USAGE) {
                throw PatchlensException.usage(
                        "--window " + loading.intake().window().canonicalText(),
                        loading.image(inputs.getFirst()).id() + ": " + Reasons.withoutSubject(reason),
                        "Or leave out such images with --skip-errors");
            }
        }
    }
}
