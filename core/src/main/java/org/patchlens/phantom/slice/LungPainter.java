package org.patchlens.phantom.slice;

import java.util.List;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Segment;
import org.patchlens.phantom.lesion.Lesion;

/// Paints vessels, bronchi and lesions into the lungs.
final class LungPainter {
    private static final double BLOOD = 40;
    private static final double WALL = -40;
    private static final double LUMEN = -960;

    /// Wider tubes start outside of the lung, in millimetres.
    private static final double CENTRAL = 2.2;

    private final Chest chest;
    private final ChestLevel level;
    private final double pixel;

    LungPainter(Chest chest, ChestLevel level, double pixel) {
        this.chest = chest;
        this.level = level;
        this.pixel = pixel;
    }

    void vessels(SliceCanvas canvas) {
        tubes(canvas, chest.lungs().vessels(), 0, BLOOD, Tissue.VESSEL);
    }

    void bronchi(SliceCanvas canvas) {
        tubes(canvas, chest.lungs().bronchi(), 1, WALL, Tissue.LUNG);
        tubes(canvas, chest.lungs().bronchi(), 0, LUMEN, Tissue.AIRWAY);
    }

    /// Lesions: what they are made of hides what is there already, and keeps its name.
    void lesions(SliceCanvas canvas, List<Lesion> lesions) {
        for (Lesion lesion : lesions) {
            if (lesion.near(level.z())) {
                canvas.forEach(lesion.shadow(level), (number, x, y) -> lesion(canvas, number, lesion, x, y));
            }
        }
    }

    private void lesion(SliceCanvas canvas, int number, Lesion lesion, double x, double y) {
        double lung = canvas.lung(number);
        double extent = lung > 0 ? lesion.extent(level, x, y) : 0;
        if (extent <= 0) {
            return;
        }
        canvas.blend(number, lung * extent * lesion.opacity(level, x, y), lesion.density(level, x, y), Tissue.LUNG);
        if (extent >= 0.5 && lung >= 0.5) {
            canvas.name(number, lesion.tissue());
        }
    }

    /// A tube that is thinner than a pixel covers only a part of those that it meets.
    private void tubes(SliceCanvas canvas, List<Segment> tubes, double wall, double density, Tissue tissue) {
        double z = level.z();
        for (Segment tube : tubes) {
            double around = wall * (0.35 + 0.16 * tube.fromRadius());
            if (!tube.near(z, around)) {
                continue;
            }
            Segment drawn = tube.withRadii(tube.fromRadius() + around, tube.toRadius() + around);
            boolean central = tube.fromRadius() > CENTRAL;
            canvas.forEach(drawn.shadow(z), (number, x, y) -> {
                double inside = central ? 1 : canvas.lung(number);
                double cover = inside > 0 ? inside * Curves.cover(drawn.distance(x, y, z), pixel) : 0;
                if (cover > 0) {
                    canvas.blend(number, cover, density, tissue);
                }
            });
        }
    }
}
