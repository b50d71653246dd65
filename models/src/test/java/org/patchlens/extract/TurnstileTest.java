package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TurnstileTest {
    @Test
    @Timeout(20)
    void threadsPassInTheOrderOfTheirTickets() throws Exception {
        Turnstile turnstile = new Turnstile();
        List<Integer> passed = new ArrayList<>();
        List<Integer> tickets = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
        Collections.reverse(tickets);
        try (ExecutorService threads = Executors.newFixedThreadPool(tickets.size())) {
            List<Future<Boolean>> ends = new ArrayList<>();
            for (int ticket : tickets) {
                ends.add(threads.submit(() -> turnstile.pass(ticket, () -> passed.add(ticket))));
            }
            for (Future<Boolean> end : ends) {
                assertThat(end.get()).isTrue();
            }
        }
        assertThat(passed).isSorted().hasSize(tickets.size());
    }

    @Test
    @Timeout(20)
    void aClosedTurnstileTurnsEverybodyAway() throws Exception {
        Turnstile turnstile = new Turnstile();
        List<Integer> passed = new ArrayList<>();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Boolean> waiting = threads.submit(() -> turnstile.pass(1, () -> passed.add(1)));
            turnstile.close();
            assertThat(waiting.get()).isFalse();
        }
        assertThat(turnstile.pass(0, () -> passed.add(0))).isFalse();
        assertThat(passed).isEmpty();
    }
}
