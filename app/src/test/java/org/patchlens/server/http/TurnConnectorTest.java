package org.patchlens.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class TurnConnectorTest {
    private static final int AT_ONCE = 10;
    private static final int TURNS = 5;

    /// What the two reads of each turn brought, in bytes.
    private final BlockingQueue<List<Integer>> turns = new LinkedBlockingQueue<>();

    /// Tries to read twice a turn, a few bytes at a time.
    private final class Greedy extends AbstractConnection {
        Greedy(Connector connector, EndPoint endPoint) {
            super(endPoint, connector.getExecutor());
        }

        @Override
        public void onOpen() {
            super.onOpen();
            fillInterested();
        }

        @Override
        public void onFillable() {
            List<Integer> reads = new ArrayList<>();
            try {
                for (int i = 0; i < 2; i++) {
                    reads.add(getEndPoint().fill(ByteBuffer.allocate(AT_ONCE).limit(0)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            turns.add(reads);
            fillInterested();
        }
    }

    private final class GreedyFactory extends AbstractConnectionFactory {
        GreedyFactory() {
            super("greedy");
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return new Greedy(connector, endPoint);
        }
    }

    @Test
    void howeverMuchWaitsAConnectionIsReadOnceATurn() throws Exception {
        Server server = new Server();
        try (TurnConnector connector = new TurnConnector(server, new GreedyFactory())) {
            connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
            server.addConnector(connector);
            server.start();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
                client.getOutputStream().write(new byte[TURNS * AT_ONCE]);
                for (int turn = 0; turn < TURNS; turn++) {
                    assertThat(turns.poll(30, TimeUnit.SECONDS)).containsExactly(AT_ONCE, 0);
                }
            }
        } finally {
            server.stop();
        }
    }
}
