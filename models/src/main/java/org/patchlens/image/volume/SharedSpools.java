package org.patchlens.image.volume;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Spools that the readers of one file share: the first reader fills it while the others wait, the last one
/// frees it.
/// Safe for several threads.
public final class SharedSpools {
    private final Map<Object, Entry> entries = new HashMap<>();

    private static final class Entry {
        private @Nullable Spool spool;
        private int users;
    }

    /// Fills a spool.
    public interface Filling {
        Spool fill() throws IOException;
    }

    /// One reader's share of a spool.
    public final class Share implements AutoCloseable {
        private final Object key;
        private final Entry entry;
        private final MemorySegment bytes;
        private boolean closed;

        private Share(Object key, Entry entry, MemorySegment bytes) {
            this.key = key;
            this.entry = entry;
            this.bytes = bytes;
        }

        /// The bytes, until the share is closed.
        public MemorySegment bytes() {
            return bytes;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(key, entry);
            }
        }
    }

    /// A share of the spool of a file; it is filled if no reader has it.
    ///
    /// @param key tells the contents of spools apart
    /// @throws IOException from the filling
    public Share share(Object key, Filling filling) throws IOException {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, _ -> new Entry());
            entry.users++;
        }
        boolean shared = false;
        try {
            Share share = new Share(key, entry, filled(entry, filling).bytes());
            shared = true;
            return share;
        } finally {
            if (!shared) {
                release(key, entry);
            }
        }
    }

    private static Spool filled(Entry entry, Filling filling) throws IOException {
        // Only who wants the same spool waits while it is filled.
        synchronized (entry) {
            Spool spool = entry.spool;
            if (spool == null) {
                spool = filling.fill();
                entry.spool = spool;
            }
            return spool;
        }
    }

    private void release(Object key, Entry entry) {
        synchronized (entries) {
            entry.users--;
            if (entry.users > 0) {
                return;
            }
            entries.remove(key);
        }
        synchronized (entry) {
            if (entry.spool != null) {
                entry.spool.close();
            }
        }
    }

    /// How many spools are in use.
    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }
}
