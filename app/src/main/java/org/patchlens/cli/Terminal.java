package org.patchlens.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/// What a run of the program talks to; tests hand in their own.
///
/// @param out for data
/// @param err for everything else
/// @param animated whether `err` is shown on a terminal, where a line can be redrawn
/// @param colored whether the user wants colours in help and errors
/// @param nanoClock the time in nanoseconds from an arbitrary origin
/// @param crashFolder where the details of a mistake of Patchlens itself are written
/// @param environment variables of the process
record Terminal(
        PrintStream out,
        PrintStream err,
        boolean animated,
        boolean colored,
        LongSupplier nanoClock,
        Path crashFolder,
        Map<String, String> environment) {
    Terminal {
        environment = Map.copyOf(environment);
    }
}
