package org.patchlens.image.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedSpoolsTest {
    private final SharedSpools spools = new SharedSpools();
    private final AtomicInteger filled = new AtomicInteger();

    private SharedSpools.Share share(String key) throws IOException {
        return spools.share(key, () -> {
            filled.incrementAndGet();
            return Spool.of(new ByteArrayInputStream(new byte[] {1, 2, 3}), 3);
        });
    }

    @Test
    void readersOfOneFileShareOneCopyUntilTheLastOneLeaves() throws IOException {
        SharedSpools.Share first = share("a");
        SharedSpools.Share second = share("a");
        assertThat(filled).hasValue(1);
        first.close();
        first.close();
        assertThat(second.bytes().get(ValueLayout.JAVA_BYTE, 2)).isEqualTo((byte) 3);
        second.close();
        assertThat(spools.size()).isZero();
        assertThatThrownBy(() -> second.bytes().get(ValueLayout.JAVA_BYTE, 2))
                .isInstanceOf(IllegalStateException.class);
        share("a").close();
        assertThat(filled).hasValue(2);
    }

    @Test
    void filesDoNotShare() throws IOException {
        try (SharedSpools.Share one = share("a");
                SharedSpools.Share other = share("b")) {
            assertThat(one.bytes()).isNotEqualTo(other.bytes());
        }
        assertThat(filled).hasValue(2);
    }

    @Test
    void aDamagedFileLeavesNothingBehind() {
        assertThatThrownBy(() -> spools.share("a", () -> Spool.of(new ByteArrayInputStream(new byte[1]), 3)))
                .isInstanceOf(EOFException.class);
        assertThat(spools.size()).isZero();
    }

    @Test
    void eightThreadsFillItOnce() throws Exception {
        CountDownLatch allHaveIt = new CountDownLatch(8);
        Callable<Integer> reading = () -> {
            try (SharedSpools.Share share = share("a")) {
                allHaveIt.countDown();
                allHaveIt.await();
                return (int) share.bytes().get(ValueLayout.JAVA_BYTE, 1);
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(reading));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(2);
            }
        }
        assertThat(filled).hasValue(1);
        assertThat(spools.size()).isZero();
    }
}
