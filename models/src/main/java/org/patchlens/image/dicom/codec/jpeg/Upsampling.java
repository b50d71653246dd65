package org.patchlens.image.dicom.codec.jpeg;

/// Brings a component to full resolution: linear between the centres of its samples, as most decoders do, so that
/// halved colour differences have weights 3/4 and 1/4.
final class Upsampling {
    private Upsampling() {}

    /// Where samples go.
    static final class Target {
        private final int[] values;
        private final int columns;
        private final int rows;
        private final int step;
        private final int first;

        Target(int[] values, int columns, int rows, int step, int first) {
            this.values = values;
            this.columns = columns;
            this.rows = rows;
            this.step = step;
            this.first = first;
        }

        int[] values() {
            return values;
        }

        int columns() {
            return columns;
        }

        int rows() {
            return rows;
        }

        int step() {
            return step;
        }

        int first() {
            return first;
        }
    }

    static void spread(int[] samples, DctImage.Plane plane, Target target, double wide, double high) {
        int stride = plane.usedWide() * 8;
        if (wide == 1 && high == 1) {
            copy(samples, stride, target);
            return;
        }
        for (int y = 0; y < target.rows(); y++) {
            double sourceY = bound((y + 0.5) / high - 0.5, plane.rows() - 1);
            int top = (int) sourceY;
            int bottom = Math.min(top + 1, plane.rows() - 1);
            double down = sourceY - top;
            for (int x = 0; x < target.columns(); x++) {
                double sourceX = bound((x + 0.5) / wide - 0.5, plane.columns() - 1);
                int left = (int) sourceX;
                int right = Math.min(left + 1, plane.columns() - 1);
                double across = sourceX - left;
                double upper = mix(samples[top * stride + left], samples[top * stride + right], across);
                double lower = mix(samples[bottom * stride + left], samples[bottom * stride + right], across);
                target.values()[(y * target.columns() + x) * target.step() + target.first()] =
                        (int) (mix(upper, lower, down) + 0.5);
            }
        }
    }

    private static void copy(int[] samples, int stride, Target target) {
        for (int y = 0; y < target.rows(); y++) {
            int to = y * target.columns() * target.step() + target.first();
            for (int x = 0; x < target.columns(); x++, to += target.step()) {
                target.values()[to] = samples[y * stride + x];
            }
        }
    }

    private static double bound(double position, int last) {
        return Math.max(0, Math.min(last, position));
    }

    private static double mix(double from, double to, double share) {
        return from + (to - from) * share;
    }
}
