package org.patchlens.phantom.anatomy;

import org.patchlens.phantom.geometry.Contour;
import org.patchlens.phantom.geometry.Curves;

/// What shapes the lungs at one height of a chest.
///
/// @param chest of which this is a level
/// @param z the height
/// @param centreY of the contours
/// @param cavity the surface of the cavity
/// @param mediastinum what lies between the lungs there
public record ChestLevel(Chest chest, double z, double centreY, Contour cavity, Mediastinum.Level mediastinum) {
    private static final double PLEURA = 1;
    private static final double APEX = 112;

    /// The signed distance to the surface of the cavity.
    public double cavity(double x, double y) {
        double outward = y - centreY;
        return Curves.length(x, outward) - cavity.towards(Math.atan2(outward, x));
    }

    /// The signed distance to the lungs.
    public double lung(double x, double y) {
        return lung(cavity(x, y), x, y);
    }

    /// The signed distance to the lungs where that to the cavity is known.
    public double lung(double cavityDistance, double x, double y) {
        double wall = cavityDistance + PLEURA;
        if (wall > 8) {
            return wall;
        }
        double apex = z - APEX * chest.measures().length();
        double inner = Math.max(-chest.mediastinum().distance(mediastinum, x, y), apex);
        return Math.max(Math.max(wall, inner), -chest.diaphragm().distance(x, y, z));
    }
}
