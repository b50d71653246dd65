package org.patchlens.cli;

import java.util.List;
import java.util.Locale;

/// How much room something takes, for reading.
final class ByteSize {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");

    private ByteSize() {}

    /// Such as `812 MB`, in powers of ten, three digits.
    static String of(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double size = bytes / 1000.0;
        int unit = 0;
        while (size >= 999.5 && unit < UNITS.size() - 1) {
            size /= 1000;
            unit++;
        }
        String digits = size < 9.995 ? "%.2f %s" : size < 99.95 ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, digits, size, UNITS.get(unit));
    }
}
