package org.patchlens.phantom.scanner;

import java.util.List;
import java.util.Locale;

/// The two hospitals: each has two scanners of its own.
public enum Site {
    NORTH(Scanner.ALDER_64, Scanner.ALDER_16),
    SOUTH(Scanner.BIRCH_128, Scanner.BIRCH_20);

    private final List<Scanner> scanners;

    Site(Scanner... scanners) {
        this.scanners = List.of(scanners);
    }

    /// The word in tables.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its scanners.
    public List<Scanner> scanners() {
        return scanners;
    }
}
