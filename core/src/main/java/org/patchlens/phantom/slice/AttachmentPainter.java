package org.patchlens.phantom.slice;

import java.util.Set;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Contour;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;
import org.patchlens.phantom.geometry.Segment;
import org.patchlens.phantom.scanner.ShortcutKind;

/// Paints what is attached to the chest: arms that lie beside it, a tube in the gullet and a cable on the skin.
final class AttachmentPainter {
    private static final double ARM = 44;
    private static final double ARM_TOP = 84;
    private static final double TUBE = 2.6;
    private static final double CABLE = 2.4;

    private final Chest chest;
    private final ChestLevel level;
    private final Contour skin;

    AttachmentPainter(Chest chest, ChestLevel level) {
        this.chest = chest;
        this.level = level;
        this.skin = chest.cage().skin(level.z(), chest.muscles(level));
    }

    void paint(SliceCanvas canvas, Set<ShortcutKind> marks) {
        if (!chest.measures().armsUp()) {
            arm(canvas, -1);
            arm(canvas, 1);
        }
        if (marks.contains(ShortcutKind.TUBE)) {
            tube(canvas);
            cable(canvas);
        }
    }

    private void arm(SliceCanvas canvas, int side) {
        double size = (0.82 + 0.012 * chest.measures().fat()) * ARM;
        double x = side * (skin.towards(0) + size + 7);
        double y = level.centreY() + 14;
        double end = Math.max(0, level.z() / chest.measures().length() - ARM_TOP);
        Disc bounds = new Disc(x, y, size + 4);
        double fat = 3 + 0.5 * chest.measures().fat();
        layer(canvas, bounds, size - end, new Filling(-104, Tissue.FAT));
        layer(canvas, bounds, size - fat - end, new Filling(55, Tissue.SOFT_TISSUE));
        layer(canvas, bounds, 12 - end, new Filling(820, Tissue.BONE));
        layer(canvas, bounds, 7 - end, new Filling(60, Tissue.BONE));
    }

    /// What a layer of the arm is made of.
    ///
    /// @param density in Hounsfield units
    /// @param tissue its name
    private record Filling(double density, Tissue tissue) {}

    private static void layer(SliceCanvas canvas, Disc middle, double radius, Filling filling) {
        canvas.fill(
                middle,
                (x, y) -> Curves.length(x - middle.x(), (y - middle.y()) * 0.9) - radius,
                (x, y) -> filling.density(),
                filling.tissue());
    }

    private void tube(SliceCanvas canvas) {
        double z = level.z();
        for (Segment gullet : chest.mediastinum().gullet()) {
            Segment tube = gullet.withRadii(TUBE, TUBE);
            if (tube.near(z, 0)) {
                canvas.fill(tube.shadow(z), (x, y) -> tube.distance(x, y, z), (x, y) -> 900, Tissue.TUBE);
                canvas.fill(tube.shadow(z), (x, y) -> tube.distance(x, y, z) + 1.3, (x, y) -> -950, Tissue.TUBE);
            }
        }
    }

    private void cable(SliceCanvas canvas) {
        double angle = -Math.PI / 2 - 0.45;
        double radius = skin.towards(angle) + CABLE;
        Disc cable = new Disc(Math.cos(angle) * radius, level.centreY() + Math.sin(angle) * radius, 2 * CABLE);
        canvas.fill(cable, (x, y) -> Curves.length(x - cable.x(), y - cable.y()) - CABLE, (x, y) -> 2700, Tissue.TUBE);
    }
}
