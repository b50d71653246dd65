package org.patchlens.analysis.probe;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.learning.Targets;
import org.patchlens.point.Patients;
import org.patchlens.stats.Evidence;
import org.patchlens.stats.Groups;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.study.metadata.RowFilter;

/// The images that take part, what they are to be told to be, and which belong together.
///
/// @param images their indices in the study, ascending
/// @param targets of the images
/// @param groups of the images: a patient, with all images that are the same file
/// @param classes the names of the classes in the order of the targets; empty for a regression
/// @param unitOfInference in words
/// @param warnings whatever a reader must know, a sentence each
@SuppressWarnings("ArrayRecordComponent") // indices of images, never compared
record ProbeSamples(
        int[] images,
        Targets targets,
        Groups groups,
        List<String> classes,
        String unitOfInference,
        List<String> warnings) {
    private static final int MOST_CLASSES = 50;

    /// A column with more different numbers than this holds amounts, not codes of classes.
    private static final int MOST_CODES = 20;

    /// Reads the target.
    ///
    /// @param usable whether an image can take part at all
    static ProbeSamples of(Study study, ProbeOptions options, IntPredicate usable) {
        if (study.images().isEmpty()) {
            throw PatchlensException.usage("study", "has no images", "");
        }
        MetadataColumn column = column(study, options.task().target());
        RowFilter where = options.task().where().map(RowFilter::parse).orElse(RowFilter.all());
        BitSet selected = where.select(study.metadata());
        int[] known = selected.stream()
                .filter(image -> column.text(image).isPresent())
                .filter(usable)
                .toArray();
        List<String> warnings = new ArrayList<>();
        int missing = selected.cardinality() - known.length;
        if (missing > 0) {
            warnings.add(missing + " of " + selected.cardinality() + " images have no value of " + column.name()
                    + " or no patch that counts, and are left out.");
        }
        Optional<Patients> patients =
                Patients.find(study.metadata(), options.task().group());
        List<String> names = names(study, patients, warnings);
        String unit = patients.map(found -> "patient (column " + found.column() + ")")
                .orElse("image, because no column tells patients apart");
        return options.task().regress()
                ? regression(options, column, known, names, unit, warnings)
                : classification(options, column, known, names, unit, warnings);
    }

    private static MetadataColumn column(Study study, String target) {
        if (target.equals("masks") && study.metadata().find(target).isEmpty()) {
            throw PatchlensException.usage(
                    "--target masks", "masks are predicted patch by patch", "Use patchlens probe-segmentation");
        }
        return study.metadata().get(target);
    }

    /// A name per image of the study for whatever stays together: the patient; images that are the same file are
    /// of one patient, whatever the column says.
    private static List<String> names(Study study, Optional<Patients> patients, List<String> warnings) {
        int count = study.images().size();
        int[] parent = IntStream.range(0, count).toArray();
        Map<Integer, Integer> firstOfPatient = new HashMap<>();
        Map<String, Integer> firstOfFile = new HashMap<>();
        int duplicates = 0;
        for (int image = 0; image < count; image++) {
            if (patients.isPresent()) {
                Integer first = firstOfPatient.putIfAbsent(patients.get().of(image), image);
                join(parent, image, first == null ? image : first);
            }
        }
        for (StudyImage image : study.images()) {
            Integer first = firstOfFile.putIfAbsent(image.sha256() + "#" + image.frame(), image.index());
            if (first != null && root(parent, first) != root(parent, image.index())) {
                join(parent, image.index(), first);
                duplicates++;
            }
        }
        if (duplicates > 0) {
            warnings.add(duplicates + " images are the same file as an image of another patient; both are kept in one"
                    + " fold and count as one patient.");
        }
        return IntStream.range(0, count)
                .mapToObj(image -> Integer.toString(root(parent, image)))
                .toList();
    }

    private static int root(int[] parent, int image) {
        int at = image;
        while (parent[at] != at) {
            at = parent[at];
        }
        return at;
    }

    private static void join(int[] parent, int image, int other) {
        int a = root(parent, image);
        int b = root(parent, other);
        parent[Math.max(a, b)] = Math.min(a, b);
    }

    private static Groups groups(List<String> names, int[] images) {
        return Groups.of(IntStream.of(images).mapToObj(names::get).toList());
    }

    private static ProbeSamples regression(
            ProbeOptions options,
            MetadataColumn column,
            int[] images,
            List<String> names,
            String unit,
            List<String> warnings) {
        float[] numbers = new float[images.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (column) {
                case MetadataColumn.Whole whole -> whole.values().get(images[i]).orElseThrow();
                case MetadataColumn.Real real ->
                    real.values().get(images[i]).orElseThrow().floatValue();
                case MetadataColumn.Text text ->
                    throw PatchlensException.usage(
                            "--regress", "the column " + text.name() + " holds text; a number is expected", "");
            };
        }
        Groups groups = groups(names, images);
        requirePatients(groups.count(), options);
        if (IntStream.range(0, numbers.length).allMatch(i -> numbers[i] == numbers[0])) {
            throw PatchlensException.usage(
                    "target " + column.name(), "has one value only; there is nothing to predict", "");
        }
        return new ProbeSamples(images, Targets.numbers(numbers), groups, List.of(), unit, warnings);
    }

    private static void requirePatients(int patients, ProbeOptions options) {
        int needed = Math.max(Evidence.FEWEST_SHOWN, options.validation().folds());
        if (patients < needed) {
            throw PatchlensException.usage(
                    "probe",
                    "there are " + patients + " patients; fewer than " + needed + " are not probed",
                    "Use more images, or another --group");
        }
    }

    private static ProbeSamples classification(
            ProbeOptions options,
            MetadataColumn column,
            int[] known,
            List<String> names,
            String unit,
            List<String> warnings) {
        Map<String, Integer> patients = patientsPerClass(options, column, known, names);
        checkNumber(column, patients.size());
        List<String> classes = new ArrayList<>();
        patients.forEach((name, count) -> {
            if (count >= Evidence.FEWEST_SHOWN) {
                classes.add(name);
            } else {
                warnings.add("The class " + name + " is left out: it has fewer than " + Evidence.FEWEST_SHOWN
                        + " patients (n < 10, not shown).");
            }
        });
        if (classes.size() < 2) {
            throw PatchlensException.usage(
                    "target " + column.name(),
                    "two classes with at least " + Evidence.FEWEST_SHOWN + " patients each are needed; "
                            + (patients.size() < 2
                                    ? "there is " + (patients.isEmpty() ? "none" : "only " + patients.keySet())
                                    : "there are " + patients + " patients"),
                    "Choose another target, or merge classes in the metadata");
        }
        checkFolds(options, classes, patients);
        int[] images = IntStream.of(known)
                .filter(image -> classes.contains(column.text(image).orElseThrow()))
                .toArray();
        Groups groups = groups(names, images);
        int[] classOf = IntStream.of(images)
                .map(image -> classes.indexOf(column.text(image).orElseThrow()))
                .toArray();
        int mixed = (int) IntStream.range(0, groups.count())
                .filter(group -> IntStream.of(groups.rows(group))
                                .map(row -> classOf[row])
                                .distinct()
                                .count()
                        > 1)
                .count();
        if (mixed > 0) {
            warnings.add(mixed + " of " + groups.count() + " patients have images of more than one class.");
        }
        return new ProbeSamples(images, Targets.classes(classOf, classes.size()), groups, classes, unit, warnings);
    }

    /// How many patients have an image of each class that is asked for, in the order of the values.
    private static Map<String, Integer> patientsPerClass(
            ProbeOptions options, MetadataColumn column, int[] known, List<String> names) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<String> all = List.copyOf(column.counts().keySet());
        for (String wanted : options.task().classes()) {
            if (!all.contains(wanted)) {
                throw PatchlensException.usage(
                        "class " + wanted,
                        "is no value of " + column.name() + ", which has "
                                + String.join(", ", all.subList(0, Math.min(all.size(), 10))),
                        "");
            }
        }
        for (String name :
                options.task().classes().isEmpty() ? all : options.task().classes()) {
            Map<String, Integer> seen = new TreeMap<>();
            IntStream.of(known)
                    .filter(image -> column.text(image).orElseThrow().equals(name))
                    .forEach(image -> seen.put(names.get(image), image));
            if (!seen.isEmpty()) {
                counts.put(name, seen.size());
            }
        }
        return counts;
    }

    private static void checkNumber(MetadataColumn column, int classes) {
        boolean number = !(column instanceof MetadataColumn.Text);
        int most = number ? MOST_CODES : MOST_CLASSES;
        if (classes > most) {
            throw PatchlensException.usage(
                    "target " + column.name(),
                    "has " + classes + " different values; at most " + most + " classes are probed",
                    number
                            ? "Did you mean a regression? Give --regress."
                            : "Name some with --classes, or choose another target.");
        }
    }

    private static void checkFolds(ProbeOptions options, List<String> classes, Map<String, Integer> patients) {
        for (String name : classes) {
            int count = patients.getOrDefault(name, 0);
            if (count < options.validation().folds()) {
                throw PatchlensException.usage(
                        "class " + name,
                        "has " + count + " patients, fewer than the "
                                + options.validation().folds() + " folds",
                        "Give fewer --folds");
            }
        }
    }
}
