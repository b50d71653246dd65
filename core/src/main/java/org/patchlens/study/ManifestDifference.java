package org.patchlens.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;

/// What keeps two extractions from continuing each other.
///
/// The name of the model's folder, the version of Java and most options in the provenance may differ: they do not
/// decide what is stored, or stand in the manifest anyway. The precision and the device of the model do decide.
record ManifestDifference(String field, String inStudy, String inThisRun) {
    /// @throws PatchlensException if the manifests differ; names each field with both values
    static void refuse(Path folder, StudyManifest study, StudyManifest run) {
        List<ManifestDifference> differences = between(study, run);
        if (!differences.isEmpty()) {
            throw PatchlensException.usage(
                    folder.toString(),
                    "holds a study that this run cannot continue: "
                            + differences.stream()
                                    .map(ManifestDifference::sentence)
                                    .collect(Collectors.joining("; ")),
                    "Ask for the same as the study, or give another folder.");
        }
    }

    static List<ManifestDifference> between(StudyManifest study, StudyManifest run) {
        List<ManifestDifference> all = List.of(
                new ManifestDifference("format version", "" + study.formatVersion(), "" + run.formatVersion()),
                new ManifestDifference("model", model(study), model(run)),
                new ManifestDifference("size", size(study), size(run)),
                new ManifestDifference(
                        "grid", study.grid().toString(), run.grid().toString()),
                new ManifestDifference(
                        "special tokens",
                        "" + study.layout().prefix(),
                        "" + run.layout().prefix()),
                new ManifestDifference("layers", layers(study.layers()), layers(run.layers())),
                new ManifestDifference("dtype", lower(study.dtype()), lower(run.dtype())),
                new ManifestDifference("attention", lower(study.attention()), lower(run.attention())),
                new ManifestDifference(
                        "preprocessing",
                        study.provenance().preprocessing(),
                        run.provenance().preprocessing()),
                new ManifestDifference("computation", computation(study), computation(run)),
                new ManifestDifference("mask classes", "" + study.maskClasses(), "" + run.maskClasses()),
                new ManifestDifference("images per shard", "" + study.imagesPerShard(), "" + run.imagesPerShard()));
        return all.stream()
                .filter(difference -> !difference.inStudy.equals(difference.inThisRun))
                .toList();
    }

    private String sentence() {
        return field + ": the study has " + inStudy + ", this run asks for " + inThisRun;
    }

    /// Weights make a model, names do not.
    private static String model(StudyManifest manifest) {
        return manifest.model().family() + " of " + manifest.model().layers() + " blocks and "
                + manifest.model().dimensions() + " dimensions, sha256 "
                + manifest.model().sha256();
    }

    /// Precision and device as the options in the provenance name them; without a word, 32-bit floats on the
    /// processor.
    private static String computation(StudyManifest manifest) {
        String special = Arrays.stream(manifest.provenance().options().split(", ", -1))
                .filter(option -> option.startsWith("precision ") || option.startsWith("device "))
                .collect(Collectors.joining(", "));
        return special.isEmpty() ? "precision fp32" : special;
    }

    private static String size(StudyManifest manifest) {
        return manifest.inputWidth() + " x " + manifest.inputHeight();
    }

    /// Consecutive layers as a range: `0..12,last`.
    static String layers(List<Layer> layers) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < layers.size()) {
            int end = start;
            while (end + 1 < layers.size()
                    && layers.get(end + 1).index() == layers.get(end).index() + 1) {
                end++;
            }
            parts.add(end < start + 2 ? layers.get(start).toString() : layers.get(start) + ".." + layers.get(end));
            start = end < start + 2 ? start + 1 : end + 1;
        }
        return String.join(",", parts);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
