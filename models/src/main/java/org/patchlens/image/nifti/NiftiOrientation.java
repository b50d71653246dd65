package org.patchlens.image.nifti;

import org.patchlens.image.nifti.RawHeader.DoubleFields;
import org.patchlens.image.volume.Affine;

/// Where the voxels of a header lie in the patient, in mm.
///
/// The sform if its code is above 0, else the qform if its code is above 0, else axis-parallel voxels around the
/// origin with the first axis to the left, as in Analyze 7.5; the same choice as nibabel's `get_best_affine`. A
/// transformation that spans no volume counts as absent.
final class NiftiOrientation {
    private NiftiOrientation() {}

    /// The affine map from stored indices to mm; always usable.
    static Affine affine(RawHeader header) {
        if (header.sformCode() > 0) {
            Affine sform = sform(header.srow()).times(millimetres(header.units()));
            if (sform.isUsable()) {
                return sform;
            }
        }
        if (header.qformCode() > 0) {
            Affine qform = qform(header).times(millimetres(header.units()));
            if (qform.isUsable()) {
                return qform;
            }
        }
        return unoriented(header);
    }

    /// The unit of space in mm: metre, millimetre or micrometre; unknown ones count as millimetres.
    static double millimetres(int units) {
        return switch (units & 7) {
            case 1 -> 1000;
            case 3 -> 0.001;
            default -> 1;
        };
    }

    private static Affine sform(DoubleFields s) {
        return new Affine(
                s.get(0), s.get(1), s.get(2), s.get(3), s.get(4), s.get(5), s.get(6), s.get(7), s.get(8), s.get(9),
                s.get(10), s.get(11));
    }

    /// `nifti1.h`, method 2: a rotation as a unit quaternion with a >= 0 left out, then the spacing, the third
    /// axis turned round where `pixdim[0]` is negative.
    private static Affine qform(RawHeader header) {
        DoubleFields q = header.quaternion();
        double b = q.get(0);
        double c = q.get(1);
        double d = q.get(2);
        double rest = 1 - (b * b + c * c + d * d);
        double a = Math.sqrt(Math.max(0, rest));
        if (rest < 0) {
            double length = Math.sqrt(b * b + c * c + d * d);
            b /= length;
            c /= length;
            d /= length;
        }
        double i = spacing(header, 1);
        double j = spacing(header, 2);
        double k = spacing(header, 3) * (header.pixdim().get(0) < 0 ? -1 : 1);
        return new Affine(
                (a * a + b * b - c * c - d * d) * i,
                2 * (b * c - a * d) * j,
                2 * (b * d + a * c) * k,
                q.get(3),
                2 * (b * c + a * d) * i,
                (a * a + c * c - b * b - d * d) * j,
                2 * (c * d - a * b) * k,
                q.get(4),
                2 * (b * d - a * c) * i,
                2 * (c * d + a * b) * j,
                (a * a + d * d - b * b - c * c) * k,
                q.get(5));
    }

    private static Affine unoriented(RawHeader header) {
        double unit = millimetres(header.units());
        double x = spacing(header, 1) * unit;
        double y = spacing(header, 2) * unit;
        double z = spacing(header, 3) * unit;
        return new Affine(
                -x,
                0,
                0,
                x * (size(header, 1) - 1) / 2,
                0,
                y,
                0,
                -y * (size(header, 2) - 1) / 2,
                0,
                0,
                z,
                -z * (size(header, 3) - 1) / 2);
    }

    private static long size(RawHeader header, int dimension) {
        return dimension <= header.dim().get(0) ? header.dim().get(dimension) : 1;
    }

    /// The spacing along a dimension; 1 where the header has nothing that could be one.
    private static double spacing(RawHeader header, int dimension) {
        double spacing = Math.abs(header.pixdim().get(dimension));
        return spacing > 1e-9 && spacing < 1e9 ? spacing : 1;
    }
}
