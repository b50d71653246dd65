package org.patchlens.point;

import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.study.metadata.RowFilter;

/// Which tokens become points.
///
/// @param unit what a point is
/// @param most points at most; above that they are drawn by lot, as many from each image or patient
/// @param each points at most of each image or patient
/// @param sampleUnit among what points are shared out
/// @param patient the column that tells patients apart; found by its name if empty
/// @param where the images to choose from
/// @param region the patches to choose from; all if empty
/// @param seed of the lot
public record PointChoice(
        PointUnit unit,
        int most,
        int each,
        SampleUnit sampleUnit,
        Optional<String> patient,
        RowFilter where,
        Optional<MaskRegion> region,
        long seed) {
    public PointChoice {
        if (most < 1 || each < 1) {
            throw PatchlensException.usage(
                    "points", most + " at most, " + each + " of each; both must be positive", "");
        }
        if (region.isPresent() && unit != PointUnit.PATCHES) {
            throw PatchlensException.usage(
                    "mask class " + region.get().maskClass(), "only patches lie in a mask", "Use --points patches");
        }
    }

    /// All points of a kind.
    public static PointChoice all(PointUnit unit) {
        return new PointChoice(
                unit,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                SampleUnit.IMAGE,
                Optional.empty(),
                RowFilter.all(),
                Optional.empty(),
                1);
    }

    /// The same, of not more than so many points.
    public PointChoice withMost(int other, long otherSeed) {
        return new PointChoice(unit, other, each, sampleUnit, patient, where, region, otherSeed);
    }

    /// The same, with not more than so many points of each image or patient.
    public PointChoice withEach(int other) {
        return new PointChoice(unit, most, other, sampleUnit, patient, where, region, seed);
    }

    /// The same, shared out evenly among something else.
    public PointChoice withSampleUnit(SampleUnit other, Optional<String> patientColumn) {
        return new PointChoice(unit, most, each, other, patientColumn, where, region, seed);
    }

    /// The same, of some images only.
    public PointChoice withWhere(RowFilter other) {
        return new PointChoice(unit, most, each, sampleUnit, patient, other, region, seed);
    }

    /// The same, inside a class of the masks.
    public PointChoice withRegion(Optional<MaskRegion> other) {
        return new PointChoice(unit, most, each, sampleUnit, patient, where, other, seed);
    }
}
