package org.patchlens.phantom.anatomy;

/// How old a patient is, roughly.
public enum AgeBand {
    YOUNG("18-39", 0.1),
    MIDDLE("40-64", 0.5),
    OLD("65+", 1);

    private final String word;
    private final double wear;

    AgeBand(String word, double wear) {
        this.word = word;
        this.wear = wear;
    }

    /// The word in tables.
    public String word() {
        return word;
    }

    /// 0 to 1: how far bones have thinned, vessels hardened and the back bent.
    double wear() {
        return wear;
    }
}
