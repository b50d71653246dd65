package org.patchlens.phantom.anatomy;

import org.patchlens.phantom.geometry.Contour;
import org.patchlens.tensor.Seed;

/// The whole chest of one patient.
public final class Chest {
    private static final double LEVEL = 4;
    private static final int LEVELS = 80;
    private static final double LOWEST = -170;

    private final Measures measures;
    private final Cage cage;
    private final Ribs ribs;
    private final Spine spine;
    private final Mediastinum mediastinum;
    private final Shoulders shoulders;
    private final Diaphragm diaphragm;
    private final Lungs lungs;
    private final ChestLevel[] levels = new ChestLevel[LEVELS];

    public Chest(Measures measures, Seed seed) {
        this.measures = measures;
        this.cage = new Cage(measures, seed.task(0));
        this.ribs = new Ribs(measures, seed.task(1));
        this.spine = new Spine(measures);
        this.mediastinum = new Mediastinum(measures, spine, seed.task(2));
        this.shoulders = new Shoulders(measures);
        this.diaphragm = new Diaphragm(measures, seed.task(3));
        for (int i = 0; i < LEVELS; i++) {
            levels[i] = inside(LOWEST + i * LEVEL);
        }
        this.lungs = new Lungs(measures, (x, y, z) -> lung(x, y, z) < -4, seed.task(4));
    }

    private ChestLevel inside(double z) {
        return new ChestLevel(this, z, cage.centreY(z), cage.cavity(z), mediastinum.at(z));
    }

    /// The cavity and what shapes the lungs at a height.
    public ChestLevel level(double z) {
        return inside(z);
    }

    /// The signed distance to the lungs, in millimetres, at the nearest of levels 4 mm apart.
    public double lung(double x, double y, double z) {
        int level = Math.clamp(Math.round((z - LOWEST) / LEVEL), 0, LEVELS - 1);
        double distance = levels[level].lung(x, y);
        return z > LOWEST + LEVELS * LEVEL ? Double.MAX_VALUE : distance;
    }

    /// The outside of the muscles at a height.
    public Contour muscles(ChestLevel level) {
        return cage.muscles(level.z(), level.cavity());
    }

    /// The measures of the body.
    public Measures measures() {
        return measures;
    }

    /// The layers of the wall.
    public Cage cage() {
        return cage;
    }

    /// The ribs.
    public Ribs ribs() {
        return ribs;
    }

    /// The spine.
    public Spine spine() {
        return spine;
    }

    /// The bones around the upper chest.
    public Shoulders shoulders() {
        return shoulders;
    }

    /// What lies between the lungs.
    public Mediastinum mediastinum() {
        return mediastinum;
    }

    /// The domes under the lungs.
    public Diaphragm diaphragm() {
        return diaphragm;
    }

    /// The trees in the lungs.
    public Lungs lungs() {
        return lungs;
    }
}
