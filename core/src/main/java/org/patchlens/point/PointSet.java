package org.patchlens.point;

import java.util.Arrays;
import java.util.Objects;
import org.patchlens.study.Study;

/// Points chosen from a study, in the order of their images, then patches; the same for every layer.
///
/// 4 bytes per point and per image. Never changes.
public final class PointSet {
    private final PointUnit unit;
    /// `int[images + 1]`: where the points of each image start.
    private final int[] starts;
    /// `int[N]`.
    private final int[] patches;

    private PointSet(PointUnit unit, int[] starts, int[] patches) {
        this.unit = unit;
        this.starts = starts;
        this.patches = patches;
    }

    /// Chooses.
    ///
    /// @throws org.patchlens.PatchlensException if the study has no such points, or no column or mask that is
    ///     named
    public static PointSet of(Study study, PointChoice choice) {
        return new PointDraw(study, choice).points();
    }

    /// @param unit what a point is
    /// @param perImage the patches of each image, ascending; 0 for a point that is an image
    static PointSet of(PointUnit unit, int[][] perImage) {
        int[] starts = new int[perImage.length + 1];
        for (int image = 0; image < perImage.length; image++) {
            starts[image + 1] = Math.addExact(starts[image], perImage[image].length);
        }
        int[] patches = new int[starts[perImage.length]];
        for (int image = 0; image < perImage.length; image++) {
            System.arraycopy(perImage[image], 0, patches, starts[image], perImage[image].length);
        }
        return new PointSet(unit, starts, patches);
    }

    /// What a point is.
    public PointUnit unit() {
        return unit;
    }

    /// N, the number of points.
    public int size() {
        return patches.length;
    }

    /// The number of images of the study, with or without points.
    public int images() {
        return starts.length - 1;
    }

    /// The first point of an image.
    public int start(int image) {
        return starts[image];
    }

    /// Behind the last point of an image.
    public int end(int image) {
        return starts[image + 1];
    }

    /// The number of points of an image.
    public int count(int image) {
        return starts[image + 1] - starts[image];
    }

    /// The image of a point.
    public int image(int point) {
        Objects.checkIndex(point, size());
        int found = Arrays.binarySearch(starts, point);
        int image = found >= 0 ? found : -found - 2;
        // an image without points starts where the next one does
        while (starts[image + 1] == point) {
            image++;
        }
        return image;
    }

    /// The patch of a point; 0 for points that are images.
    public int patch(int point) {
        return patches[point];
    }

    /// The patches of an image, ascending; a copy.
    public int[] patches(int image) {
        return Arrays.copyOfRange(patches, starts[image], starts[image + 1]);
    }

    /// Decides over a point.
    @FunctionalInterface
    public interface Keep {
        /// Whether the point is kept.
        boolean test(int point);
    }

    /// The same points, of which some only are kept.
    public PointSet only(Keep keep) {
        int[] keptStarts = new int[starts.length];
        int[] kept = new int[patches.length];
        int at = 0;
        for (int image = 0; image < images(); image++) {
            for (int point = starts[image]; point < starts[image + 1]; point++) {
                if (keep.test(point)) {
                    kept[at++] = patches[point];
                }
            }
            keptStarts[image + 1] = at;
        }
        return new PointSet(unit, keptStarts, Arrays.copyOf(kept, at));
    }
}
