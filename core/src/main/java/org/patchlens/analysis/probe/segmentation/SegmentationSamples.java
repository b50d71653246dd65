package org.patchlens.analysis.probe.segmentation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.point.Patients;
import org.patchlens.stats.Evidence;
import org.patchlens.stats.Groups;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.metadata.RowFilter;
import org.patchlens.tensor.FloatMatrix;

/// The images that have a mask, their coverage, and which of them belong together.
///
/// @param images their indices in the study, ascending
/// @param coverage per image `float[P][C]` of all classes of the study
/// @param groups of the images
/// @param classes that are predicted, columns of `coverage`
/// @param unitOfInference in words
/// @param warnings whatever a reader must know
@SuppressWarnings("ArrayRecordComponent") // indices of images, never compared
record SegmentationSamples(
        int[] images,
        List<FloatMatrix> coverage,
        Groups groups,
        List<Integer> classes,
        String unitOfInference,
        List<String> warnings) {

    static SegmentationSamples of(Study study, SegmentationOptions options) {
        List<String> known = study.manifest().maskClasses();
        if (known.isEmpty()) {
            throw PatchlensException.usage("study", "has no masks", "Extract it with --masks");
        }
        BitSet selected =
                options.where().map(RowFilter::parse).orElse(RowFilter.all()).select(study.metadata());
        List<Integer> images = new ArrayList<>();
        List<FloatMatrix> coverage = new ArrayList<>();
        for (int image : selected.stream().toArray()) {
            study.coverage(image).ifPresent(found -> {
                images.add(image);
                coverage.add(found);
            });
        }
        Optional<Patients> patients = Patients.find(study.metadata(), options.group());
        Groups groups = Groups.of(
                images.stream().map(image -> name(study, patients, image)).toList());
        List<String> warnings = new ArrayList<>();
        List<Integer> classes = classes(options, known, coverage, groups, warnings);
        String unit = patients.map(found -> "patient (column " + found.column() + ")")
                .orElse("image, because no column tells patients apart");
        return new SegmentationSamples(
                images.stream().mapToInt(Integer::intValue).toArray(), coverage, groups, classes, unit, warnings);
    }

    /// Images without a patient's name are told apart by their file.
    private static String name(Study study, Optional<Patients> patients, int image) {
        StudyImage one = study.images().get(image);
        return patients.map(found -> "patient " + found.of(image)).orElse("file " + one.sha256() + "#" + one.frame());
    }

    private static List<Integer> classes(
            SegmentationOptions options,
            List<String> known,
            List<FloatMatrix> coverage,
            Groups groups,
            List<String> warnings) {
        for (String name : options.classes()) {
            if (!known.contains(name)) {
                throw PatchlensException.usage("mask class " + name, "the masks have the classes " + known, "");
            }
        }
        int needed = options.trainImages().isEmpty() ? Math.max(options.folds(), Evidence.FEWEST_SHOWN) : 2;
        List<Integer> classes = new ArrayList<>();
        for (int type = 0; type < known.size(); type++) {
            int column = type;
            int patients = groups.countWith(row -> any(coverage.get(row), column));
            if (!options.classes().isEmpty() && !options.classes().contains(known.get(type))) {
                continue;
            }
            if (patients >= needed) {
                classes.add(type);
            } else {
                warnings.add(
                        "The class " + known.get(type) + " is left out: it has fewer than " + needed + " patients.");
            }
        }
        if (classes.isEmpty()) {
            throw PatchlensException.usage(
                    "masks",
                    "no class covers a patch in images of at least " + needed + " patients",
                    "Use more masks, fewer --folds or --train-images");
        }
        return classes;
    }

    static boolean any(FloatMatrix coverage, int type) {
        return IntStream.range(0, coverage.rows()).anyMatch(patch -> coverage.get(patch, type) > 0);
    }

    /// Whether an image shows a class.
    boolean shows(int sample, int type) {
        return any(coverage.get(sample), type);
    }

    /// The places of the images that alone are trained on.
    ///
    /// @throws PatchlensException if one is not in the study or has no mask
    int[] training(Study study, List<String> ids) {
        return ids.stream()
                .mapToInt(id -> IntStream.range(0, images.length)
                        .filter(sample ->
                                study.images().get(images[sample]).id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> PatchlensException.usage(
                                "--train-images " + id,
                                "is not among the " + images.length + " images with a mask",
                                "Ids are such as "
                                        + study.images().get(images[0]).id())))
                .distinct()
                .toArray();
    }
}
