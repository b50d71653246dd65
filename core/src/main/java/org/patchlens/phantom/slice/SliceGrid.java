package org.patchlens.phantom.slice;

/// Where the pixels of a slice lie in the patient.
///
/// @param size pixels of a side
/// @param pixel side of a pixel in millimetres
/// @param turn of the patient about the long axis, in radians
/// @param shiftX how far the patient lies to the right of the middle of the image, in millimetres
/// @param shiftY how far below
public record SliceGrid(int size, double pixel, double turn, double shiftX, double shiftY) {
    /// x in the room, in millimetres from the middle of the image to the right.
    public double roomX(int column) {
        return (column - (size - 1) / 2.0) * pixel;
    }

    /// y in the room, in millimetres from the middle of the image downwards.
    public double roomY(int row) {
        return (row - (size - 1) / 2.0) * pixel;
    }

    /// The column at a place in the room.
    public double column(double roomX) {
        return roomX / pixel + (size - 1) / 2.0;
    }

    /// The place in the room of a place in the patient.
    public double toRoomX(double x, double y) {
        return Math.cos(turn) * x - Math.sin(turn) * y + shiftX;
    }

    /// The place in the room of a place in the patient.
    public double toRoomY(double x, double y) {
        return Math.sin(turn) * x + Math.cos(turn) * y + shiftY;
    }
}
