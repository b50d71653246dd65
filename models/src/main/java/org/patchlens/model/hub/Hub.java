package org.patchlens.model.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;

/// Gets models by name: from the cache, or from the hub into the cache.
public final class Hub {
    private static final String STAGE = "download";

    private final HubSettings settings;
    private final HubCache cache;
    private final Retries retries;

    /// A hub as the settings say it.
    public Hub(HubSettings settings) {
        this(settings, Retries.PATIENT);
    }

    Hub(HubSettings settings, Retries retries) {
        this.settings = settings;
        this.cache = new HubCache(settings.cache());
        this.retries = retries;
    }

    /// A model that is in the cache.
    ///
    /// @param name as it was asked for
    /// @param commit that the name stands for
    /// @param path of the folder of the Hugging Face kind, or of the ONNX file
    /// @param files that were asked for, inside the model
    /// @param bytes of these files
    public record Pulled(ModelName name, String commit, Path path, List<String> files, long bytes) {
        public Pulled {
            files = List.copyOf(files);
        }
    }

    /// Where downloaded models lie.
    public HubCache cache() {
        return cache;
    }

    /// The model as it is in the cache, or fetched if it is not there. A model that is there is not asked for
    /// again, so that a study can be continued whatever its owner does, and without a network.
    ///
    /// @param progress counts kilobytes
    /// @throws PatchlensException if it cannot be had
    public Path get(ModelName name, Progress progress) {
        return cache.find(name).orElseGet(() -> pull(name, progress).path());
    }

    /// Fetches what the revision stands for now; files that are in the cache are not fetched again.
    ///
    /// @param progress counts kilobytes
    /// @throws PatchlensException if it cannot be had; what has arrived is kept, and the next call goes on there
    public Pulled pull(ModelName name, Progress progress) {
        if (settings.offline()) {
            throw PatchlensException.usage(
                    name.toString(),
                    "the model is not in " + cache.folder() + ", and HF_HUB_OFFLINE forbids to ask for it",
                    "Unset HF_HUB_OFFLINE, or give the folder of a model");
        }
        try (HubClient client = new HubClient(settings, retries)) {
            Listing listing = client.list(name);
            List<String> wanted = WantedFiles.of(name, listing.paths());
            Work work = new Work(client, name, listing.commit(), new ArrayList<>(), progress);
            work.fetch(wanted);
            work.fetch(WantedFiles.parts(cache.snapshot(name, listing.commit())));
            return finish(name, listing.commit(), work.done());
        }
    }

    private Pulled finish(ModelName name, String commit, List<RemoteFile> files) {
        try {
            cache.note(name, commit);
        } catch (IOException e) {
            throw HubProblem.disk(settings, e);
        }
        Path path = WantedFiles.usable(cache.snapshot(name, commit))
                .orElseThrow(() -> HubProblem.nonsense(name, "the index of its weights is empty"));
        List<String> names = files.stream().map(RemoteFile::path).toList();
        return new Pulled(
                name,
                commit,
                path,
                names,
                files.stream().mapToLong(RemoteFile::bytes).sum());
    }

    /// One download.
    private final class Work {
        private final HubClient client;
        private final ModelName name;
        private final String commit;
        private final List<RemoteFile> done;
        private final Progress progress;

        Work(HubClient client, ModelName name, String commit, List<RemoteFile> done, Progress progress) {
            this.client = client;
            this.name = name;
            this.commit = commit;
            this.done = done;
            this.progress = progress;
        }

        List<RemoteFile> done() {
            return done;
        }

        void fetch(List<String> paths) {
            List<RemoteFile> files = paths.stream()
                    .map(path -> client.describe(name, commit, path))
                    .toList();
            long total = kilobytes(files.stream().mapToLong(RemoteFile::bytes).sum());
            requireSpace(files);
            Download download = new Download(client, settings, retries);
            long before = 0;
            for (RemoteFile file : files) {
                long start = before;
                Path blob = download.fetch(
                        name, commit, file, cache, bytes -> progress.report(STAGE, kilobytes(start + bytes), total));
                place(file, blob);
                before += file.bytes();
                done.add(file);
            }
        }

        private void place(RemoteFile file, Path blob) {
            try {
                cache.place(name, commit, file.path(), blob);
            } catch (IOException e) {
                throw HubProblem.disk(settings, e);
            }
        }

        private void requireSpace(List<RemoteFile> files) {
            try {
                Files.createDirectories(cache.folder());
                long free = Files.getFileStore(cache.folder()).getUsableSpace();
                long needed = 0;
                for (RemoteFile file : files) {
                    needed += Files.exists(cache.blob(name, file.etag())) ? 0 : file.bytes();
                }
                if (needed > free) {
                    throw PatchlensException.partial(
                            cache.folder().toString(),
                            "the disk has " + free + " bytes free, and " + name + " needs " + needed,
                            "Free space, or set HF_HOME to a folder on another disk");
                }
            } catch (IOException e) {
                throw HubProblem.disk(settings, e);
            }
        }

        private long kilobytes(long bytes) {
            return (bytes + 999) / 1000;
        }
    }
}
