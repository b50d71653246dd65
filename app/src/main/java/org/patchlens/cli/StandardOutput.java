package org.patchlens.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.patchlens.PatchlensException;

/// The program's stdout, which remembers why it could not be written: a `PrintStream` only knows that.
final class StandardOutput extends FilterOutputStream {
    private Optional<IOException> failure = Optional.empty();

    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure.isPresent() ? failure : Optional.of(e);
            throw e;
        }
    }

    /// Refuses to end as if all was well where data did not reach their reader. A reader that has seen enough and
    /// closed the pipe, as `head` does, is no trouble.
    ///
    /// @throws PatchlensException if, for example, the disk is full
    void verify() {
        failure.filter(e -> !isBrokenPipe(e)).ifPresent(e -> {
            throw PatchlensException.badData("standard output", "cannot be written: " + e.getMessage(), "")
                    .causedBy(e);
        });
    }

    private static boolean isBrokenPipe(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe");
    }
}
