package org.patchlens.analysis;

/// The palette of Okabe and Ito 2008, "Color Universal Design", told apart with any colour vision; its yellow is
/// darkened, since it is hard to see on white, and comes last.
public enum CategoryColor {
    BLUE(0x0072b2),
    VERMILION(0xd55e00),
    GREEN(0x009e73),
    PINK(0xcc79a7),
    ORANGE(0xe69f00),
    SKY_BLUE(0x56b4e9),
    BLACK(0x000000),
    YELLOW(0xb5a800);

    private final int rgb;

    CategoryColor(int rgb) {
        this.rgb = rgb;
    }

    /// The colour, 0xRRGGBB.
    public int rgb() {
        return rgb;
    }
}
