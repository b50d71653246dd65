package org.patchlens.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.image.PixelImage;

/// Decoding from file to pixels beside Python's fastest decoders, contenders in turn: `tools/benchmark/decode`.
///
/// Prints a row per file: medians in milliseconds, and the median of the paired ratios. A row says "differs"
/// where the
/// sums of the pixels do not agree, which lossy files may.
public final class DecodingBenchmark {
    private static final int WARM_UP = 200;
    private static final int PER_ROUND = 7;

    private final PrintWriter toPeer;
    private final BufferedReader fromPeer;

    private DecodingBenchmark(Process peer) {
        this.toPeer = new PrintWriter(peer.outputWriter(StandardCharsets.UTF_8), true);
        this.fromPeer = peer.inputReader(StandardCharsets.UTF_8);
    }

    /// Measures each file in turn.
    ///
    /// @param arguments the peer's script, rounds, Python, files
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[1]);
        Process peer = new ProcessBuilder(arguments[2], arguments[0])
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        DecodingBenchmark benchmark = new DecodingBenchmark(peer);
        System.out.println("| file | Patchlens ms | peer ms | peer | times as fast | same pixels |");
        System.out.println("|---|---|---|---|---|---|");
        for (String file : Arrays.asList(arguments).subList(3, arguments.length)) {
            System.out.println(benchmark.row(Path.of(file), rounds));
        }
        benchmark.toPeer.close();
        peer.waitFor();
    }

    private String row(Path file, int rounds) throws IOException {
        double sum = 0;
        for (int i = 0; i < WARM_UP; i++) {
            sum = sum(read(file));
        }
        String[] described = ask(file.toString()).split("\t", -1);
        double theirs = Double.parseDouble(described[1]);
        boolean same = Math.abs(sum - theirs) <= 1e-6 * Math.abs(theirs) + 1;
        double[] own = new double[rounds];
        double[] peer = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            own[round] = milliseconds(file);
            peer[round] = Double.parseDouble(ask(Integer.toString(PER_ROUND)));
            ratios[round] = peer[round] / own[round];
        }
        toPeer.println();
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %s | %.2f | %s |",
                file.getFileName(),
                median(own),
                median(peer),
                described[0],
                median(ratios),
                same ? "yes" : "differs");
    }

    private String ask(String line) throws IOException {
        toPeer.println(line);
        String answer = fromPeer.readLine();
        if (answer == null) {
            throw new IOException("the peer ended");
        }
        return answer;
    }

    private static double milliseconds(Path file) {
        double[] times = new double[PER_ROUND];
        for (int i = 0; i < PER_ROUND; i++) {
            long start = System.nanoTime();
            read(file);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        return median(times);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static PixelImage read(Path file) {
        try (ImageFile opened = ImageReaders.open(file, ImageLimits.DEFAULT)) {
            return opened.read(0);
        }
    }

    private static double sum(PixelImage image) {
        double sum = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < image.channels(); channel++) {
                    sum += image.sample(x, y, channel);
                }
            }
        }
        return sum;
    }
}
