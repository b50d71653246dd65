package org.patchlens.extract;

import org.patchlens.PatchlensException;

/// The size to which images are brought before the model sees them.
///
/// @param height in pixels, 1 to 65,536
/// @param width in pixels, 1 to 65,536
public record InputSize(int height, int width) {
    private static final int LARGEST_SIDE = 65_536;

    public InputSize {
        if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
            throw PatchlensException.usage(
                    "size " + height + "x" + width, "each side is 1 to " + LARGEST_SIDE + " pixels", "");
        }
    }

    /// Reads `448` (a square) or `448x336` (height x width).
    ///
    /// @throws PatchlensException if it is neither
    public static InputSize parse(String text) {
        String[] sides = text.strip().split("x", -1);
        try {
            int height = Integer.parseInt(sides[0].strip());
            return switch (sides.length) {
                case 1 -> new InputSize(height, height);
                case 2 -> new InputSize(height, Integer.parseInt(sides[1].strip()));
                default -> throw new NumberFormatException(text);
            };
        } catch (NumberFormatException e) {
            throw PatchlensException.usage("size " + text, "a size is a number of pixels, such as 448 or 448x336", "")
                    .causedBy(e);
        }
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
