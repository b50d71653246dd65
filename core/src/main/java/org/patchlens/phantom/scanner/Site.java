package org.patchlens.phantom.scanner;

import java.util.List;
import java.util.Locale;

/// The two hospitals: each has two scanners of its own.
public enum Site {
    NORTH(Scanner.ALDER_64, Scanner.ALDER_16),
    SOUTH(Scanner.BIRCH_128, Scanner.BIRCH_20);

    private final Scanner newer;
    private final Scanner older;

    Site(Scanner newer, Scanner older) {
        this.newer = newer;
        this.older = older;
    }

    /// The word in tables.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its scanners.
    public List<Scanner> scanners() {
        return List.of(newer, older);
    }
}
