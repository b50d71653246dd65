package org.patchlens.phantom;

import java.util.stream.Collectors;
import org.patchlens.embedding.Version;
import org.patchlens.phantom.cohort.CohortOptions;

/// Tells, inside a folder of phantoms, what it holds and how it is made again.
record PhantomReadme(PhantomOptions options) {
    String text() {
        return String.join(
                "\n",
                "# Phantoms",
                "",
                "Chest CT of patients that do not exist, drawn by Patchlens " + Version.CURRENT
                        + "; no image of a person went in. Not for clinical use.",
                "",
                "Made by, and made again by:",
                "",
                "    " + command(),
                "",
                "- `images/`: PNG of 16 bits, Hounsfield units + " + PhantomFolder.OFFSET,
                "- `masks/`: PNG of 8 bits, labels as in `classes.json`; 0 is the background",
                "- `metadata.csv`: patient, label, finding, site, scanner, sex, age band, split and shortcut of each"
                        + " image",
                options.volumes()
                        ? "- `volumes/`, `volume-masks/`: whole chests as NIfTI, in Hounsfield units, and labels\n"
                        : "");
    }

    private String command() {
        CohortOptions cohort = options.cohort();
        String shortcuts = cohort.shortcuts().stream()
                .map(shortcut -> " --shortcut " + shortcut.kind().word() + ":" + shortcut.strength())
                .collect(Collectors.joining());
        return "patchlens phantom --out DIR --patients " + cohort.patients() + " --slices " + cohort.slices()
                + " --pixels " + options.pixels() + " --seed " + cohort.seed().value() + shortcuts
                + (options.volumes() ? " --volume" : "");
    }
}
