package org.patchlens.preprocess;

/// To which size an image is resized before the crop.
public sealed interface ResizeRule {
    /// The size of the resized image.
    Size resized(Size source);

    /// The same rule for another model input.
    ///
    /// @param height the factor of the new input height over the old one
    /// @param width the factor of the new input width over the old one
    ResizeRule scaled(double height, double width);

    /// The image keeps its size.
    record Keep() implements ResizeRule {
        @Override
        public Size resized(Size source) {
            return source;
        }

        @Override
        public ResizeRule scaled(double height, double width) {
            return this;
        }

        @Override
        public String toString() {
            return "none";
        }
    }

    /// Every image gets this size; its aspect ratio is lost.
    record Fixed(Size size) implements ResizeRule {
        @Override
        public Size resized(Size source) {
            return size;
        }

        @Override
        public ResizeRule scaled(double height, double width) {
            return new Fixed(new Size(times(size.height(), height), times(size.width(), width)));
        }

        @Override
        public String toString() {
            return size.toString();
        }
    }

    /// The shorter edge gets this length and the aspect ratio stays; the longer edge is rounded down.
    ///
    /// @param length in pixels
    record ShortestEdge(int length) implements ResizeRule {
        @Override
        public Size resized(Size source) {
            if (source.width() <= source.height()) {
                return new Size(longer(source.height(), source.width()), length);
            }
            return new Size(length, longer(source.width(), source.height()));
        }

        private int longer(int longEdge, int shortEdge) {
            // The processors truncate this quotient of doubles; a pixel more or less moves the crop.
            return (int) Math.min(Integer.MAX_VALUE, (double) ((long) length * longEdge) / shortEdge);
        }

        /// Scales by the larger factor, so that the resized image still covers the whole crop.
        @Override
        public ResizeRule scaled(double height, double width) {
            return new ShortestEdge(times(length, Math.max(height, width)));
        }

        @Override
        public String toString() {
            return "shortest edge " + length;
        }
    }

    private static int times(int pixels, double factor) {
        return Math.max(1, Math.toIntExact(Math.round(pixels * factor)));
    }
}
