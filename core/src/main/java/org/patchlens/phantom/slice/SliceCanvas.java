package org.patchlens.phantom.slice;

import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;

/// A slice that is being painted: Hounsfield units, labels, and how much of each pixel is lung.
///
/// Coordinates of shapes are those of the patient; the edge of a shape is one pixel wide. Used by one thread.
public final class SliceCanvas {
    private final SliceGrid grid;
    private final double cosine;
    private final double sine;
    private final float[] hounsfield;
    private final byte[] labels;
    private final byte[] lesions;
    private final float[] lung;

    /// A shape in the plane.
    @FunctionalInterface
    public interface Shape {
        /// The signed distance in millimetres.
        double distance(double x, double y);
    }

    /// What a shape is filled with.
    @FunctionalInterface
    public interface Density {
        /// Hounsfield units at a place.
        double at(double x, double y);
    }

    /// Does something at a pixel.
    @FunctionalInterface
    interface Visitor {
        /// Called for each pixel, row by row.
        ///
        /// @param pixel its number
        /// @param x its place in the patient, in millimetres
        /// @param y its place in the patient, in millimetres
        void visit(int pixel, double x, double y);
    }

    SliceCanvas(SliceGrid grid) {
        this.grid = grid;
        this.cosine = Math.cos(grid.turn());
        this.sine = Math.sin(grid.turn());
        this.hounsfield = new float[grid.size() * grid.size()];
        this.labels = new byte[grid.size() * grid.size()];
        this.lesions = new byte[grid.size() * grid.size()];
        this.lung = new float[grid.size() * grid.size()];
    }

    /// Visits all pixels, row by row.
    void forEach(Visitor visitor) {
        visit(0, grid.size() - 1, 0, grid.size() - 1, visitor);
    }

    /// Visits the pixels whose centres may lie in a disc.
    void forEach(Disc disc, Visitor visitor) {
        double radius = disc.radius() / grid.pixel() + 1;
        double column = grid.column(grid.toRoomX(disc.x(), disc.y()));
        double row = grid.column(grid.toRoomY(disc.x(), disc.y()));
        int last = grid.size() - 1;
        visit(
                (int) Math.max(0, Math.ceil(column - radius)),
                (int) Math.min(last, Math.floor(column + radius)),
                (int) Math.max(0, Math.ceil(row - radius)),
                (int) Math.min(last, Math.floor(row + radius)),
                visitor);
    }

    private void visit(int left, int right, int top, int bottom, Visitor visitor) {
        for (int row = top; row <= bottom; row++) {
            double down = grid.roomY(row) - grid.shiftY();
            for (int column = left; column <= right; column++) {
                double across = grid.roomX(column) - grid.shiftX();
                visitor.visit(row * grid.size() + column, cosine * across + sine * down, cosine * down - sine * across);
            }
        }
    }

    /// Fills a shape.
    public void fill(Disc bounds, Shape shape, Density density, Tissue tissue) {
        forEach(bounds, (pixel, x, y) -> {
            double cover = Curves.cover(shape.distance(x, y), grid.pixel());
            if (cover > 0) {
                blend(pixel, cover, density.at(x, y), tissue);
            }
        });
    }

    /// Fills the part of a shape that lies in the lungs.
    public void fillInLung(Disc bounds, Shape shape, Density density, Tissue tissue) {
        forEach(bounds, (pixel, x, y) -> {
            if (lung[pixel] > 0) {
                double cover = Curves.cover(shape.distance(x, y), grid.pixel()) * lung[pixel];
                if (cover > 0) {
                    blend(pixel, cover, density.at(x, y), tissue);
                }
            }
        });
    }

    /// Covers a share of a pixel; whoever covers at least half of it names it.
    void blend(int pixel, double cover, double density, Tissue tissue) {
        hounsfield[pixel] += (float) (cover * (density - hounsfield[pixel]));
        if (cover >= 0.5) {
            labels[pixel] = tissue.label();
        }
    }

    /// Names a pixel without a change of its density; later tissue does not change a lesion's name.
    void name(int pixel, Tissue lesion) {
        lesions[pixel] = lesion.label();
    }

    /// 1 in the body, 0 in the air around it.
    double body(int pixel) {
        return labels[pixel] == Tissue.BACKGROUND.label() ? 0 : 1;
    }

    /// How much of a pixel is air outside of the body, 0 to 1.
    double air(int pixel) {
        return labels[pixel] == Tissue.BACKGROUND.label() && lung[pixel] == 0
                ? Math.clamp((-700 - hounsfield[pixel]) / 250, 0, 1)
                : 0;
    }

    void setLung(int pixel, double cover) {
        lung[pixel] = (float) cover;
    }

    /// How much of a pixel is lung, 0 to 1.
    double lung(int pixel) {
        return lung[pixel];
    }

    /// Hounsfield units, row by row.
    public float[] hounsfield() {
        return hounsfield;
    }

    /// Labels of [Tissue], row by row; lesions before everything else.
    public byte[] labels() {
        byte[] named = labels.clone();
        for (int i = 0; i < named.length; i++) {
            named[i] = lesions[i] == 0 ? labels[i] : lesions[i];
        }
        return named;
    }

    /// Where the pixels lie.
    public SliceGrid grid() {
        return grid;
    }
}
