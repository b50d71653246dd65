package org.patchlens.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Listens, and gives every connection one read a turn.
///
/// Jetty reads a connection again as soon as it has answered, so that a client which asks without a pause is
/// answered again and again, and others wait. Here it is read again only when the selector comes by: then
/// all that have asked meanwhile stand before it.
final class TurnConnector extends ServerConnector {
    TurnConnector(Server server, ConnectionFactory factory) {
        super(server, factory);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new TurnEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    private static final class TurnEndPoint extends SocketChannelEndPoint {
        private volatile boolean turn;

        TurnEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public @Nullable Runnable onSelected() {
            turn = true;
            return super.onSelected();
        }

        /// Nothing, as if nothing had come yet, before the selector has been here.
        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            if (!turn) {
                return 0;
            }
            turn = false;
            return super.fill(buffer);
        }
    }
}
