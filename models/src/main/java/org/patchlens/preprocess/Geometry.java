package org.patchlens.preprocess;

/// How the model's input lies over the image: the image is resized, then a window is cut out. Masks and overlays
/// go the same way.
///
/// @param source the size of the upright image
/// @param resized its size after the resize
/// @param cropTop the first row of the resized image that is kept; negative where the crop is larger than the
///     image
/// @param cropLeft the first column of the resized image that is kept; may be negative
/// @param input the size of the model's input
public record Geometry(Size source, Size resized, int cropTop, int cropLeft, Size input) {
    /// Where a place of the input lies in the source.
    ///
    /// @param inputX in pixels of the input, 0 at the left edge of its first pixel; fractions are welcome
    /// @return in pixels of the source, 0 at the left edge of its first pixel; outside the source over padding
    public double sourceX(double inputX) {
        return (inputX + cropLeft) * source.width() / resized.width();
    }

    /// As [#sourceX], from the top edge.
    public double sourceY(double inputY) {
        return (inputY + cropTop) * source.height() / resized.height();
    }

    /// Where a place of the source lies in the input; the inverse of [#sourceX].
    public double inputX(double sourceX) {
        return sourceX * resized.width() / source.width() - cropLeft;
    }

    /// Where a place of the source lies in the input; the inverse of [#sourceY].
    public double inputY(double sourceY) {
        return sourceY * resized.height() / source.height() - cropTop;
    }

    /// The same with x and y exchanged.
    Geometry transposed() {
        return new Geometry(source.transposed(), resized.transposed(), cropLeft, cropTop, input.transposed());
    }

    /// The rows of the input that show the image; the others are padding.
    Span rows() {
        return Span.of(cropTop, resized.height(), input.height());
    }

    /// The columns of the input that show the image; the others are padding.
    Span columns() {
        return Span.of(cropLeft, resized.width(), input.width());
    }

    /// A run of pixels along one axis.
    ///
    /// @param input the first pixel in the input
    /// @param resized the same pixel in the resized image
    /// @param length how many pixels; 0 or more
    record Span(int input, int resized, int length) {
        private static Span of(int cropStart, int resizedLength, int inputLength) {
            int first = Math.max(0, -cropStart);
            int last = Math.min(inputLength, resizedLength - cropStart);
            return new Span(first, first + cropStart, Math.max(0, last - first));
        }
    }
}
