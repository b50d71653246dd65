package org.patchlens.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.tensor.FloatMatrix;

/// Measures how fast a study is written and scanned, with one thread: a program for people, and for the test that
/// a study larger than the heap can be read.
///
/// The sizes are those of ViT-B/16 at 224 pixels, 13 layers and `last` of 197 x 768 numbers per image.
final class StudyThroughput {
    private StudyThroughput() {}

    /// Writes a study, scans it, or both.
    ///
    /// @param arguments the study's folder, `f16` or `f32`, the number of images, and what to do: `write`, `scan`
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        ElementType dtype = ElementType.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        int images = Integer.parseInt(arguments[2]);
        if (arguments[3].contains("write")) {
            write(folder, manifest(dtype), images);
        }
        if (arguments[3].contains("scan")) {
            scan(folder, "first scan");
            scan(folder, "second scan");
        }
    }

    private static StudyManifest manifest(ElementType dtype) {
        List<Layer> layers = new ArrayList<>(List.of(Layer.LAST));
        for (int layer = 0; layer <= 12; layer++) {
            layers.add(new Layer(layer));
        }
        String sha256 = "a".repeat(64);
        return StudyManifest.of(
                new ModelDescription("made-up", "vit", sha256, 12, 12, 768, 16, 224, 86_000_000, "F32"),
                224,
                224,
                new PatchGrid(14, 14),
                TokenLayout.CLS_AND_PATCHES,
                layers,
                dtype,
                AttentionStorage.NONE,
                new Provenance(sha256, "none", "{}", 0, "0.1.0", "25", "any"));
    }

    private static void write(Path folder, StudyManifest manifest, int images) {
        List<StudyInput> inputs = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            inputs.add(SyntheticStudy.input(i));
        }
        List<FloatMatrix> tokens = new ArrayList<>();
        for (Layer layer : manifest.layers()) {
            tokens.add(SyntheticStudy.numbers(197, 768, layer.hashCode()));
        }
        ViewImage view = new ViewImage(224, 224, 1, new byte[224 * 224]);
        long start = System.nanoTime();
        try (StudyWriter writer = StudyWriter.open(folder, manifest, inputs, FailurePolicy.RETRY)) {
            for (int shard : writer.pendingShards()) {
                try (ShardWriter shardWriter = writer.begin(shard)) {
                    for (StudyInput input : writer.inputs(shard)) {
                        shardWriter.append(
                                new ExtractedImage(input, "b".repeat(64), 224, 224, view, tokens, Optional.empty()));
                    }
                    shardWriter.commit();
                }
            }
        }
        print("written with checksums, forced to the disk", manifest, images, start);
    }

    private static void scan(Path folder, String what) {
        long start = System.nanoTime();
        double sum = 0;
        try (Study study = Study.open(folder)) {
            for (StudyImage image : study.images()) {
                for (Layer layer : study.manifest().layers()) {
                    FloatMatrix tokens = study.embeddings(image.index(), layer).tokens();
                    for (int row = 0; row < tokens.rows(); row++) {
                        sum += tokens.rowToArray(row)[row];
                    }
                }
            }
            print(
                    what + ", sum of a diagonal " + sum,
                    study.manifest(),
                    study.images().size(),
                    start);
        }
    }

    private static void print(String what, StudyManifest manifest, int images, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        double floats = 4.0 * images * manifest.layers().size() * manifest.tokens() * 768;
        System.out.printf(
                Locale.ROOT,
                "%s %s: %.0f MB of floats per second, heap limit %d MB%n",
                manifest.dtype(),
                what,
                floats / 1e6 / seconds,
                Runtime.getRuntime().maxMemory() >> 20);
    }
}
