package org.patchlens.study;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.DurableFiles;
import org.patchlens.study.disk.NpyWriter;
import org.patchlens.tensor.FloatMatrix;

/// Writes one shard; nothing of it is seen in the study before [#commit]. For one thread at a time.
///
/// Each image goes into the files as it comes: the memory that this takes does not grow with the shard.
public final class ShardWriter implements AutoCloseable {
    private static final int LONGEST_REASON = 2000;

    private final StudyWriter study;
    private final int number;
    private final List<StudyInput> inputs;
    private final Path folder;
    private final List<NpyWriter> arrays = new ArrayList<>();
    private final ViewWriter views;
    private final MemorySegment halves;
    private final List<ShardIndex.Image> images = new ArrayList<>();
    private final List<ShardIndex.Failure> failures = new ArrayList<>();
    private final boolean[] seen;
    private boolean committed;

    /// @param folder does not exist yet
    ShardWriter(StudyWriter study, int number, List<StudyInput> inputs, Path folder) throws IOException {
        this.study = study;
        this.number = number;
        this.inputs = inputs;
        this.folder = folder;
        this.seen = new boolean[inputs.size()];
        StudyManifest manifest = study.manifest();
        int tokens = manifest.tokens();
        int dimensions = manifest.model().dimensions();
        int attentionRows = manifest.model().layers() * manifest.model().heads();
        this.halves = Arena.ofAuto().allocate((long) Short.BYTES * tokens * Math.max(dimensions, attentionRows), 64);
        Files.createDirectory(folder);
        this.views = new ViewWriter(folder.resolve(StudyFolder.VIEW), manifest.inputHeight(), manifest.inputWidth());
        try {
            openArrays(manifest);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void openArrays(StudyManifest manifest) throws IOException {
        for (String name : StudyFolder.arrays(manifest)) {
            if (!name.equals(StudyFolder.VIEW)) {
                arrays.add(new NpyWriter(
                        folder.resolve(name),
                        StudyFolder.dtype(manifest, name).npyDescriptor(),
                        StudyFolder.itemShape(manifest, name)));
            }
        }
    }

    /// Writes an image. Images come in the order of the shard's inputs, failures at any time between them.
    ///
    /// @throws PatchlensException if a number cannot be kept, or the disk does not take it
    public void append(ExtractedImage image) {
        int position = position(image.input());
        if (!images.isEmpty() && images.getLast().position() > position) {
            throw new IllegalArgumentException(
                    image.input() + " comes after " + images.getLast().input());
        }
        checkShapes(image);
        Path file = folder;
        try {
            List<FloatMatrix> items = items(image);
            for (int i = 0; i < items.size(); i++) {
                file = arrays.get(i).file();
                if (!arrays.get(i).append(items.get(i), study.manifest().dtype(), halves)) {
                    forget(i);
                    throw cannotBeKept(image, i);
                }
            }
            if (!study.manifest().maskClasses().isEmpty()) {
                file = arrays.getLast().file();
                arrays.getLast().append(coverage(image).segment());
            }
            file = folder.resolve(StudyFolder.VIEW);
            views.append(image.view());
        } catch (IOException e) {
            throw DiskProblem.writing(study.finalName(file), e);
        }
        seen[position] = true;
        images.add(new ShardIndex.Image(
                position, image.input(), image.sha256(), image.width(), image.height(), image.header()));
    }

    /// NaN everywhere for an image without a mask: nothing is known of it, which is not the same as no coverage.
    private FloatMatrix coverage(ExtractedImage image) {
        return image.coverage().orElseGet(() -> {
            FloatMatrix unknown = FloatMatrix.zeros(
                    study.manifest().grid().patches(),
                    study.manifest().maskClasses().size());
            unknown.fill(Float.NaN);
            return unknown;
        });
    }

    /// Takes back what the first arrays have of an image that a later one refused, so that others may follow.
    private void forget(int written) throws IOException {
        for (NpyWriter array : arrays.subList(0, written)) {
            array.takeBack();
        }
    }

    private int position(StudyInput input) {
        int position = inputs.indexOf(input);
        if (position < 0 || seen[position]) {
            throw new IllegalArgumentException(
                    input + (position < 0 ? " is not of shard " + number : " was already written"));
        }
        return position;
    }

    private void checkShapes(ExtractedImage image) {
        StudyManifest manifest = study.manifest();
        boolean attention = manifest.attention() == AttentionStorage.CLS;
        boolean fits = image.tokens().size() == manifest.layers().size()
                && image.tokens().stream()
                        .allMatch(tokens -> tokens.rows() == manifest.tokens()
                                && tokens.columns() == manifest.model().dimensions())
                && image.attention().isPresent() == attention
                && image.attention()
                                .map(ClsAttention::layers)
                                .orElse(manifest.model().layers())
                        == manifest.model().layers()
                && image.attention()
                                .map(ClsAttention::heads)
                                .orElse(manifest.model().heads())
                        == manifest.model().heads()
                && image.attention().map(maps -> maps.rows().columns()).orElse(manifest.tokens()) == manifest.tokens()
                && image.coverage()
                        .map(coverage -> coverage.rows() == manifest.grid().patches()
                                && coverage.columns() == manifest.maskClasses().size())
                        .orElse(true);
        if (!fits) {
            throw new IllegalArgumentException(image.input() + ": " + image.tokens() + ", " + image.attention()
                    + " do not fit the study's " + manifest);
        }
    }

    /// In the order of [StudyFolder#arrays].
    private static List<FloatMatrix> items(ExtractedImage image) {
        List<FloatMatrix> items = new ArrayList<>(image.tokens());
        image.attention().ifPresent(maps -> items.addAll(List.of(maps.rows(), maps.rollout())));
        return items;
    }

    private PatchlensException cannotBeKept(ExtractedImage image, int array) {
        List<Layer> layers = study.manifest().layers();
        String where = array < layers.size() ? "at layer " + layers.get(array) : "as attention";
        return switch (study.manifest().dtype()) {
            case F16 ->
                PatchlensException.badData(
                        image.input().id(),
                        where + " the model gave a number beyond 65,504, or none (NaN), which f16 cannot keep",
                        "Use --dtype f32 with a new study folder.");
            case F32 ->
                PatchlensException.badData(
                        image.input().id(),
                        where + " the model gave no number (NaN) or infinity",
                        "The weights may be damaged: run patchlens model inspect.");
        };
    }

    /// Records an input that could not be read.
    ///
    /// @param reason one sentence
    public void fail(StudyInput input, String reason) {
        int position = position(input);
        seen[position] = true;
        String kept = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
        failures.add(new ShardIndex.Failure(position, input, kept));
    }

    /// Makes the shard part of the study, for good: when this returns, it survives a loss of power.
    ///
    /// @throws IllegalStateException if an input of the shard was neither appended nor failed
    public void commit() {
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                throw new IllegalStateException(inputs.get(i) + " was neither appended nor failed");
            }
        }
        try {
            ShardIndex index = index();
            DurableFiles.writeAndSync(folder.resolve(StudyFolder.SHARD_INDEX), index.toJson());
            DurableFiles.sync(folder);
            study.publish(index, folder);
            committed = true;
        } catch (IOException e) {
            throw DiskProblem.writing(study.finalName(folder), e);
        }
    }

    private ShardIndex index() throws IOException {
        List<ShardIndex.Array> written = new ArrayList<>();
        for (NpyWriter array : arrays) {
            array.finish();
            array.close();
            written.add(written(array.file()));
        }
        views.finish();
        views.close();
        written.add(written(folder.resolve(StudyFolder.VIEW)));
        return new ShardIndex(study.identity(), number, views.channels(), images, failures, written);
    }

    private static ShardIndex.Array written(Path file) throws IOException {
        return new ShardIndex.Array(file.getFileName().toString(), Files.size(file), Checksum.of(file));
    }

    /// Deletes what was written, unless it was committed.
    @Override
    public void close() {
        study.ended(number);
        if (committed) {
            return;
        }
        try {
            for (NpyWriter array : arrays) {
                array.close();
            }
            views.close();
            DurableFiles.delete(folder);
        } catch (IOException e) {
            throw DiskProblem.writing(study.finalName(folder), e);
        }
    }
}
