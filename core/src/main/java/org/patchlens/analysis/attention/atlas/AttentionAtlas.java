package org.patchlens.analysis.attention.atlas;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.attention.AttentionSource;
import org.patchlens.embedding.Provenance;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;
import org.patchlens.study.StudyManifest;

/// Every head of every layer over a study: entropy, mean attention distance (Raghu et al. 2021, arXiv:2108.08810),
/// and the share of the attention on special tokens, outlier tokens, the border of the image and the classes of
/// its mask.
///
/// The stored rows of the CLS token give entropy and shares; CLS has no place, and distances need the rows of the
/// patches, which the model computes for a sample of the images. Attention says where tokens read from, not what
/// is important.
public final class AttentionAtlas {
    /// The entry of the list of analyses: what can be measured without the model.
    public static final Analysis<AtlasOptions, Result> ANALYSIS = analysis(study -> AttentionSource.NONE);

    private AttentionAtlas() {}

    /// The same analysis with a source of what studies do not store.
    ///
    /// @param sources of a study
    public static Analysis<AtlasOptions, Result> analysis(Function<Study, AttentionSource> sources) {
        return new Analysis<>(
                "attention-atlas",
                "Entropy, distance and targets of every attention head over the whole study",
                AtlasOptions.defaults(),
                (study, options, progress) -> of(study, options, progress, sources.apply(study)),
                AttentionAtlas::figures);
    }

    /// What was measured.
    ///
    /// @param model the name of the model
    /// @param layers L
    /// @param heads A
    /// @param tokens T
    /// @param cls what the CLS token reads, if the study stores it
    /// @param patches what patches read, if the model was asked
    /// @param sort of the tables: `layer` or the name of a measure
    /// @param provenance where it comes from
    public record Result(
            String model,
            int layers,
            int heads,
            int tokens,
            Optional<Reading> cls,
            Optional<Reading> patches,
            String sort,
            Provenance provenance) {}

    /// What one kind of token reads.
    ///
    /// @param images how many were measured
    /// @param of how many in the study
    /// @param measures entropy first, then for patches their distance, then the shares of regions
    public record Reading(int images, int of, List<HeadMeasure> measures) {
        public Reading {
            measures = List.copyOf(measures);
        }

        /// The measure of a name, in whatever case.
        public Optional<HeadMeasure> measure(String name) {
            return measures.stream()
                    .filter(each -> each.name().equalsIgnoreCase(name))
                    .findFirst();
        }
    }

    /// Measures a study.
    ///
    /// @throws PatchlensException if the study has no images, or neither stores attention nor is allowed to
    ///     compute
    public static Result of(Study study, AtlasOptions options, Progress progress, AttentionSource source) {
        StudyManifest manifest = study.manifest();
        if (study.images().isEmpty()) {
            throw PatchlensException.badData("study", "holds no images", "Extract some first");
        }
        boolean stored = manifest.attention() == AttentionStorage.CLS;
        if (!stored && options.sample() == 0) {
            throw PatchlensException.usage(
                    "attention",
                    "the study stores none",
                    "Extract it with --attention cls, or compute some: --sample 16 --model FOLDER");
        }
        AtlasScan scan = new AtlasScan(study, options, progress);
        requireSortable(options, scan.names(options.sample() > 0));
        return new Result(
                manifest.model().name(),
                manifest.model().layers(),
                manifest.model().heads(),
                manifest.tokens(),
                stored ? Optional.of(scan.cls()) : Optional.empty(),
                options.sample() == 0 ? Optional.empty() : Optional.of(scan.patches(source)),
                options.sort(),
                Provenance.ofThisProgram(
                        manifest.model().sha256(),
                        manifest.provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        0));
    }

    private static void requireSortable(AtlasOptions options, List<String> names) {
        boolean byLayer = options.sort().equals(AtlasOptions.BY_LAYER);
        if (!byLayer && names.stream().noneMatch(name -> name.equalsIgnoreCase(options.sort()))) {
            throw PatchlensException.usage(
                    "sort " + options.sort(),
                    "the tables can be sorted by " + AtlasOptions.BY_LAYER + ", " + String.join(", ", names),
                    options.sample() == 0 && options.sort().equals(AtlasScan.DISTANCE)
                            ? "Distances need whole matrices: --sample 16"
                            : "");
        }
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return new AtlasFigures(result).all();
    }
}
