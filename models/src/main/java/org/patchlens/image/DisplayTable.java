package org.patchlens.image;

/// A table of shades (VOI LUT Sequence, PS3.3 C.11.2.1.1): one for each whole number from the first on. Values in
/// between have the shade of the whole number below, values outside that of the nearest end.
public final class DisplayTable implements DisplayFunction {
    private final int first;
    private final float[] shades;
    private final DisplayRange range;

    /// @param first the value of the first shade
    /// @param shades 0 (black) to 1 (white), at least one; not copied
    public DisplayTable(int first, float[] shades) {
        this.first = first;
        this.shades = shades;
        this.range = range(first, shades);
    }

    private static DisplayRange range(int first, float[] shades) {
        int low = 0;
        int high = shades.length - 1;
        while (low < high && shades[low + 1] == shades[low]) {
            low++;
        }
        while (high > low && shades[high - 1] == shades[high]) {
            high--;
        }
        DisplayRange changing = new DisplayRange((float) first + low, (float) first + Math.max(high, low + 1));
        return shades[high] < shades[low] ? changing.inverted() : changing;
    }

    @Override
    public float shade(float value) {
        if (Float.isNaN(value)) {
            return 0;
        }
        return shades[(int) Math.clamp((double) value - first, 0, shades.length - 1.0)];
    }

    /// The part of the values over which the shade changes.
    @Override
    public DisplayRange range() {
        return range;
    }

    @Override
    public DisplayTable inverted() {
        float[] inverted = new float[shades.length];
        for (int i = 0; i < shades.length; i++) {
            inverted[i] = 1 - shades[i];
        }
        return new DisplayTable(first, inverted);
    }
}
