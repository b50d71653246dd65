package org.patchlens.image.dicom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.volume.Affine;
import org.patchlens.image.volume.Extent;
import org.patchlens.image.volume.PlaneStack;
import org.patchlens.image.volume.SharedSpools;
import org.patchlens.image.volume.Volume;
import org.patchlens.image.volume.VolumeHeader;

/// A series of parallel slices as one volume.
///
/// DICOM's patient coordinates run to the left, back and head; a [Volume]'s to the right, front and head. The
/// slices count as evenly spaced at the median distance; the gaps that differ are among the series' findings.
public final class SeriesVolume {
    private SeriesVolume() {}

    /// Opens a series. Slices are decoded when they are asked for.
    ///
    /// @param id names the volume in a study, such as the path of its folder
    /// @param disclosure what of the header becomes metadata
    /// @throws PatchlensException if the slices have no positions or no size, so that they make no volume
    public static Volume open(String id, DicomSeries series, ImageLimits limits, DicomDisclosure disclosure) {
        return open(id, series, new Opening(limits, disclosure, new SharedSpools()));
    }

    /// How volumes are opened.
    ///
    /// @param limits of each file
    /// @param disclosure what of the header becomes metadata
    /// @param spools where volumes of the same id share voxels that are cut across the slices
    public record Opening(ImageLimits limits, DicomDisclosure disclosure, SharedSpools spools) {}

    /// The same for volumes that several threads have open.
    public static Volume open(String id, DicomSeries series, Opening opening) {
        ImageLimits limits = opening.limits();
        List<DicomSeries.Slice> slices = series.slices();
        DicomReader reader = new DicomReader(opening.disclosure());
        try (DicomFile file = reader.open(slices.getFirst().file(), limits)) {
            int frame = slices.getFirst().frame();
            PixelImage first = file.read(frame);
            Affine affine = affine(file.geometry(frame), series)
                    .filter(Affine::isUsable)
                    .orElseThrow(() -> PatchlensException.badData(
                            id,
                            "the slices have no positions or no pixel spacing, so they make no volume",
                            "Use them as single images"));
            VolumeHeader header = new VolumeHeader(id, "DICOM series", metadata(file, series), places(slices));
            Extent extent = new Extent(first.width(), first.height(), slices.size());
            return new Volume(
                    header,
                    new PlaneStack(id, extent, index -> read(reader, slices.get(index), limits), opening.spools()),
                    affine);
        }
    }

    private static SequencedMap<String, String> metadata(DicomFile file, DicomSeries series) {
        SequencedMap<String, String> columns = new LinkedHashMap<>(file.metadata());
        series.phase().ifPresent(phase -> columns.put("phase", Integer.toString(phase)));
        return columns;
    }

    /// Uneven distances are lost in the affine map; who lays a mask over the slices needs them.
    private static List<Double> places(List<DicomSeries.Slice> slices) {
        double first = slices.getFirst().millimetres().orElse(0);
        return slices.stream()
                .flatMapToDouble(slice -> slice.millimetres().stream())
                .mapToObj(place -> place - first)
                .toList();
    }

    private static PixelImage read(DicomReader reader, DicomSeries.Slice slice, ImageLimits limits) {
        try (DicomFile file = reader.open(slice.file(), limits)) {
            return file.read(slice.frame());
        }
    }

    /// PS3.3 C.7.6.2.1.1 with x and y turned round. A single slice is as thick as its header says, else 1 mm.
    private static Optional<Affine> affine(DicomGeometry geometry, DicomSeries series) {
        double between = series.spacing().orElse(geometry.sliceThickness().orElse(1));
        return geometry.position()
                .flatMap(position -> geometry.spacing().map(spacing -> {
                    Vector3 i = position.alongRow();
                    Vector3 j = position.alongColumn();
                    Vector3 k = position.normal();
                    double columns = spacing.column();
                    double rows = spacing.row();
                    Vector3 corner = position.corner();
                    return new Affine(
                            -i.x() * columns,
                            -j.x() * rows,
                            -k.x() * between,
                            -corner.x(),
                            -i.y() * columns,
                            -j.y() * rows,
                            -k.y() * between,
                            -corner.y(),
                            i.z() * columns,
                            j.z() * rows,
                            k.z() * between,
                            corner.z());
                }));
    }
}
