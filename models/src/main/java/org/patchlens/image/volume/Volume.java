package org.patchlens.image.volume;

import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelSpacing;
import org.patchlens.image.volume.AxisOrder.StoredAxis;

/// One block of voxels in the patient's frame, from a NIfTI file or a DICOM series. Gives pictures as radiologists
/// expect them, see [Plane]; keeps the values of the file. Not safe for several threads.
public final class Volume implements AutoCloseable {
    private final VolumeHeader header;
    private final StoredVoxels voxels;
    private final AxisOrder order;
    private final Extent extent;
    private final Affine affine;

    /// @param header what is known besides the voxels
    /// @param voxels as they are stored; closed with the volume
    /// @param storedToPatient where the stored voxels lie, in mm; usable, see [Affine#isUsable]
    public Volume(VolumeHeader header, StoredVoxels voxels, Affine storedToPatient) {
        if (!storedToPatient.isUsable()) {
            throw new IllegalArgumentException("the affine map of " + header.id() + " spans no volume");
        }
        this.header = header;
        this.voxels = voxels;
        this.order = AxisOrder.of(storedToPatient);
        this.extent = order.canonical(voxels.extent());
        this.affine = order.canonical(storedToPatient, voxels.extent());
    }

    /// How the volume is named.
    public String id() {
        return header.id();
    }

    /// What is known besides the voxels.
    public VolumeHeader header() {
        return header;
    }

    /// The number of voxels in canonical order: to the right, to the front, to the head.
    public Extent extent() {
        return extent;
    }

    /// From canonical indices to mm.
    public Affine affine() {
        return affine;
    }

    /// How the stored axes lie in the patient.
    public AxisOrder order() {
        return order;
    }

    /// The number of slices of a plane.
    public int slices(Plane plane) {
        return extent.along(plane.normal());
    }

    /// The distance between the pixels of a plane's pictures.
    public PixelSpacing pixelSpacing(Plane plane) {
        return new PixelSpacing(affine.spacing(plane.vertical()), affine.spacing(plane.horizontal()));
    }

    /// The distance between the slices of a plane, in mm.
    public double sliceSpacing(Plane plane) {
        return affine.spacing(plane.normal());
    }

    /// Where the centre of a slice lies along the plane's normal, in mm of the patient's frame.
    public double position(Plane plane, int index) {
        double[] centre = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            centre[axis] = (extent.along(axis) - 1) / 2.0;
        }
        centre[plane.normal()] = index;
        return affine.coordinate(plane.normal(), centre[0], centre[1], centre[2]);
    }

    /// One slice as a picture, with its spacing.
    ///
    /// @param index 0 to `slices(plane) - 1`
    /// @throws org.patchlens.PatchlensException if the voxels are damaged
    public PixelImage slice(Plane plane, int index) {
        StoredAxis across = order.along(plane.normal());
        StoredAxis vertical = order.along(plane.vertical());
        StoredAxis horizontal = order.along(plane.horizontal());
        int stored = across.reversed() ? slices(plane) - 1 - index : index;
        // The picture's rows run against the vertical axis and its columns against the horizontal one.
        Turn turn = new Turn(vertical.index() < horizontal.index(), !vertical.reversed(), !horizontal.reversed());
        return turn.apply(voxels.plane(across.index(), stored)).withSpacing(pixelSpacing(plane));
    }

    @Override
    public void close() {
        voxels.close();
    }
}
