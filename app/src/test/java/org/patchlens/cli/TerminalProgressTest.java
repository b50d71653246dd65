package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.patchlens.PatchlensException;

class TerminalProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();

    private TerminalProgress progress(boolean animated) {
        PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(err, err, animated, false, clock::get, Path.of("."), Map.of());
        return new TerminalProgress(
                terminal, new TerminalProgress.Work("extract", "images", "Run it again."), stop::get);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLogGetsALineEveryFiveSecondsAndOneAtTheEnd() {
        try (TerminalProgress progress = progress(false)) {
            for (int done = 0; done <= 120; done++) {
                clock.set(done * SECOND / 10);
                progress.report("extract", done, 120);
            }
        }
        assertThat(shown()).isEqualTo("""
            extract  50/120 images  10.0/s  ETA 0:07
            extract  100/120 images  10.0/s  ETA 0:02
            extract  120/120 images  10.0/s  in 0:12
            """);
    }

    @Test
    void aTerminalIsRedrawnAtMostTenTimesASecond() {
        try (TerminalProgress progress = progress(true)) {
            for (int done = 0; done <= 1000; done++) {
                clock.set(done * SECOND / 1000);
                progress.report("extract", done, 1000);
            }
        }
        assertThat(shown().chars().filter(c -> c == '\r').count()).isEqualTo(11);
        assertThat(shown()).endsWith("extract  1000/1000 images  1000.0/s  in 0:01\n");
    }

    @Test
    void whatWasDoneBeforeDoesNotCountAsSpeed() {
        try (TerminalProgress progress = progress(false)) {
            progress.report("extract", 90, 120);
            clock.set(10 * SECOND);
            progress.report("extract", 100, 120);
        }
        assertThat(shown()).isEqualTo("extract  100/120 images  1.00/s  ETA 0:20\n");
    }

    @Test
    void everyStageHasItsOwnLine() {
        try (TerminalProgress progress = progress(true)) {
            progress.report("find", 1, 1);
            progress.report("extract", 0, 2);
        }
        assertThat(shown()).isEqualTo("\rfind  1/1 images\n\rextract  0/2 images\n");
    }

    @Test
    void aRequestToStopBecomesAnInterruptionThatSaysHowToGoOn() {
        try (TerminalProgress progress = progress(false)) {
            progress.report("extract", 1, 217);
            stop.set(true);
            assertThatThrownBy(() -> progress.report("extract", 2, 217))
                    .isInstanceOfSatisfying(PatchlensException.class, e -> {
                        assertThat(e.category()).isEqualTo(PatchlensException.Category.INTERRUPTED);
                        assertThat(e).hasMessage("[extract] stopped in extract at 2 of 217. Run it again.");
                    });
        }
    }
}
