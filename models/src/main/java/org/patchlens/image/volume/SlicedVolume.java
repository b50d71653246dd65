package org.patchlens.image.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelSpacing;

/// A volume cut into images: each chosen slice is a frame. Holds one slice in memory at a time. Not safe for
/// several threads.
public final class SlicedVolume implements ImageFile {
    /// Pixels count as square while their sides differ by less than this share.
    private static final double SQUARE = 0.01;

    private final Volume volume;
    private final Plane plane;
    private final boolean resample;
    private final List<Integer> indices;

    /// Chooses the slices; with `skipAir` this reads every candidate once.
    ///
    /// @param volume closed with this
    /// @param limits for the pixels of a slice and the number of slices
    /// @throws PatchlensException if nothing is left, or a slice is beyond the limits
    public SlicedVolume(Volume volume, SliceOptions options, ImageLimits limits) {
        this.volume = volume;
        this.plane = options.plane().orElseGet(() -> Plane.natural(volume.extent()));
        this.resample = options.resample();
        refuseBeyond(limits);
        this.indices = chosen(options);
    }

    private void refuseBeyond(ImageLimits limits) {
        PixelSpacing spacing = volume.pixelSpacing(plane);
        long pixels = resample
                ? SquarePixels.pixels(sliceWidth(), sliceHeight(), spacing)
                : (long) sliceWidth() * sliceHeight();
        if (pixels > limits.pixels() || pixels > Integer.MAX_VALUE / 8) {
            throw PatchlensException.badData(
                    volume.id(),
                    "a slice has " + pixels + " pixels, more than the limit of " + limits.pixels(),
                    "Raise --max-pixels if the file is trusted");
        }
        if (volume.slices(plane) > limits.frames()) {
            throw PatchlensException.badData(
                    volume.id(),
                    "the volume has " + volume.slices(plane) + " " + plane.id() + " slices, more than the limit of "
                            + limits.frames(),
                    "Choose fewer with --plane, or raise --max-frames if the file is trusted");
        }
    }

    /// The width of a slice before it is resampled, in pixels.
    public int sliceWidth() {
        return volume.extent().along(plane.horizontal());
    }

    /// The height of a slice before it is resampled, in pixels.
    public int sliceHeight() {
        return volume.extent().along(plane.vertical());
    }

    private List<Integer> chosen(SliceOptions options) {
        List<Integer> selected = options.selection().indices(volume.slices(plane));
        if (selected.isEmpty()) {
            throw PatchlensException.usage(
                    "--slices " + options.selection().id(),
                    volume.id() + " has " + volume.slices(plane) + " " + plane.id() + " slices, counted from 0",
                    "Choose a range that begins before its end");
        }
        if (!options.skipAir()) {
            return selected;
        }
        List<Integer> left = selected.stream()
                .filter(index -> !AirRule.isAir(volume.slice(plane, index)))
                .toList();
        if (left.isEmpty()) {
            throw PatchlensException.badData(
                    volume.id(), "every chosen slice shows nothing but air", "Leave out --skip-air to keep them");
        }
        return left;
    }

    @Override
    public String format() {
        return volume.header().format();
    }

    @Override
    public int frames() {
        return indices.size();
    }

    @Override
    public PixelImage read(int frame) {
        PixelImage slice = volume.slice(plane, indices.get(frame));
        return resample ? SquarePixels.resample(slice) : slice;
    }

    /// The volume itself.
    public Volume volume() {
        return volume;
    }

    /// Where a frame lies in the volume.
    public Slice slice(int frame) {
        int index = indices.get(frame);
        PixelSpacing spacing = volume.pixelSpacing(plane);
        PixelSpacing shown = resample ? SquarePixels.spacing(sliceWidth(), sliceHeight(), spacing) : spacing;
        return new Slice(volume.id(), plane, index, volume.position(plane, index), shown);
    }

    /// What a user should know before trusting the pictures: pixels that are not square although nothing was
    /// resampled.
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        PixelSpacing spacing = volume.pixelSpacing(plane);
        double ratio = Math.max(spacing.row(), spacing.column()) / Math.min(spacing.row(), spacing.column());
        if (!resample && ratio > 1 + SQUARE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "[%s] the %s slices have pixels of %.4g x %.4g mm, so their patches are not square in the body. "
                            + "Use --resample for square pixels.",
                    volume.id(),
                    plane.id(),
                    spacing.row(),
                    spacing.column()));
        }
        return List.copyOf(warnings);
    }

    @Override
    public SequencedMap<String, String> metadata() {
        SequencedMap<String, String> columns =
                new LinkedHashMap<>(volume.header().metadata());
        columns.put("plane", plane.id());
        columns.put("slices", Integer.toString(volume.slices(plane)));
        columns.put("slice_spacing_mm", String.format(Locale.ROOT, "%.6g", volume.sliceSpacing(plane)));
        return columns;
    }

    @Override
    public void close() {
        volume.close();
    }
}
