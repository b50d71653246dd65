package org.patchlens.image.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static byte[] content() {
        byte[] content = new byte[200_001];
        new Random(1).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 20})
    void bytesComeBackFromMemoryAndFromAFile(long inMemory) throws IOException {
        byte[] content = content();
        try (Spool spool = Spool.of(new ByteArrayInputStream(content), content.length - 1, inMemory)) {
            assertThat(spool.bytes().toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(Arrays.copyOf(content, content.length - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 20})
    void aStreamThatEndsTooEarlyIsSaid(long inMemory) {
        byte[] content = content();

        assertThatThrownBy(() -> Spool.of(new ByteArrayInputStream(content), content.length + 1L, inMemory))
                .isInstanceOf(EOFException.class)
                .hasMessage("200001 of 200002 bytes");
    }
}
