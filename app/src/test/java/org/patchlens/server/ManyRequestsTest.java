package org.patchlens.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.server.access.Refused;
import org.patchlens.server.http.Gate;

class ManyRequestsTest {
    private static final int IMAGES = 64;
    private static final PatchGrid GRID = new PatchGrid(28, 28);

    /// What 200 answers of 200 kB, their requests and what is computed for two of them at a time may take.
    private static final long MOST_BYTES = 200L << 20;

    @TempDir
    private Path folder;

    @Test
    void ofTwoHundredHeatMapsAtOnceNoneIsLostAndMemoryIsBounded() throws Exception {
        ServedStudy.write(folder, IMAGES, GRID);
        try (RunningServer server = new RunningServer(folder);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            String address = server.of("/similarity");
            String question = "{\"patches\":[[%d,3,3]],\"to\":\"all\",\"dtype\":\"f32\"}";
            List<byte[]> expected = new ArrayList<>();
            for (int image = 0; image < 4; image++) {
                expected.add(server.post(address, question.formatted(image)).body());
            }
            assertThat(expected.getFirst()).hasSize(IMAGES * GRID.patches() * Float.BYTES);
            System.gc();
            long before = memory();
            List<Future<HttpResponse<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String body = question.formatted(i % 4);
                answers.add(clients.submit(() -> server.post(address, body)));
            }
            long most = 0;
            for (int i = 0; i < 200; i++) {
                HttpResponse<byte[]> answer = answers.get(i).get();
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(Arrays.equals(answer.body(), expected.get(i % 4)))
                        .as("answer %s", i)
                        .isTrue();
                most = Math.max(most, memory());
            }
            assertThat(most - before).isLessThan(MOST_BYTES);
            assertThat(server.mistakes()).isEmpty();
        }
    }

    /// Heap and memory outside of it.
    private static long memory() {
        long outside = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return outside
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // lets others try to come in as well
    void asManyComputeAtATimeAsThereArePlaces() throws Exception {
        Gate gate = new Gate(2, 100, 30);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                all.add(requests.submit(() -> gate.pass(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    inside.decrementAndGet();
                    return number;
                })));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(all.get(i).get()).isEqualTo(i);
            }
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    @Timeout(60)
    void whoComesToAFullQueueIsToldSo() throws Exception {
        Gate gate = new Gate(1, 1, 30);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = requests.submit(() -> gate.pass(() -> {
                entered.countDown();
                await(leave);
                return "first";
            }));
            entered.await();
            Future<String> second = requests.submit(() -> gate.pass(() -> "second"));
            while (gate.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> gate.pass(() -> "third"))
                    .isInstanceOf(Refused.class)
                    .hasMessage("[server] 1 requests wait already; ask again in a moment.");
            leave.countDown();
            assertThat(first.get()).isEqualTo("first");
            assertThat(second.get()).isEqualTo("second");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPlaceIsFreeAgainAfterAnError() {
        Gate gate = new Gate(1, 1, 1);
        assertThatThrownBy(() -> gate.pass(() -> {
                    throw new IllegalStateException("in between");
                }))
                .hasMessage("in between");
        assertThat(gate.pass(() -> 1)).isEqualTo(1);
    }
}
