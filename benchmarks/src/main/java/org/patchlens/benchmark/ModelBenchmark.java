package org.patchlens.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.patchlens.embedding.Layer;
import org.patchlens.model.VitModel;
import org.patchlens.model.VitSession;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// How fast the model alone is, in 32-bit floats and in 8-bit integers, as streams and as one session, beside ONNX
/// Runtime and PyTorch in Python on the same weights.
///
/// The contenders take turns in every round, on inputs of zeros, one image and eight at a time where a peer is
/// faster so. The gate, on an image of noise: every token of both peers is that of Patchlens in 32-bit floats to
/// 1e-3 of the largest.
///
/// Usage: MODEL THREADS IMAGES ROUNDS PYTHON SCRIPT
public final class ModelBenchmark {
    private static final double GATE = 1e-3;

    private final VitModel model;
    private final VitRequest request;
    private final int threads;
    private final int images;
    private final ExecutorService pool;

    private ModelBenchmark(VitModel model, int threads, int images, ExecutorService pool) {
        this.model = model;
        int side = model.architecture().imageHeight();
        this.request = VitRequest.ofTokens(side, side, List.of(Layer.LAST));
        this.threads = threads;
        this.images = images;
        this.pool = pool;
    }

    /// Measures and prints a Markdown table.
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 6) {
            System.err.println("usage: ModelBenchmark MODEL THREADS IMAGES ROUNDS PYTHON SCRIPT");
            return;
        }
        int threads = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[0]);
        Path graph = Files.createTempFile("patchlens-benchmark", ".onnx");
        try (ExecutorService pool = Executors.newFixedThreadPool(threads);
                VitModel model = VitModel.load(folder)) {
            ModelBenchmark benchmark = new ModelBenchmark(model, threads, Integer.parseInt(arguments[2]), pool);
            Files.write(graph, model.onnx(benchmark.request));
            List<String> command = List.of(
                    arguments[4],
                    arguments[5],
                    folder.toString(),
                    graph.toString(),
                    model.weightsFolder().toString(),
                    arguments[1],
                    arguments[2]);
            benchmark.run(Integer.parseInt(arguments[3]), command);
        } finally {
            Files.delete(graph);
        }
    }

    private interface Contender {
        double seconds() throws Exception;
    }

    private void run(int rounds, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (VitSession floats = model.open(request);
                VitSession integers = model.open(request, Computation.PLAIN.withPrecision(Precision.INT8));
                VitSession together = model.open(request, Computation.PLAIN.withThreads(threads));
                VitSession integersTogether =
                        model.open(request, new Computation(Precision.INT8, Device.CPU, threads));
                BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true)) {
            gate(floats, questions, answers);
            Map<Rates, Contender> contenders = new LinkedHashMap<>();
            Rates ours = Rates.of("Patchlens, streams");
            contenders.put(ours, () -> streams(floats));
            contenders.put(Rates.of("Patchlens, one session"), () -> alone(together));
            contenders.put(Rates.of("Patchlens, int8, streams"), () -> streams(integers));
            contenders.put(Rates.of("Patchlens, int8, one session"), () -> alone(integersTogether));
            for (String peer : List.of("onnxruntime 1", "onnxruntime 8", "torch 1", "torch 8")) {
                contenders.put(Rates.of(peer), () -> ask(questions, answers, peer));
            }
            for (int round = 0; round <= rounds; round++) {
                for (Map.Entry<Rates, Contender> contender : contenders.entrySet()) {
                    double rate = images / contender.getValue().seconds();
                    if (round > 0) { // the first warms up
                        contender.getKey().perRound().add(rate);
                    }
                }
            }
            System.out.println("| " + model.description().name() + ", images/s | median | min | max | ratio |");
            System.out.println("|---|---|---|---|---|");
            contenders.keySet().forEach(rates -> System.out.println(rates.row(rates.pairedRatio(ours))));
        } finally {
            process.destroy();
        }
    }

    private static double ask(PrintWriter questions, BufferedReader answers, String question) throws IOException {
        questions.println(question);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the peer ended");
        }
        return Double.parseDouble(answer);
    }

    private FloatMatrix zeros() {
        return FloatMatrix.zeros(1, model.architecture().channels() * request.inputHeight() * request.inputWidth());
    }

    private void gate(VitSession session, PrintWriter questions, BufferedReader answers) throws IOException {
        FloatMatrix pixels = zeros();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < pixels.columns(); i++) {
            pixels.set(0, i, (float) random.nextGaussian());
        }
        FloatMatrix tokens = session.run(pixels).tokens(Layer.LAST);
        Path exchanged = Files.createTempFile("patchlens-benchmark", ".f32");
        try {
            for (String peer : List.of("torch", "onnxruntime")) {
                Files.write(exchanged, pixels.segment().toArray(ValueLayout.JAVA_BYTE));
                ask(questions, answers, "gate " + peer + " " + exchanged);
                compare(peer, tokens, ByteBuffer.wrap(Files.readAllBytes(exchanged)));
            }
        } finally {
            Files.delete(exchanged);
        }
    }

    private static void compare(String peer, FloatMatrix tokens, ByteBuffer bytes) {
        FloatBuffer theirs = bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
        double largest = 0;
        double difference = 0;
        for (int row = 0; row < tokens.rows(); row++) {
            for (int column = 0; column < tokens.columns(); column++) {
                float ours = tokens.get(row, column);
                largest = Math.max(largest, Math.abs(ours));
                difference = Math.max(difference, Math.abs(ours - theirs.get(row * tokens.columns() + column)));
            }
        }
        if (!(difference <= GATE * largest) || theirs.capacity() != tokens.size()) {
            throw new IllegalStateException(
                    "tokens of " + peer + " are off by " + difference + " of " + largest + ": no time is believed");
        }
    }

    private double alone(VitSession session) {
        FloatMatrix pixels = zeros();
        long begin = System.nanoTime();
        for (int image = 0; image < images; image++) {
            session.run(pixels);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private double streams(VitSession session) throws InterruptedException, ExecutionException {
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int image = 0; image < images; image++) {
            tasks.add(() -> session.run(zeros()));
        }
        long begin = System.nanoTime();
        for (Future<Object> task : pool.invokeAll(tasks)) {
            task.get();
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
