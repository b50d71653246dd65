package org.patchlens.neighbor;

/// Partial sorting (Hoare 1961, "Algorithm 65: Find").
final class Selection {
    private Selection() {}

    /// Moves the `count` smallest of the numbers from `from` (inclusive) to `to` (exclusive) to the front, in any
    /// order.
    static void smallestFirst(long[] numbers, int from, int to, int count) {
        int low = from;
        int high = to - 1;
        int last = from + count - 1;
        while (low < high) {
            long pivot = numbers[(low + high) >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (numbers[left] < pivot) {
                    left++;
                }
                while (numbers[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long swapped = numbers[left];
                    numbers[left++] = numbers[right];
                    numbers[right--] = swapped;
                }
            }
            if (last <= right) {
                high = right;
            } else if (last >= left) {
                low = left;
            } else {
                return;
            }
        }
    }
}
