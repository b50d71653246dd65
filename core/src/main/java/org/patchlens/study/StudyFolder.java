package org.patchlens.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.DurableFiles;

/// The names in a study's folder, see the package's documentation.
///
/// @param root the folder
record StudyFolder(Path root) {
    static final String VIEW = "view.npy";
    static final String CLS_ATTENTION = "attention-cls.npy";
    static final String ROLLOUT = "attention-rollout.npy";
    static final String MASK_COVERAGE = "mask-coverage.npy";
    static final String SHARD_INDEX = "shard.json";

    private static final Pattern SHARD = Pattern.compile("[0-9]{5}");
    private static final Pattern LEFT_OVER = Pattern.compile("\\.[0-9]{5}\\.(tmp|replaced)");
    private static final int MOST_SHARDS = 100_000;

    Path manifest() {
        return root.resolve("study.json");
    }

    Path images() {
        return root.resolve("images.parquet");
    }

    Path checksums() {
        return root.resolve("checksums.sha256");
    }

    Path lock() {
        return root.resolve(".lock");
    }

    Path shards() {
        return root.resolve("shards");
    }

    Path shard(int number) {
        if (number < 0 || number >= MOST_SHARDS) {
            throw new IllegalArgumentException("shard " + number + "; a study has at most " + MOST_SHARDS);
        }
        return shards().resolve(String.format(Locale.ROOT, "%05d", number));
    }

    /// Where a shard is written.
    Path temporaryShard(int number) {
        return shards().resolve("." + shard(number).getFileName() + ".tmp");
    }

    /// Where a shard waits while another takes its name.
    Path replacedShard(int number) {
        return shards().resolve("." + shard(number).getFileName() + ".replaced");
    }

    /// The name of a layer's file within a shard.
    static String tokens(Layer layer) {
        return layer.isLast()
                ? "tokens-layer-last.npy"
                : String.format(Locale.ROOT, "tokens-layer-%02d.npy", layer.index());
    }

    /// The names of all arrays of a shard, in the order in which its index lists them.
    static List<String> arrays(StudyManifest manifest) {
        List<String> names = new ArrayList<>();
        manifest.layers().forEach(layer -> names.add(tokens(layer)));
        switch (manifest.attention()) {
            case NONE -> {}
            case CLS -> names.addAll(List.of(CLS_ATTENTION, ROLLOUT));
        }
        if (!manifest.maskClasses().isEmpty()) {
            names.add(MASK_COVERAGE);
        }
        names.add(VIEW);
        return names;
    }

    /// The type of the numbers of an array other than the views. Coverage keeps its full precision: it is small,
    /// and the truth that probes are measured against.
    static ElementType dtype(StudyManifest manifest, String name) {
        return name.equals(MASK_COVERAGE) ? ElementType.F32 : manifest.dtype();
    }

    /// All dimensions of an array but the first.
    static List<Integer> itemShape(StudyManifest manifest, String name) {
        int tokens = manifest.tokens();
        ModelDescription model = manifest.model();
        return switch (name) {
            case CLS_ATTENTION -> List.of(model.layers(), model.heads(), tokens);
            case ROLLOUT -> List.of(tokens);
            case MASK_COVERAGE ->
                List.of(manifest.grid().patches(), manifest.maskClasses().size());
            default -> List.of(tokens, model.dimensions());
        };
    }

    /// Whether a study was begun here.
    boolean isStudy() {
        return Files.isRegularFile(manifest());
    }

    /// Whether nothing lies here but what a study leaves that was killed before its first file was whole.
    boolean isEmpty() {
        List<Path> ours = List.of(lock(), DurableFiles.temporary(manifest()));
        return list(root).stream().allMatch(ours::contains);
    }

    /// The numbers of the committed shards, ascending.
    List<Integer> committedShards() {
        if (!Files.isDirectory(shards())) {
            return List.of();
        }
        return list(shards()).stream()
                .filter(path -> SHARD.matcher(path.getFileName().toString()).matches())
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .map(path -> Integer.parseInt(path.getFileName().toString()))
                .sorted()
                .toList();
    }

    /// Clears away what a killed process left; a shard that was about to be replaced gets its name back.
    void removeLeftOvers() throws IOException {
        if (!Files.isDirectory(shards())) {
            return;
        }
        for (Path path : list(shards())) {
            String name = path.getFileName().toString();
            if (!LEFT_OVER.matcher(name).matches()) {
                continue;
            }
            Path committed = shard(Integer.parseInt(name.substring(1, 6)));
            if (name.endsWith(".replaced") && !Files.exists(committed)) {
                DurableFiles.rename(path, committed);
            } else {
                DurableFiles.delete(path);
            }
        }
    }

    /// What lies in a folder, sorted.
    static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw DiskProblem.reading(folder, e);
        }
    }
}
