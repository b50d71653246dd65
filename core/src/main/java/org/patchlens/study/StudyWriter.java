package org.patchlens.study;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.DurableFiles;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;

/// Writes a study, or goes on with one that was interrupted.
public final class StudyWriter implements AutoCloseable {
    private final StudyFolder folder;
    private final Place place;
    private final StudyManifest manifest;
    private final String identity;
    private final List<StudyInput> inputs;
    private final FailurePolicy policy;
    private final boolean begunHere;
    private final ConcurrentSkipListMap<Integer, ShardIndex> committed = new ConcurrentSkipListMap<>();
    private final Set<Integer> underWay = ConcurrentHashMap.newKeySet();

    /// @param lock that no other process holds
    /// @param isNew whether there was no such folder before
    private record Place(StudyFolder folder, FileChannel lock, boolean isNew) {}

    private StudyWriter(Place place, StudyManifest wanted, List<StudyInput> inputs, FailurePolicy policy)
            throws IOException {
        this.place = place;
        this.folder = place.folder;
        this.inputs = List.copyOf(inputs);
        this.policy = policy;
        this.begunHere = !folder.isStudy();
        if (!begunHere) {
            this.manifest = ManifestJson.read(folder.manifest());
            ManifestDifference.refuse(folder.root(), manifest, wanted);
        } else {
            this.manifest = wanted;
            DurableFiles.write(folder.manifest(), ManifestJson.write(wanted));
        }
        this.identity = Checksum.of(folder.manifest());
        Files.createDirectories(folder.shards());
        folder.removeLeftOvers();
        for (int shard : folder.committedShards()) {
            committed.put(shard, ShardIndex.read(folder.shard(shard), shard, manifest, identity));
        }
        InputDifference.refuse(folder.root(), this.inputs, manifest.imagesPerShard(), committed);
    }

    /// Starts a study in a new or empty folder, or continues the one that is there.
    ///
    /// @param folder of the study
    /// @param manifest what the study is to be
    /// @param inputs all images that it is to hold, in their order
    /// @param policy what becomes of inputs that failed in an earlier run
    /// @throws PatchlensException if the folder holds something else, another study, is written by another
    ///     process, or committed shards were made of other inputs
    public static StudyWriter open(Path folder, StudyManifest manifest, List<StudyInput> inputs, FailurePolicy policy) {
        InputDifference.refuseDuplicates(inputs);
        StudyFolder study = new StudyFolder(folder);
        boolean isNew = !Files.exists(folder);
        try {
            prepare(study);
            FileChannel lock = lock(study);
            try {
                return new StudyWriter(new Place(study, lock, isNew), manifest, inputs, policy);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw DiskProblem.writing(folder, e);
        }
    }

    private static void prepare(StudyFolder study) throws IOException {
        if (Files.exists(study.root()) && !Files.isDirectory(study.root())) {
            throw PatchlensException.usage(
                    study.root().toString(), "is a file; a study is a folder", "Give another name.");
        }
        Files.createDirectories(study.root());
        if (!study.isStudy() && !study.isEmpty()) {
            throw PatchlensException.usage(
                    study.root().toString(),
                    "is not empty and holds no study (there is no study.json)",
                    "Give a new or empty folder.");
        }
    }

    /// The operating system gives the lock up when the process ends, however it ends.
    private static FileChannel lock(StudyFolder study) throws IOException {
        FileChannel channel = FileChannel.open(study.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // answered below, together with the lock of another process
        }
        channel.close();
        throw PatchlensException.usage(
                study.root().toString(),
                "is being written by another extraction",
                "Wait until it ends, or give another folder.");
    }

    /// What the study is; of a study that is continued, the manifest that it was begun with.
    public StudyManifest manifest() {
        return manifest;
    }

    /// The number of shards that the inputs make.
    public int shards() {
        return Math.ceilDiv(inputs.size(), manifest.imagesPerShard());
    }

    /// The shards that are still to be made, ascending.
    public List<Integer> pendingShards() {
        return IntStream.range(0, shards()).filter(this::isPending).boxed().toList();
    }

    private boolean isPending(int shard) {
        ShardIndex index = committed.get(shard);
        return index == null
                || switch (policy) {
                    case RETRY -> !index.failures().isEmpty();
                    case ACCEPT -> false;
                };
    }

    /// The inputs of a shard.
    ///
    /// @param shard 0 to the number of shards - 1
    public List<StudyInput> inputs(int shard) {
        int from = Math.multiplyExact(shard, manifest.imagesPerShard());
        return inputs.subList(from, Math.min(from + manifest.imagesPerShard(), inputs.size()));
    }

    /// The inputs of committed shards that could not be read, in their order.
    public List<FailedInput> failures() {
        return committed.values().stream()
                .flatMap(index -> index.failures().stream())
                .map(failure -> new FailedInput(failure.input(), failure.reason()))
                .toList();
    }

    /// Starts a shard; several may be under way at a time, each from one thread.
    public ShardWriter begin(int shard) {
        List<StudyInput> ofShard = inputs(shard);
        if (!underWay.add(shard)) {
            throw new IllegalStateException("shard " + shard + " is under way");
        }
        Path temporary = folder.temporaryShard(shard);
        try {
            DurableFiles.delete(temporary);
            return new ShardWriter(this, shard, ofShard, temporary);
        } catch (IOException e) {
            underWay.remove(shard);
            throw DiskProblem.writing(folder.shard(shard), e);
        }
    }

    /// Gives a written shard its name. The table of images goes first: it never tells of other shards than there
    /// are.
    synchronized void publish(ShardIndex index, Path written) throws IOException {
        Path target = folder.shard(index.number());
        Path replaced = folder.replacedShard(index.number());
        if (Files.deleteIfExists(folder.images())) {
            DurableFiles.sync(folder.root());
        }
        if (Files.exists(target)) {
            DurableFiles.rename(target, replaced);
        }
        DurableFiles.rename(written, target);
        DurableFiles.delete(replaced);
        committed.put(index.number(), index);
    }

    /// The SHA-256 of `study.json`.
    String identity() {
        return identity;
    }

    void ended(int shard) {
        underWay.remove(shard);
    }

    /// The name that a user may look for, instead of that of a temporary folder.
    Path finalName(Path temporary) {
        return folder.root()
                .resolve(folder.root().relativize(temporary).toString().replaceAll("\\.([0-9]{5})\\.tmp", "$1"));
    }

    /// Completes the study with its table of images.
    ///
    /// Columns that the headers of the files tell come behind the user's; of two columns with the same name the
    /// user's stays.
    ///
    /// @param metadata a row for each input that was given to [#open]; rows of failed inputs are left out
    /// @throws IllegalStateException if a shard is not committed
    public synchronized StudySummary finish(Metadata metadata) {
        if (committed.size() != shards()) {
            throw new IllegalStateException(committed.size() + " of " + shards() + " shards are committed");
        }
        if (metadata.rows() != inputs.size()) {
            throw new IllegalArgumentException(metadata.rows() + " rows of metadata for " + inputs.size() + " inputs");
        }
        StudyContents contents = StudyContents.of(manifest, committed);
        List<Integer> rows = new ArrayList<>();
        contents.images().forEach(image -> rows.add(image.input()));
        Path temporary = DurableFiles.temporary(folder.images());
        try {
            ImageTable.write(temporary, contents.images(), withHeaders(metadata.select(rows), contents));
            DurableFiles.sync(temporary);
            Checksums checksums = Checksums.of(folder, temporary, committed);
            Files.deleteIfExists(folder.images());
            checksums.write(folder.checksums());
            DurableFiles.rename(temporary, folder.images());
            return new StudySummary(
                    contents.images().size(), contents.failures().size(), committed.size(), checksums.bytes());
        } catch (IOException e) {
            throw DiskProblem.writing(folder.images(), e);
        }
    }

    private static Metadata withHeaders(Metadata metadata, StudyContents contents) {
        SequencedSet<String> names = new LinkedHashSet<>();
        contents.images().forEach(image -> names.addAll(image.header().keySet()));
        List<MetadataColumn> columns = new ArrayList<>(metadata.columns());
        for (String name : names) {
            if (metadata.find(name).isEmpty()) {
                columns.add(MetadataColumn.of(
                        name,
                        contents.images().stream()
                                .map(image -> image.header().getOrDefault(name, ""))
                                .toList()));
            }
        }
        return new Metadata(metadata.rows(), columns);
    }

    /// Removes what this writer began, so that a run that is refused leaves nothing behind; not what holds a shard
    /// or was begun earlier. Only [#close] may follow.
    public void withdraw() {
        if (!begunHere || !committed.isEmpty()) {
            return;
        }
        try {
            DurableFiles.delete(folder.shards());
            DurableFiles.delete(folder.manifest());
            DurableFiles.delete(folder.lock());
            if (place.isNew && StudyFolder.list(folder.root()).isEmpty()) {
                DurableFiles.delete(folder.root());
            }
        } catch (IOException e) {
            throw DiskProblem.writing(folder.root(), e);
        }
    }

    /// Gives up the lock on the folder; what is committed stays.
    @Override
    public void close() {
        try {
            place.lock.close();
        } catch (IOException e) {
            throw DiskProblem.writing(folder.lock(), e);
        }
    }
}
