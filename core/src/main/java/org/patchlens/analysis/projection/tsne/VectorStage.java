package org.patchlens.analysis.projection.tsne;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// A stage of radix 2, 3 or 4 with vectors along the columns. Lanes do not meet, so the width of a vector does not
/// change a bit.
///
/// @param radix 2, 3 or 4
/// @param butterflies the number of them
/// @param width the floats of one number over all columns and interleaved transforms
/// @param twiddles of the outputs
record VectorStage(int radix, int butterflies, int width, Twiddles twiddles) implements FourierStage {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final float HALF_ROOT_OF_THREE = 0.8660254f;

    @Override
    public void run(float[] real, float[] imaginary, float[] outReal, float[] outImaginary, boolean inverse) {
        float sign = inverse ? -1 : 1;
        for (int p = 0; p < butterflies; p++) {
            switch (radix) {
                case 2 -> two(p, real, imaginary, outReal, outImaginary, sign);
                case 3 -> three(p, real, imaginary, outReal, outImaginary, sign);
                default -> four(p, real, imaginary, outReal, outImaginary, sign);
            }
        }
    }

    private void two(int p, float[] re, float[] im, float[] outRe, float[] outIm, float sign) {
        float w1 = twiddles.cosines()[2 * p + 1];
        float v1 = sign * twiddles.sines()[2 * p + 1];
        int a = p * width;
        int b = a + butterflies * width;
        int out = 2 * p * width;
        for (int c = 0; c < width; c += SPECIES.length()) {
            FloatVector ar = FloatVector.fromArray(SPECIES, re, a + c);
            FloatVector ai = FloatVector.fromArray(SPECIES, im, a + c);
            FloatVector br = FloatVector.fromArray(SPECIES, re, b + c);
            FloatVector bi = FloatVector.fromArray(SPECIES, im, b + c);
            ar.add(br).intoArray(outRe, out + c);
            ai.add(bi).intoArray(outIm, out + c);
            FloatVector dr = ar.sub(br);
            FloatVector di = ai.sub(bi);
            dr.mul(w1).sub(di.mul(v1)).intoArray(outRe, out + width + c);
            dr.mul(v1).add(di.mul(w1)).intoArray(outIm, out + width + c);
        }
    }

    private void three(int p, float[] re, float[] im, float[] outRe, float[] outIm, float sign) {
        float w1 = twiddles.cosines()[3 * p + 1];
        float v1 = sign * twiddles.sines()[3 * p + 1];
        float w2 = twiddles.cosines()[3 * p + 2];
        float v2 = sign * twiddles.sines()[3 * p + 2];
        int a = p * width;
        int step = butterflies * width;
        int out = 3 * p * width;
        for (int c = 0; c < width; c += SPECIES.length()) {
            FloatVector ar = FloatVector.fromArray(SPECIES, re, a + c);
            FloatVector ai = FloatVector.fromArray(SPECIES, im, a + c);
            FloatVector br = FloatVector.fromArray(SPECIES, re, a + step + c);
            FloatVector bi = FloatVector.fromArray(SPECIES, im, a + step + c);
            FloatVector cr = FloatVector.fromArray(SPECIES, re, a + 2 * step + c);
            FloatVector ci = FloatVector.fromArray(SPECIES, im, a + 2 * step + c);
            FloatVector sr = br.add(cr);
            FloatVector si = bi.add(ci);
            sr.add(ar).intoArray(outRe, out + c);
            si.add(ai).intoArray(outIm, out + c);
            FloatVector mr = ar.sub(sr.mul(0.5f));
            FloatVector mi = ai.sub(si.mul(0.5f));
            FloatVector ur = br.sub(cr).mul(sign * HALF_ROOT_OF_THREE);
            FloatVector ui = bi.sub(ci).mul(sign * HALF_ROOT_OF_THREE);
            FloatVector er = mr.add(ui);
            FloatVector ei = mi.sub(ur);
            er.mul(w1).sub(ei.mul(v1)).intoArray(outRe, out + width + c);
            er.mul(v1).add(ei.mul(w1)).intoArray(outIm, out + width + c);
            FloatVector fr = mr.sub(ui);
            FloatVector fi = mi.add(ur);
            fr.mul(w2).sub(fi.mul(v2)).intoArray(outRe, out + 2 * width + c);
            fr.mul(v2).add(fi.mul(w2)).intoArray(outIm, out + 2 * width + c);
        }
    }

    private void four(int p, float[] re, float[] im, float[] outRe, float[] outIm, float sign) {
        float w1 = twiddles.cosines()[4 * p + 1];
        float v1 = sign * twiddles.sines()[4 * p + 1];
        float w2 = twiddles.cosines()[4 * p + 2];
        float v2 = sign * twiddles.sines()[4 * p + 2];
        float w3 = twiddles.cosines()[4 * p + 3];
        float v3 = sign * twiddles.sines()[4 * p + 3];
        int a = p * width;
        int step = butterflies * width;
        int out = 4 * p * width;
        for (int c = 0; c < width; c += SPECIES.length()) {
            FloatVector ar = FloatVector.fromArray(SPECIES, re, a + c);
            FloatVector ai = FloatVector.fromArray(SPECIES, im, a + c);
            FloatVector cr = FloatVector.fromArray(SPECIES, re, a + 2 * step + c);
            FloatVector ci = FloatVector.fromArray(SPECIES, im, a + 2 * step + c);
            FloatVector evenRe = ar.add(cr);
            FloatVector evenIm = ai.add(ci);
            FloatVector oddRe = ar.sub(cr);
            FloatVector oddIm = ai.sub(ci);
            FloatVector br = FloatVector.fromArray(SPECIES, re, a + step + c);
            FloatVector bi = FloatVector.fromArray(SPECIES, im, a + step + c);
            FloatVector dr = FloatVector.fromArray(SPECIES, re, a + 3 * step + c);
            FloatVector di = FloatVector.fromArray(SPECIES, im, a + 3 * step + c);
            FloatVector sumRe = br.add(dr);
            FloatVector sumIm = bi.add(di);
            FloatVector turnedRe = br.sub(dr).mul(sign);
            FloatVector turnedIm = bi.sub(di).mul(sign);
            evenRe.add(sumRe).intoArray(outRe, out + c);
            evenIm.add(sumIm).intoArray(outIm, out + c);
            FloatVector er = oddRe.add(turnedIm);
            FloatVector ei = oddIm.sub(turnedRe);
            er.mul(w1).sub(ei.mul(v1)).intoArray(outRe, out + width + c);
            er.mul(v1).add(ei.mul(w1)).intoArray(outIm, out + width + c);
            FloatVector fr = evenRe.sub(sumRe);
            FloatVector fi = evenIm.sub(sumIm);
            fr.mul(w2).sub(fi.mul(v2)).intoArray(outRe, out + 2 * width + c);
            fr.mul(v2).add(fi.mul(w2)).intoArray(outIm, out + 2 * width + c);
            FloatVector gr = oddRe.sub(turnedIm);
            FloatVector gi = oddIm.add(turnedRe);
            gr.mul(w3).sub(gi.mul(v3)).intoArray(outRe, out + 3 * width + c);
            gr.mul(v3).add(gi.mul(w3)).intoArray(outIm, out + 3 * width + c);
        }
    }
}
