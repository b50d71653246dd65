package org.patchlens.model.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Brings one file into the cache: goes on where an earlier try ended, checks what arrived, then gives it its
/// name.
///
/// @param client that fetches
/// @param settings of the hub
/// @param retries after a broken connection
record Download(HubClient client, HubSettings settings, Retries retries) {
    private static final int CHUNK = 1 << 17;

    /// Fetches the content of a file, unless it is there.
    ///
    /// @param arrived hears how many bytes of this file there are
    /// @return the blob
    Path fetch(ModelName name, String commit, RemoteFile file, HubCache cache, LongConsumer arrived) {
        Path blob = cache.blob(name, file.etag());
        Path part = blob.resolveSibling(file.etag() + ".incomplete");
        try {
            Files.createDirectories(blob.getParent());
            Path lock = cache.lock(name, file.etag());
            Files.createDirectories(lock.getParent());
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.exists(blob)) {
                    retries.run(settings, name, () -> receive(name, commit, file, part, arrived));
                    finish(name, file, part, blob);
                }
            }
        } catch (IOException e) {
            throw HubProblem.disk(settings, e);
        }
        arrived.accept(file.bytes());
        return blob;
    }

    private long receive(ModelName name, String commit, RemoteFile file, Path part, LongConsumer arrived)
            throws IOException {
        long kept = kept(part, file);
        if (kept == file.bytes() && kept > 0) {
            return kept;
        }
        HttpResponse<InputStream> response = client.open(name, commit, file, kept);
        long start = response.statusCode() == 206 ? start(response) : 0;
        if (start != kept && start != 0) {
            response.body().close();
            throw new IOException("the server went on at byte " + start + " instead of " + kept);
        }
        AtomicLong position = new AtomicLong(start);
        try (InputStream body = response.body();
                Watch _ = new Watch(body, position, settings.patience())) {
            append(name, file, part, body, position, arrived);
        } catch (IOException e) {
            throw position.get() > kept ? new Retries.Advanced(e) : e;
        }
        if (position.get() < file.bytes()) {
            IOException cut =
                    new IOException("the connection ended after " + position.get() + " of " + file.bytes() + " bytes");
            throw position.get() > kept ? new Retries.Advanced(cut) : cut;
        }
        return position.get();
    }

    private long kept(Path part, RemoteFile file) {
        try {
            if (!Files.exists(part)) {
                return 0;
            }
            long size = Files.size(part);
            if (size > file.bytes()) {
                Files.delete(part);
                return 0;
            }
            return size;
        } catch (IOException e) {
            throw HubProblem.disk(settings, e);
        }
    }

    private static long start(HttpResponse<?> response) {
        return response.headers()
                .firstValue("content-range")
                .filter(text -> text.matches("bytes [0-9]{1,15}-[0-9]{1,15}/.*"))
                .map(text -> Long.parseLong(text.substring(6, text.indexOf('-'))))
                .orElse(-1L);
    }

    private void append(
            ModelName name, RemoteFile file, Path part, InputStream body, AtomicLong position, LongConsumer arrived)
            throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (FileChannel out = channel(part, position.get())) {
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                if (position.get() + read > file.bytes()) {
                    throw HubProblem.nonsense(
                            name,
                            "the hub said that " + file.path() + " has " + file.bytes() + " bytes, and sends more");
                }
                write(out, ByteBuffer.wrap(chunk, 0, read));
                arrived.accept(position.addAndGet(read));
            }
        }
    }

    private FileChannel channel(Path part, long position) {
        try {
            FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            out.truncate(position).position(position);
            return out;
        } catch (IOException e) {
            throw HubProblem.disk(settings, e);
        }
    }

    private void write(FileChannel out, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw HubProblem.disk(settings, e);
        }
    }

    /// Compares the bytes with their name, forces them to the disk and gives them the name.
    private void finish(ModelName name, RemoteFile file, Path part, Path blob) throws IOException {
        if (file.bytes() == 0 && !Files.exists(part)) {
            Files.createFile(part);
        }
        if (!ContentName.matches(part, file.etag())) {
            Files.delete(part);
            throw HubProblem.nonsense(
                    name, "what arrived as " + file.path() + " has another checksum than the hub announced");
        }
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Ends a connection on which nothing arrives any more; reading then fails, and is tried again.
    private static final class Watch implements AutoCloseable {
        private final Thread thread;

        Watch(InputStream body, AtomicLong position, Duration patience) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    for (long before = -1; before != position.get(); ) {
                        before = position.get();
                        Thread.sleep(patience);
                    }
                    body.close();
                } catch (InterruptedException | IOException e) {
                    // the download is over, or broken anyway
                }
            });
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
