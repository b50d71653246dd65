/// The command line: the only place with a `main`, with `System.out`, and with exit codes.
///
/// Data go to stdout, everything else to stderr. A command returns an [ExitCode] or throws
/// [org.patchlens.PatchlensException]; [Program] translates it, and nobody else does.
@NullMarked
package org.patchlens.cli;

import org.jspecify.annotations.NullMarked;
