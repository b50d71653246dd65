package org.patchlens.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.patchlens.embedding.Layer;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.VitOutput;
import org.patchlens.model.VitSession;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// What CLS attention of all layers costs beside the same run without it, on one thread, tokens of all layers in
/// both. The two take turns image by image; the ratio is that of the sums of a round.
///
/// The gate: both give the same tokens.
///
/// Usage: IMAGES ROUNDS MODEL...
public final class AttentionBenchmark {
    private AttentionBenchmark() {}

    /// Measures and prints a line per model.
    public static void main(String[] arguments) {
        if (arguments.length < 3) {
            System.err.println("usage: AttentionBenchmark IMAGES ROUNDS MODEL...");
            return;
        }
        int images = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Stream.of(arguments).skip(2).forEach(model -> measure(Path.of(model), images, rounds));
    }

    private static void measure(Path path, int images, int rounds) {
        try (ImageEncoder model = ImageEncoder.load(path);
                VitSession plain = model.open(request(model, AttentionRequest.NONE));
                VitSession attentive = model.open(request(model, AttentionRequest.CLS))) {
            VitRequest request = plain.request();
            FloatMatrix pixels = FloatMatrix.zeros(1, 3 * request.inputHeight() * request.inputWidth());
            VitOutput without = plain.run(pixels);
            VitOutput with = attentive.run(pixels);
            if (!without.tokens().equals(with.tokens())) {
                throw new IllegalStateException("tokens differ: no time is believed");
            }
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                double first = 0;
                double second = 0;
                for (int image = 0; image < images; image++) {
                    first += seconds(plain, pixels, without);
                    second += seconds(attentive, pixels, with);
                }
                if (round > 0) { // the first warms up
                    ratios.add(second / first);
                }
            }
            ratios.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.2f (%.2f to %.2f) times as long with CLS attention of %d layers%n",
                    model.description().name(),
                    ratios.get(rounds / 2),
                    ratios.getFirst(),
                    ratios.getLast(),
                    model.description().layers());
        }
    }

    private static VitRequest request(ImageEncoder model, AttentionRequest attention) {
        int patch = model.description().patchSize();
        List<Layer> layers = Stream.concat(
                        IntStream.rangeClosed(0, model.description().layers()).mapToObj(Layer::new),
                        Stream.of(Layer.LAST))
                .toList();
        return new VitRequest(model.grid().rows() * patch, model.grid().columns() * patch, layers, attention);
    }

    private static double seconds(VitSession session, FloatMatrix pixels, VitOutput output) {
        long begin = System.nanoTime();
        session.run(pixels, output);
        return (System.nanoTime() - begin) / 1e9;
    }
}
