package org.patchlens.phantom.slice;

import java.util.Set;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.SmoothNoise;
import org.patchlens.phantom.scanner.Letters;
import org.patchlens.phantom.scanner.ShortcutKind;

/// Paints what stands in the room and does not turn with the patient: the table and a marker of lead.
///
/// It shows only where there is air.
final class RoomPainter {
    private static final double SHELL = -330;
    private static final double FOAM = -965;
    private static final double LEAD = 2600;
    private static final double LETTER = 2.6;

    private final Set<ShortcutKind> marks;
    private final SmoothNoise noise;
    private final double back;
    private final double z;

    /// @param back lowest place of the body in the room, in millimetres
    RoomPainter(Set<ShortcutKind> marks, SmoothNoise noise, double back, double z) {
        this.marks = marks;
        this.noise = noise;
        this.back = back;
        this.z = z;
    }

    void paint(SliceCanvas canvas) {
        SliceGrid grid = canvas.grid();
        boolean flat = marks.contains(ShortcutKind.TABLE);
        double bend = 760 + 160 * noise.at(0.5, 9.5, 0.5);
        for (int row = 0; row < grid.size(); row++) {
            double y = grid.roomY(row);
            for (int column = 0; column < grid.size(); column++) {
                double x = grid.roomX(column);
                int number = row * grid.size() + column;
                double air = canvas.air(number);
                if (air > 0) {
                    double under = flat ? y - back - 4 : y - back - 3 + x * x / (2 * bend);
                    table(canvas, number, air, flat ? new Depth(x, under, 52, 212) : new Depth(x, under, 17, 265));
                }
            }
        }
        if (marks.contains(ShortcutKind.MARKER)) {
            marker(canvas);
        }
    }

    /// A place in the table.
    ///
    /// @param x from the middle, in millimetres
    /// @param under below its surface
    /// @param thickness of the table
    /// @param half its width
    private record Depth(double x, double under, double thickness, double half) {}

    private void table(SliceCanvas canvas, int number, double air, Depth depth) {
        double pixel = canvas.grid().pixel();
        double side = Math.abs(depth.x()) - depth.half();
        double inside = Math.max(Math.max(-depth.under(), depth.under() - depth.thickness()), side);
        double cover = Curves.cover(inside, pixel) * air;
        if (cover <= 0) {
            return;
        }
        double shell = Curves.cover(Math.abs(inside + 1.1) - 0.9, pixel);
        canvas.blend(number, cover, Curves.mix(FOAM, SHELL, shell), shell > 0.3 ? Tissue.TABLE : Tissue.BACKGROUND);
    }

    /// The letter of the patient's left side, to the left of the chest, a little higher or lower on each patient.
    private void marker(SliceCanvas canvas) {
        SliceGrid grid = canvas.grid();
        double half = grid.pixel() * grid.size() / 2;
        double left = 0.72 * half + 3 * noise.at(3.5, 0.5, 0.5);
        double top = -0.78 * half + 5 * noise.at(7.5, 0.5, 0.5);
        for (int row = 0; row < grid.size(); row++) {
            for (int column = 0; column < grid.size(); column++) {
                int across = (int) Math.floor((grid.roomX(column) - left) / LETTER);
                int down = (int) Math.floor((grid.roomY(row) - top) / LETTER);
                if (Letters.filled('L', across, down)) {
                    canvas.blend(row * grid.size() + column, 1, LEAD + 5 * noise.at(across, down, z), Tissue.MARKER);
                }
            }
        }
    }
}
