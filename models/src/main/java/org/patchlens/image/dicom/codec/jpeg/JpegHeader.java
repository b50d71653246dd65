package org.patchlens.image.dicom.codec.jpeg;

import java.util.List;

/// The frame header of a JPEG stream (T.81 B.2.2).
///
/// @param process what SOF marker it has
/// @param precision bits per sample
/// @param columns in pixels
/// @param rows in pixels
/// @param components one or three
record JpegHeader(Coding process, int precision, int columns, int rows, List<Component> components) {
    /// The processes that are decoded.
    enum Coding {
        SEQUENTIAL,
        PROGRESSIVE,
        LOSSLESS
    }

    JpegHeader {
        components = List.copyOf(components);
    }

    /// The largest horizontal sampling factor.
    int widest() {
        return components.stream().mapToInt(Component::horizontal).max().orElse(1);
    }

    /// The largest vertical sampling factor.
    int highest() {
        return components.stream().mapToInt(Component::vertical).max().orElse(1);
    }

    /// @param index of the component in the header
    /// @param id that scans use for it
    /// @param horizontal sampling factor, 1 to 4
    /// @param vertical sampling factor, 1 to 4
    /// @param quantization which table
    record Component(int index, int id, int horizontal, int vertical, int quantization) {}
}
