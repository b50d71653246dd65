package org.patchlens.benchmark;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.extract.Extraction;
import org.patchlens.extract.ExtractionOptions;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.extract.LayerSelection;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.model.VitModel;
import org.patchlens.model.VitSession;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.preprocess.Preprocessing;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// How fast `extract` is beside ONNX Runtime alone, and beside another program that does the whole job.
///
/// The contenders take turns in every round: extraction of the last layer, extraction of all layers, ONNX Runtime
/// alone with one image and with several per run, and the peer, if one is named. The gate: the study's numbers are
/// those of the model run image by image, to the last bit.
///
/// Usage: IMAGES MODEL THREADS ROUNDS \[PEER...\], where PEER is a command that prints `"images_per_second":
/// NUMBER`.
public final class ExtractionBenchmark {
    private static final Pattern PEER_RATE = Pattern.compile("\"images_per_second\": ([0-9.]+)");
    private static final int BARE_BATCH = 8;

    private final Path images;
    private final Path modelFolder;
    private final int threads;
    private final Path scratch;

    private ExtractionBenchmark(Path images, Path modelFolder, int threads, Path scratch) {
        this.images = images;
        this.modelFolder = modelFolder;
        this.threads = threads;
        this.scratch = scratch;
    }

    /// Measures and prints a Markdown table.
    public static void main(String[] arguments) throws IOException, OrtException, InterruptedException {
        if (arguments.length < 4) {
            System.err.println("usage: ExtractionBenchmark IMAGES MODEL THREADS ROUNDS [PEER...]");
            return;
        }
        Path scratch = Files.createTempDirectory("patchlens-benchmark");
        try {
            new ExtractionBenchmark(
                            Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]), scratch)
                    .run(Integer.parseInt(arguments[3]), List.of(arguments).subList(4, arguments.length));
        } finally {
            delete(scratch);
        }
    }

    /// Something that takes a while for all images.
    private interface Contender {
        double imagesPerSecond() throws IOException, OrtException, InterruptedException;
    }

    private void run(int rounds, List<String> peer) throws IOException, OrtException, InterruptedException {
        Preprocessing preprocessing = Preprocessing.read(modelFolder);
        FloatMatrix pixels = pixels(preprocessing);
        int count = pixels.rows();
        VitRequest last =
                VitRequest.ofTokens(preprocessing.inputHeight(), preprocessing.inputWidth(), List.of(Layer.LAST));
        try (VitModel model = VitModel.load(modelFolder);
                BareRuntime single = new BareRuntime(model, last, pixels, threads, 1);
                BareRuntime batched = new BareRuntime(model, last, pixels, threads, BARE_BATCH)) {
            gate(model, last, pixels);
            Map<Rates, Contender> contenders = new LinkedHashMap<>();
            Rates bare = Rates.of("ONNX Runtime alone, 1 image per run");
            contenders.put(bare, () -> count / single.seconds());
            Rates bareBatched = Rates.of("ONNX Runtime alone, " + BARE_BATCH + " images per run");
            contenders.put(bareBatched, () -> count / batched.seconds());
            contenders.put(Rates.of("patchlens extract, last layer"), () -> count / extract(LayerSelection.last()));
            contenders.put(Rates.of("patchlens extract, all layers"), () -> count / extract(new LayerSelection.All()));
            if (!peer.isEmpty()) {
                contenders.put(Rates.of("peer: " + peer.getFirst()), () -> peerRate(peer));
            }
            for (int round = 0; round <= rounds; round++) {
                for (Map.Entry<Rates, Contender> contender : contenders.entrySet()) {
                    double rate = contender.getValue().imagesPerSecond();
                    if (round > 0) { // the first warms up
                        contender.getKey().perRound().add(rate);
                    }
                }
            }
            print(new ArrayList<>(contenders.keySet()), bare.median() > bareBatched.median() ? bare : bareBatched);
        }
    }

    private static void print(List<Rates> all, Rates reference) {
        System.out.println("| images/s | median | min | max | ratio to the faster ONNX Runtime |");
        System.out.println("|---|---|---|---|---|");
        for (Rates rates : all) {
            System.out.println(rates.row(rates.pairedRatio(reference)));
        }
    }

    private FloatMatrix pixels(Preprocessing preprocessing) throws IOException {
        List<Path> files = imageFiles();
        FloatMatrix pixels =
                FloatMatrix.zeros(files.size(), 3 * preprocessing.inputHeight() * preprocessing.inputWidth());
        for (int i = 0; i < files.size(); i++) {
            try (ImageFile file = ImageReaders.open(files.get(i), ImageLimits.DEFAULT)) {
                preprocessing.apply(file.read(0), pixels.row(i));
            }
        }
        return pixels;
    }

    private List<Path> imageFiles() throws IOException {
        try (Stream<Path> files = Files.list(images)) {
            return files.sorted().toList();
        }
    }

    private double extract(LayerSelection layers) throws IOException {
        Path study = scratch.resolve("study");
        long begin = System.nanoTime();
        Extraction.run(
                ExtractionOptions.of(images, modelFolder, study)
                        .withLayers(layers)
                        .withEffort(new Effort(threads, OptionalInt.empty())),
                Progress.NONE);
        double seconds = (System.nanoTime() - begin) / 1e9;
        delete(study);
        return seconds;
    }

    private void gate(VitModel model, VitRequest request, FloatMatrix pixels) throws IOException {
        Path folder = scratch.resolve("gate");
        Extraction.run(ExtractionOptions.of(images, modelFolder, folder).withDtype(ElementType.F32), Progress.NONE);
        try (Study study = Study.open(folder);
                VitSession session = model.open(request)) {
            for (int image = 0; image < pixels.rows(); image += Math.max(1, pixels.rows() / 8)) {
                FloatMatrix expected = session.run(pixels.row(image)).tokens(Layer.LAST, 0);
                if (!expected.equals(study.embeddings(image, Layer.LAST).tokens())) {
                    throw new IllegalStateException("image " + image + " differs: no time is believed");
                }
            }
        }
        delete(folder);
    }

    private static double peerRate(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = PEER_RATE.matcher(output);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new IllegalStateException("the peer failed: " + output);
        }
        return Double.parseDouble(rate.group(1));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
