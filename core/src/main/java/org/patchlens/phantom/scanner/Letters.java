package org.patchlens.phantom.scanner;

import java.util.Map;

/// Capital letters of five by seven squares.
public final class Letters {
    /// Squares across.
    public static final int WIDTH = 5;

    /// Squares down.
    public static final int HEIGHT = 7;

    /// Seven rows of each letter, the leftmost square in bit 4.
    private static final Map<Character, int[]> ROWS = Map.of(
            'B', new int[] {0b11110, 0b10001, 0b10001, 0b11110, 0b10001, 0b10001, 0b11110},
            'C', new int[] {0b01111, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b01111},
            'D', new int[] {0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110},
            'E', new int[] {0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111},
            'I', new int[] {0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b11111},
            'L', new int[] {0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111},
            'R', new int[] {0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001},
            'U', new int[] {0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110},
            ' ', new int[HEIGHT]);

    private Letters() {}

    /// Whether a square of a letter is filled; nothing is outside of it.
    public static boolean filled(char letter, int column, int row) {
        if (column < 0 || column >= WIDTH || row < 0 || row >= HEIGHT) {
            return false;
        }
        int[] rows = ROWS.get(letter);
        if (rows == null) {
            throw new IllegalArgumentException("no letter " + letter);
        }
        return (rows[row] >> (WIDTH - 1 - column) & 1) == 1;
    }
}
