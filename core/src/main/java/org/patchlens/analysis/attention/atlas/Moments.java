package org.patchlens.analysis.attention.atlas;

import org.patchlens.tensor.FloatMatrix;

/// Adds up one measure of every head over images, one after the other.
final class Moments {
    private final String name;
    private final String unit;
    private final int layers;
    private final int heads;
    private final int[] counts;
    private final double[] means;
    private final double[] squares;
    private double uniform;
    private int uniforms;

    Moments(String name, String unit, int layers, int heads) {
        this.name = name;
        this.unit = unit;
        this.layers = layers;
        this.heads = heads;
        this.counts = new int[layers * heads];
        this.means = new double[layers * heads];
        this.squares = new double[layers * heads];
    }

    String name() {
        return name;
    }

    /// The number of one image's head; NaN is left out.
    ///
    /// @param layer 1 to L
    void add(int layer, int head, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        int at = (layer - 1) * heads + head;
        double before = value - means[at];
        means[at] += before / ++counts[at];
        squares[at] += before * (value - means[at]);
    }

    /// What uniform attention would give in one image; NaN is left out.
    void addUniform(double value) {
        if (!Double.isNaN(value)) {
            uniform += (value - uniform) / ++uniforms;
        }
    }

    HeadMeasure measure() {
        FloatMatrix mean = FloatMatrix.zeros(layers, heads);
        FloatMatrix deviation = FloatMatrix.zeros(layers, heads);
        int most = 0;
        for (int at = 0; at < counts.length; at++) {
            int count = counts[at];
            most = Math.max(most, count);
            mean.set(at / heads, at % heads, count == 0 ? Float.NaN : (float) means[at]);
            float spread = count < 2 ? Float.NaN : (float) Math.sqrt(squares[at] / (count - 1));
            deviation.set(at / heads, at % heads, spread);
        }
        return new HeadMeasure(name, unit, most, uniforms == 0 ? Float.NaN : (float) uniform, mean, deviation);
    }
}
