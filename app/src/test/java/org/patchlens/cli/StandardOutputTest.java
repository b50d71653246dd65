package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.patchlens.PatchlensException;

class StandardOutputTest {
    private static StandardOutput failingWith(String message) {
        StandardOutput output = new StandardOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        });
        try (PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            print.println("data");
        }
        return output;
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoTrouble() {
        assertThatCode(failingWith("Broken pipe")::verify).doesNotThrowAnyException();
    }

    @Test
    void dataThatDidNotReachTheDiskAreAnError() {
        assertThatThrownBy(failingWith("No space left on device")::verify)
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[standard output] cannot be written: No space left on device.");
    }
}
