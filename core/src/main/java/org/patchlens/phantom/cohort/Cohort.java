package org.patchlens.phantom.cohort;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.patchlens.phantom.anatomy.AgeBand;
import org.patchlens.phantom.anatomy.Sex;
import org.patchlens.phantom.lesion.Finding;
import org.patchlens.phantom.scanner.Scanner;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.phantom.scanner.Site;
import org.patchlens.tensor.Seed;

/// Draws the patients: sex, site, findings and planted shortcuts are dealt out evenly within the diseased and
/// within the normal patients, so that by chance alone nothing goes with the label.
public final class Cohort {
    private static final List<Sex> SEXES = List.of(Sex.values());
    private static final List<AgeBand> AGES = List.of(AgeBand.values());
    private static final List<ShortcutKind> KINDS = List.of(ShortcutKind.values());
    private static final List<Finding> DISEASES =
            List.of(Finding.GROUND_GLASS, Finding.CONSOLIDATION, Finding.NODULES, Finding.EFFUSION, Finding.EMPHYSEMA);
    private static final double TRAIN = 0.6;
    private static final double TRAIN_AND_VALIDATION = 0.8;

    private final CohortOptions options;
    private final int diseased;
    private final Map<Integer, int[]> decks = new HashMap<>();

    private Cohort(CohortOptions options) {
        this.options = options;
        this.diseased = options.patients() / 2;
    }

    /// The patients, in the order of their ids.
    public static List<Patient> of(CohortOptions options) {
        return new Cohort(options).patients();
    }

    private List<Patient> patients() {
        int[] order = shuffled(options.patients(), options.seed().task(0));
        List<Patient> patients = new ArrayList<>();
        for (int number = 0; number < options.patients(); number++) {
            int place = order[number];
            patients.add(
                    place < diseased
                            ? patient(number, place, diseased, true)
                            : patient(number, place - diseased, options.patients() - diseased, false));
        }
        return patients;
    }

    /// @param place of the patient among those with the same label
    /// @param count of those
    private Patient patient(int number, int place, int count, boolean ill) {
        Seed seed = options.seed().task(1).task(number);
        Site site = hasSite(place, count, ill) ? Site.SOUTH : Site.NORTH;
        RandomGenerator random = seed.task(100).generator();
        Scanner scanner = site.scanners().get(random.nextInt(site.scanners().size()));
        double share = (dealt(2, place, count, ill) + 0.5) / count;
        return new Patient(
                String.format(Locale.ROOT, "p%03d", number + 1),
                SEXES.get(dealt(3, place, count, ill) % SEXES.size()),
                AGES.get(random.nextInt(AGES.size())),
                ill ? DISEASES.get(place % DISEASES.size()) : Finding.NONE,
                site,
                scanner,
                share < TRAIN ? Split.TRAIN : share < TRAIN_AND_VALIDATION ? Split.VALIDATION : Split.TEST,
                marks(place, count, ill),
                seed);
    }

    private boolean hasSite(int place, int count, boolean ill) {
        double share = options.shortcuts().stream()
                .filter(shortcut -> shortcut.kind() == ShortcutKind.SITE)
                .mapToDouble(shortcut -> shortcut.share(ill))
                .findFirst()
                .orElse(0.5);
        return dealt(4, place, count, ill) < Math.round(share * count);
    }

    private Set<ShortcutKind> marks(int place, int count, boolean ill) {
        Set<ShortcutKind> marks = EnumSet.noneOf(ShortcutKind.class);
        for (Shortcut shortcut : options.shortcuts()) {
            int deck = 10 + KINDS.indexOf(shortcut.kind());
            if (shortcut.kind() != ShortcutKind.SITE
                    && dealt(deck, place, count, ill) < Math.round(shortcut.share(ill) * count)) {
                marks.add(shortcut.kind());
            }
        }
        return marks;
    }

    /// The card that a patient gets from a shuffled deck as large as the number of patients with the same label.
    private int dealt(int deck, int place, int count, boolean ill) {
        return decks.computeIfAbsent(
                        2 * deck + (ill ? 1 : 0),
                        key -> shuffled(count, options.seed().task(2).task(deck).task(ill ? 1 : 0)))[place];
    }

    private static int[] shuffled(int count, Seed seed) {
        int[] cards = new int[count];
        RandomGenerator random = seed.generator();
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            cards[i] = cards[other];
            cards[other] = i;
        }
        return cards;
    }
}
