package org.patchlens.phantom.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.patchlens.phantom.anatomy.AgeBand;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.anatomy.Measures;
import org.patchlens.phantom.anatomy.Sex;
import org.patchlens.phantom.geometry.Contour;
import org.patchlens.phantom.lesion.Disease;
import org.patchlens.phantom.lesion.Finding;
import org.patchlens.phantom.scanner.Acquisition;
import org.patchlens.phantom.scanner.Scanner;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.phantom.scanner.Site;
import org.patchlens.phantom.slice.Subject;
import org.patchlens.phantom.slice.Texture;
import org.patchlens.tensor.Seed;

/// One patient of a cohort.
///
/// @param id such as `p001`
/// @param sex of the patient
/// @param age of the patient
/// @param finding the disease, or none
/// @param site where the patient is scanned
/// @param scanner with which
/// @param split what the images are for
/// @param marks the planted shortcuts that the images show
/// @param seed of the patient's body
public record Patient(
        String id,
        Sex sex,
        AgeBand age,
        Finding finding,
        Site site,
        Scanner scanner,
        Split split,
        Set<ShortcutKind> marks,
        Seed seed) {
    private static final double LOWEST = -92;
    private static final double ARMS = 0.22;
    private static final double HIGHEST = 84;

    /// Whether there is a disease.
    public boolean diseased() {
        return finding != Finding.NONE;
    }

    /// `diseased` or `normal`.
    public String label() {
        return diseased() ? "diseased" : "normal";
    }

    /// The heights of the slices, from the lowest to the highest, in millimetres.
    public List<Double> heights(int slices) {
        RandomGenerator random = seed.task(0).generator();
        double length = measures().length();
        double step = (HIGHEST - LOWEST) / slices;
        List<Double> heights = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            heights.add((LOWEST + (slice + 0.2 + 0.6 * random.nextDouble()) * step) * length);
        }
        return heights;
    }

    private Measures measures() {
        return Measures.draw(sex, age, seed.task(1));
    }

    /// The body on the table.
    ///
    /// @param heights of the slices that lesions should meet
    public Subject subject(List<Double> heights) {
        Measures measures = measures();
        Chest chest = new Chest(measures, seed.task(2));
        RandomGenerator random = seed.task(3).generator();
        double width = width(chest);
        double dose = 0.7 + 0.6 * random.nextDouble();
        double margin = scanner.margin() + 0.05 * random.nextDouble() + (measures.armsUp() ? 0 : ARMS);
        double view = Math.clamp(width * margin, 280, 500);
        return new Subject(
                chest,
                Texture.of(seed.task(4)),
                Disease.of(finding, chest, heights, seed.task(5)),
                new Acquisition(scanner, dose, view, width),
                marks,
                5 * random.nextGaussian(),
                seed.task(6));
    }

    private static double width(Chest chest) {
        double widest = 0;
        for (int height = -100; height <= 40; height += 35) {
            double z = height * chest.measures().length();
            Contour skin = chest.cage().skin(z, chest.muscles(chest.level(z)));
            widest = Math.max(widest, skin.towards(0) + skin.towards(Math.PI - 1e-3));
        }
        return widest;
    }
}
