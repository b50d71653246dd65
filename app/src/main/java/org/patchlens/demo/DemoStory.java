package org.patchlens.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// What the demo shows first: one diseased patch, and images of other patients in which the same disease answers.
///
/// @param patch the patch that is asked for
/// @param imageId the image that holds it
/// @param images four images of four patients, that of the patch first
public record DemoStory(Patch patch, String imageId, List<Integer> images) {
    /// The disease that is asked for, as masks call it.
    static final String CLASS = "ground-glass";

    private static final int PANES = 4;

    /// A patch of the study.
    ///
    /// @param image its number
    /// @param row in the grid
    /// @param column in the grid
    /// @param share of it that the disease covers
    public record Patch(int image, int row, int column, float share) {}

    public DemoStory {
        images = List.copyOf(images);
    }

    /// Chooses, for each patient, the image with the most disease, and in the first of them the patch that is
    /// covered most with all around it.
    public static DemoStory of(Study study) {
        List<Patch> richest = new ArrayList<>();
        Set<String> patients = new HashSet<>();
        for (Patch patch : byDisease(study)) {
            if (patients.add(patient(study, patch.image())) && richest.size() < PANES) {
                richest.add(patch);
            }
        }
        List<Integer> images = richest.stream().map(Patch::image).toList();
        Patch first = richest.getFirst();
        return new DemoStory(
                first, study.images().get(first.image()).id(), images.size() == PANES ? images : images.subList(0, 1));
    }

    /// The most diseased patch of every image, those with much disease around it first.
    private static List<Patch> byDisease(Study study) {
        List<Patch> patches = new ArrayList<>();
        List<Double> totals = new ArrayList<>();
        for (int image = 0; image < study.images().size(); image++) {
            Patch best = mostCovered(study, image);
            patches.add(best);
            totals.add(total(study, image));
        }
        return patches.stream()
                .sorted(Comparator.comparingDouble((Patch patch) -> -totals.get(patch.image()))
                        .thenComparingInt(Patch::image))
                .toList();
    }

    /// The patch that the disease covers most with all around it: in the middle of a lesion, not at its edge.
    private static Patch mostCovered(Study study, int image) {
        int columns = study.manifest().grid().columns();
        int number = study.manifest().maskClasses().indexOf(CLASS);
        Optional<FloatMatrix> coverage = number < 0 ? Optional.empty() : study.coverage(image);
        Patch best = new Patch(image, 0, 0, -1);
        double most = -1;
        for (int patch = 0; coverage.isPresent() && patch < coverage.get().rows(); patch++) {
            float share = coverage.get().get(patch, number);
            double value = share + around(coverage.get(), number, patch, columns);
            if (value > most) {
                most = value;
                best = new Patch(image, patch / columns, patch % columns, share);
            }
        }
        return best;
    }

    /// The mean share of a patch and its eight neighbours; those beyond the border have none.
    private static double around(FloatMatrix coverage, int number, int patch, int columns) {
        double sum = 0;
        for (int row = patch / columns - 1; row <= patch / columns + 1; row++) {
            for (int column = patch % columns - 1; column <= patch % columns + 1; column++) {
                int place = row * columns + column;
                boolean inside = column >= 0 && column < columns && row >= 0 && place < coverage.rows();
                sum += inside ? coverage.get(place, number) : 0;
            }
        }
        return sum / 9;
    }

    private static double total(Study study, int image) {
        int number = study.manifest().maskClasses().indexOf(CLASS);
        double total = 0;
        Optional<FloatMatrix> coverage = study.coverage(image);
        for (int patch = 0;
                coverage.isPresent() && number >= 0 && patch < coverage.get().rows();
                patch++) {
            total += coverage.get().get(patch, number);
        }
        return total;
    }

    private static String patient(Study study, int image) {
        return study.metadata()
                .find("patient")
                .flatMap(column -> column.text(image))
                .orElse("");
    }

    /// The patch as an option of analyses.
    String patchText() {
        return patch.row() + "," + patch.column();
    }

    /// The view of the explorer, as the part of an address after `#`: similarity to the patch in four patients,
    /// and on the map.
    public String view() {
        String asked = patch.image() + "," + patchText();
        return "images=" + images.stream().map(String::valueOf).collect(Collectors.joining(","))
                + "&reduce=center&focus=" + asked + "&query=" + asked
                + "&map=project/demo-map&color=similarity&tray=neighbours";
    }
}
