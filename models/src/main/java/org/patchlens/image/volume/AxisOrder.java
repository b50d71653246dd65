package org.patchlens.image.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which stored axis runs along which of the patient's axes, and whether backwards.
///
/// Oblique volumes are not resampled: each stored axis goes to the patient's axis that it is closest to, the
/// largest cosine first, as nibabel's `io_orientation` does.
///
/// @param right the stored axis along the left-right axis
/// @param anterior the stored axis along the back-front axis
/// @param superior the stored axis along the feet-head axis
public record AxisOrder(StoredAxis right, StoredAxis anterior, StoredAxis superior) {
    /// One axis of the stored block.
    ///
    /// @param index 0 (i, fastest), 1 (j) or 2 (k, slowest)
    /// @param reversed whether the index grows to the left, back or feet
    public record StoredAxis(int index, boolean reversed) {}

    private record Cosine(int worldAxis, int index, double value) {}

    /// The order of a block whose voxels lie where an affine map says.
    ///
    /// @param affine usable, see [Affine#isUsable]
    public static AxisOrder of(Affine affine) {
        List<Cosine> cosines = new ArrayList<>();
        for (int worldAxis = 0; worldAxis < 3; worldAxis++) {
            for (int index = 0; index < 3; index++) {
                cosines.add(new Cosine(worldAxis, index, affine.element(worldAxis, index) / affine.spacing(index)));
            }
        }
        StoredAxis[] axes = new StoredAxis[3];
        for (int taken = 0; taken < 3; taken++) {
            // The sort is stable and max would not say which of two equal ones: ties go to the first axis.
            cosines.sort(Comparator.comparingDouble((Cosine cosine) -> -Math.abs(cosine.value)));
            Cosine best = cosines.getFirst();
            axes[best.worldAxis] = new StoredAxis(best.index, best.value < 0);
            cosines.removeIf(cosine -> cosine.worldAxis == best.worldAxis || cosine.index == best.index);
        }
        return new AxisOrder(axes[0], axes[1], axes[2]);
    }

    /// The stored axis along one of the patient's axes: 0 right, 1 anterior, 2 superior.
    public StoredAxis along(int worldAxis) {
        return switch (worldAxis) {
            case 0 -> right;
            case 1 -> anterior;
            case 2 -> superior;
            default -> throw new IndexOutOfBoundsException("axis " + worldAxis);
        };
    }

    /// The extent in canonical order of a block that is stored with this extent.
    public Extent canonical(Extent stored) {
        return new Extent(stored.along(right.index), stored.along(anterior.index), stored.along(superior.index));
    }

    /// The map of canonical indices for a block whose stored indices have this map.
    public Affine canonical(Affine stored, Extent extent) {
        double[] origin = new double[3];
        for (int worldAxis = 0; worldAxis < 3; worldAxis++) {
            StoredAxis axis = along(worldAxis);
            origin[axis.index] = axis.reversed ? extent.along(axis.index) - 1 : 0;
        }
        double[] m = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                StoredAxis axis = along(column);
                double element = stored.element(row, axis.index);
                // 0 - 0 is 0, -0 would not equal it.
                m[row * 4 + column] = axis.reversed ? 0 - element : element;
            }
            m[row * 4 + 3] = stored.coordinate(row, origin[0], origin[1], origin[2]);
        }
        return new Affine(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11]);
    }

    /// Where the stored axes point to, such as `LAS`: the first to the left, the second to the front, the third to
    /// the head.
    public String code() {
        char[] letters = new char[3];
        for (int worldAxis = 0; worldAxis < 3; worldAxis++) {
            StoredAxis axis = along(worldAxis);
            letters[axis.index] = (axis.reversed ? "LPI" : "RAS").charAt(worldAxis);
        }
        return new String(letters);
    }
}
