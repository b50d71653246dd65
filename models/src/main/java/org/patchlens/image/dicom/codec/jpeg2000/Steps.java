package org.patchlens.image.dicom.codec.jpeg2000;

/// Lifting steps along one direction. Along rows, places lie one apart and each is one number; along columns,
/// places lie a row apart and each is a whole row, so that the inner loop runs over memory in order.
final class Steps {
    private Steps() {}

    /// The place before the first is the second, the place after the last is the last but one.
    private static int mirrored(int place, int length) {
        int inside = Math.abs(place);
        return inside < length ? inside : 2 * (length - 1) - inside;
    }

    /// On whole numbers.
    static final class Whole {
        private final int[] values;
        private final int step;
        private final int lanes;

        Whole(int[] values, int step, int lanes) {
            this.values = values;
            this.step = step;
            this.lanes = lanes;
        }

        int[] values() {
            return values;
        }

        int step() {
            return step;
        }

        int lanes() {
            return lanes;
        }

        /// Takes a quarter of the neighbours from the even places; `odd` is 1 if the first place is odd.
        void even(int start, int length, int odd) {
            for (int place = odd; place < length; place += 2) {
                int to = start + place * step;
                int before = start + mirrored(place - 1, length) * step;
                int after = start + mirrored(place + 1, length) * step;
                for (int i = 0; i < lanes; i++) {
                    values[to + i] -= (values[before + i] + values[after + i] + 2) >> 2;
                }
            }
        }

        /// Adds half of the neighbours to the odd places.
        void odd(int start, int length, int odd) {
            for (int place = 1 - odd; place < length; place += 2) {
                int to = start + place * step;
                int before = start + mirrored(place - 1, length) * step;
                int after = start + mirrored(place + 1, length) * step;
                for (int i = 0; i < lanes; i++) {
                    values[to + i] += (values[before + i] + values[after + i]) >> 1;
                }
            }
        }

        /// A single place: a high frequency is twice the value.
        void halve(int start, int count, int odd) {
            for (int i = start; odd == 1 && i < start + count; i++) {
                values[i] >>= 1;
            }
        }
    }

    /// On floats.
    static final class Real {
        private final float[] values;
        private final int step;
        private final int lanes;

        Real(float[] values, int step, int lanes) {
            this.values = values;
            this.step = step;
            this.lanes = lanes;
        }

        float[] values() {
            return values;
        }

        int step() {
            return step;
        }

        int lanes() {
            return lanes;
        }

        /// Multiplies every second place from `first`.
        void scale(int start, int length, int first, float factor) {
            for (int place = first; place < length; place += 2) {
                int to = start + place * step;
                for (int i = 0; i < lanes; i++) {
                    values[to + i] *= factor;
                }
            }
        }

        /// Adds a multiple of both neighbours to every second place from `first`.
        void add(int start, int length, int first, float factor) {
            for (int place = first; place < length; place += 2) {
                int to = start + place * step;
                int before = start + mirrored(place - 1, length) * step;
                int after = start + mirrored(place + 1, length) * step;
                for (int i = 0; i < lanes; i++) {
                    values[to + i] += factor * (values[before + i] + values[after + i]);
                }
            }
        }
    }
}
