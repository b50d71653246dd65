package org.patchlens.phantom.slice;

import org.patchlens.phantom.anatomy.Cage;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Contour;
import org.patchlens.phantom.scanner.Letters;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.tensor.Seed;

/// Scans slices of a subject: paints thin ones through the thickness of the slice, averages them, and lets the
/// scanner blur and add noise.
///
/// A slice depends on the subject, the height and the number of pixels alone; safe for several threads.
public final class SliceScan {
    private static final int LOWEST = -1024;
    private static final int HIGHEST = 3071;
    private static final double LAYER = 1.3;
    private static final String WORDS = "ICU BED";

    private final Subject subject;
    private final SliceGrid grid;
    private final double back;

    /// @param size pixels of a side
    public SliceScan(Subject subject, int size) {
        this.subject = subject;
        Chest chest = subject.chest();
        double lowest = back(chest);
        this.grid = new SliceGrid(
                size,
                subject.acquisition().fieldOfView() / size,
                chest.measures().turn(),
                subject.shiftX(),
                -0.5 * (lowest + front(chest)) - 4);
        this.back = lowest + grid.shiftY();
    }

    /// Side of a pixel in millimetres.
    public double pixel() {
        return grid.pixel();
    }

    /// Takes the slice at a height.
    public PhantomSlice at(double z) {
        double thickness = subject.acquisition().scanner().thickness();
        int layers = Math.max(1, (int) Math.round(thickness / LAYER));
        float[] sum = new float[grid.size() * grid.size()];
        byte[] labels = {};
        for (int layer = 0; layer < layers; layer++) {
            SliceCanvas canvas = painted(z + thickness * ((layer + 0.5) / layers - 0.5));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += canvas.hounsfield()[i] / layers;
            }
            labels = layer == layers / 2 ? canvas.labels() : labels;
        }
        Seed own = subject.seed().task(Math.round(z * 16));
        return finished(subject.acquisition().image(sum, grid.size(), own), labels);
    }

    private SliceCanvas painted(double z) {
        Chest chest = subject.chest();
        ChestLevel level = chest.level(z);
        SliceCanvas canvas = new SliceCanvas(grid);
        new WallPainter(chest, level, subject.texture(), grid.pixel()).paint(canvas);
        new OrganPainter(chest, level, subject.texture(), grid.pixel()).paint(canvas);
        new BonePainter(chest, level, subject.texture(), grid.pixel()).paint(canvas);
        LungPainter lungs = new LungPainter(chest, level, grid.pixel());
        lungs.lesions(canvas, subject.lesions());
        lungs.vessels(canvas);
        lungs.bronchi(canvas);
        new AttachmentPainter(chest, level).paint(canvas, subject.marks());
        new RoomPainter(subject.marks(), subject.texture().wall(), back, z).paint(canvas);
        return canvas;
    }

    private PhantomSlice finished(float[] image, byte[] labels) {
        short[] hounsfield = new short[image.length];
        for (int i = 0; i < image.length; i++) {
            hounsfield[i] = (short) Math.clamp(Math.round(image[i]), LOWEST, HIGHEST);
        }
        if (subject.marks().contains(ShortcutKind.TEXT)) {
            burn(hounsfield, labels);
        }
        return new PhantomSlice(grid.size(), grid.pixel(), hounsfield, labels);
    }

    /// Words in the upper left corner, in pixels of the picture and as bright as it can be.
    private void burn(short[] hounsfield, byte[] labels) {
        double square = grid.size() / 200.0;
        double margin = grid.size() / 40.0;
        int advance = Letters.WIDTH + 1;
        for (int row = 0; row < grid.size(); row++) {
            int down = (int) Math.floor((row - margin) / square);
            for (int column = 0; column < grid.size(); column++) {
                int across = (int) Math.floor((column - margin) / square);
                boolean inside = across >= 0 && across < WORDS.length() * advance;
                if (inside && Letters.filled(WORDS.charAt(across / advance), across % advance, down)) {
                    hounsfield[row * grid.size() + column] = HIGHEST;
                    labels[row * grid.size() + column] = Tissue.TEXT.label();
                }
            }
        }
    }

    /// The lowest place of the body's back, where it lies on the table.
    private static double back(Chest chest) {
        double lowest = 0;
        for (int height = -100; height <= 40; height += 20) {
            lowest = Math.max(lowest, reach(chest, height, Math.PI / 2 - 0.35));
        }
        return lowest;
    }

    private static double front(Chest chest) {
        return -reach(chest, -20, -Math.PI / 2);
    }

    private static double reach(Chest chest, double height, double angle) {
        double z = height * chest.measures().length();
        ChestLevel level = chest.level(z);
        Cage cage = chest.cage();
        Contour skin = cage.skin(z, chest.muscles(level));
        return Math.abs(level.centreY() + skin.towards(angle) * Math.sin(angle));
    }
}
