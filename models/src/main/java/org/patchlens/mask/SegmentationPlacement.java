package org.patchlens.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;
import org.patchlens.image.PixelSpacing;
import org.patchlens.image.dicom.Segmentation;
import org.patchlens.image.dicom.SlicePosition;
import org.patchlens.image.dicom.Vector3;
import org.patchlens.image.volume.Affine;
import org.patchlens.image.volume.AxisOrder.StoredAxis;
import org.patchlens.image.volume.Volume;

/// Which frames of a segmentation lie over which slices of an image.
///
/// A frame belongs to the slice that is nearest along the frames' normal, if that is at most half the distance of
/// slices and at most 0.5 mm away. Slices lie where their files say, also where distances are uneven.
///
/// @param slices of the image along the normal of the frames
/// @param frames by slice, counted in canonical order, see [Volume]
/// @param affine from columns, rows and slices to mm in the patient's frame (RAS+)
record SegmentationPlacement(int slices, Map<Integer, List<Segmentation.Frame>> frames, Affine affine) {
    private static final double FARTHEST = 0.5;

    /// Axes are rounded in files: the ends of 500 pixels that lie along such axes are half a pixel apart.
    private static final double TILTED = 1e-3;

    /// Lays the frames over the slices of an image.
    ///
    /// @throws PatchlensException if a frame has no place, lies over no slice, or not over the other frames
    static SegmentationPlacement of(String subject, List<Segmentation.Frame> frames, Volume image) {
        SlicePosition plane = place(subject, frames.getFirst());
        Vector3 normal = normal(plane);
        int axis = axis(image, normal);
        NavigableMap<Double, Integer> sliceAt = sliceAt(image, axis, normal);
        double allowed = Math.min(FARTHEST, image.affine().spacing(axis) / 2);
        Map<Integer, List<Segmentation.Frame>> placed = new TreeMap<>();
        for (Segmentation.Frame frame : frames) {
            SlicePosition own = place(subject, frame);
            refuseOtherPlane(subject, frame, own, frames.getFirst());
            Map.Entry<Double, Integer> nearest = nearest(sliceAt, own.along(normal));
            double apart = Math.abs(nearest.getKey() - own.along(normal));
            if (!(apart <= allowed)) {
                throw elsewhere(
                        subject,
                        frame,
                        String.format(
                                Locale.ROOT,
                                "%.4g mm away from the nearest slice of its image; at most %.4g mm are expected",
                                apart,
                                allowed));
            }
            placed.computeIfAbsent(nearest.getValue(), _ -> new ArrayList<>()).add(frame);
        }
        Affine affine = affine(subject, frames.getFirst(), image, axis);
        if (!affine.isUsable()) {
            throw elsewhere(subject, frames.getFirst(), "nowhere: its position and pixel spacing span no volume");
        }
        return new SegmentationPlacement(image.extent().along(axis), placed, affine);
    }

    private static SlicePosition place(String subject, Segmentation.Frame frame) {
        return frame.geometry()
                .position()
                .orElseThrow(() -> elsewhere(subject, frame, "nowhere: it has no position and orientation"));
    }

    /// Of length 1, however the axes are rounded.
    private static Vector3 normal(SlicePosition plane) {
        Vector3 normal = plane.normal();
        double length = normal.length();
        return new Vector3(normal.x() / length, normal.y() / length, normal.z() / length);
    }

    private static PatchlensException elsewhere(String subject, Segmentation.Frame frame, String where) {
        return PatchlensException.badData(
                subject,
                "frame " + frame.index() + " of the segmentation lies " + where,
                "Check that the mask belongs to this image");
    }

    private static void refuseOtherPlane(
            String subject, Segmentation.Frame frame, SlicePosition own, Segmentation.Frame first) {
        SlicePosition plane = place(subject, first);
        PixelSpacing spacing = spacing(subject, frame);
        Vector3 shift = difference(own.corner(), plane.corner());
        boolean same = difference(own.alongRow(), plane.alongRow()).length() < TILTED
                && difference(own.alongColumn(), plane.alongColumn()).length() < TILTED
                && Math.abs(shift.dot(plane.alongRow())) <= spacing.column() / 2
                && Math.abs(shift.dot(plane.alongColumn())) <= spacing.row() / 2
                && spacing.equals(spacing(subject, first));
        if (!same) {
            throw elsewhere(subject, frame, "beside or turned against frame " + first.index());
        }
    }

    private static PixelSpacing spacing(String subject, Segmentation.Frame frame) {
        return frame.geometry()
                .spacing()
                .orElseThrow(() -> elsewhere(subject, frame, "in a plane without pixel spacing"));
    }

    private static Vector3 difference(Vector3 to, Vector3 from) {
        return new Vector3(to.x() - from.x(), to.y() - from.y(), to.z() - from.z());
    }

    /// The canonical axis of the image that runs along a direction, or closest to it.
    private static int axis(Volume image, Vector3 direction) {
        int best = 0;
        for (int axis = 1; axis < 3; axis++) {
            if (Math.abs(step(image, axis).dot(direction)) / image.affine().spacing(axis)
                    > Math.abs(step(image, best).dot(direction))
                            / image.affine().spacing(best)) {
                best = axis;
            }
        }
        return best;
    }

    /// From one slice to the next, in DICOM's coordinates, whose x and y run against those of an affine map.
    private static Vector3 step(Volume image, int axis) {
        Affine affine = image.affine();
        return new Vector3(-affine.element(0, axis), -affine.element(1, axis), affine.element(2, axis));
    }

    /// The first voxel of a slice, in DICOM's coordinates.
    private static Vector3 corner(Volume image, int axis, int slice) {
        double[] at = {0, 0, 0};
        at[axis] = slice;
        Affine affine = image.affine();
        return new Vector3(
                -affine.coordinate(0, at[0], at[1], at[2]),
                -affine.coordinate(1, at[0], at[1], at[2]),
                affine.coordinate(2, at[0], at[1], at[2]));
    }

    /// The slices by their place along the normal, in mm.
    private static NavigableMap<Double, Integer> sliceAt(Volume image, int axis, Vector3 normal) {
        NavigableMap<Double, Integer> slices = new TreeMap<>();
        StoredAxis stored = image.order().along(axis);
        List<Double> places = image.header().storedPlaces();
        int last = image.extent().along(axis) - 1;
        boolean known = stored.index() == 2 && places.size() == last + 1;
        double forward = Math.signum(step(image, axis).dot(normal)) * (stored.reversed() ? -1 : 1);
        double first = corner(image, axis, stored.reversed() ? last : 0).dot(normal);
        for (int slice = 0; slice <= last; slice++) {
            double place = known
                    ? first + forward * places.get(stored.reversed() ? last - slice : slice)
                    : corner(image, axis, slice).dot(normal);
            slices.putIfAbsent(place, slice);
        }
        return slices;
    }

    private static Map.Entry<Double, Integer> nearest(NavigableMap<Double, Integer> sliceAt, double place) {
        return Stream.of(sliceAt.floorEntry(place), sliceAt.ceilingEntry(place))
                .filter(entry -> entry != null)
                .min((one, other) -> Double.compare(Math.abs(one.getKey() - place), Math.abs(other.getKey() - place)))
                .orElseThrow();
    }

    /// The frames' own columns and rows, and the image's slices: the first frame is moved along the normal onto
    /// the
    /// first slice, so that what is left of a difference lies in the plane.
    private static Affine affine(String subject, Segmentation.Frame first, Volume image, int axis) {
        SlicePosition plane = place(subject, first);
        PixelSpacing spacing = spacing(subject, first);
        Vector3 i = plane.alongRow();
        Vector3 j = plane.alongColumn();
        Vector3 k = step(image, axis);
        Vector3 normal = normal(plane);
        double back = corner(image, axis, 0).dot(normal) - plane.along(normal);
        Vector3 at = plane.corner();
        double columns = spacing.column();
        double rows = spacing.row();
        return new Affine(
                -i.x() * columns,
                -j.x() * rows,
                -k.x(),
                -at.x() - back * normal.x(),
                -i.y() * columns,
                -j.y() * rows,
                -k.y(),
                -at.y() - back * normal.y(),
                i.z() * columns,
                j.z() * rows,
                k.z(),
                at.z() + back * normal.z());
    }

    /// The frames over a slice, in the order of the file.
    List<Segmentation.Frame> framesOf(int slice) {
        return frames.getOrDefault(slice, List.of());
    }
}
