package org.patchlens.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.patchlens.PatchlensException;
import org.patchlens.extract.ExtractionOptions;
import org.patchlens.extract.Numerics;
import org.patchlens.extract.Parallel;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.onnx.Devices;
import picocli.CommandLine.Option;

/// The flags that say what a model computes with, and how much of the machine it takes.
final class ComputeFlags {
    private static final int MOST = 1024;

    @Option(
            names = "--precision",
            paramLabel = "fp32|int8",
            defaultValue = "fp32",
            description =
                    "Numbers that the model computes with: 8-bit integers are faster and less exact; how much less"
                            + " is measured on the first images, and below a cosine of 0.98 refused (default: fp32).")
    private Precision precision;

    @Option(names = "--force-precision", description = "Accept --precision int8 however far its embeddings are off.")
    private boolean forcePrecision;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda|coreml|directml",
            defaultValue = "cpu",
            description = "What the model runs on, if the ONNX Runtime of this program can (default: cpu).")
    private Device device;

    @Option(
            names = "--batch",
            paramLabel = "auto|N",
            defaultValue = "auto",
            description = "Images per run of the model, 1 to 1024 (default: auto).")
    private String batch;

    @Option(names = "--threads", paramLabel = "N", description = "Threads, 1 to 1024 (default: all processors).")
    private Optional<Integer> threads;

    @Option(
            names = "--parallel",
            paramLabel = "auto|streams|session",
            defaultValue = "auto",
            description = "streams: each thread computes images of its own; session: all threads compute one batch"
                    + " together; the study is the same (default: auto, streams unless there are few images or little"
                    + " memory).")
    private Parallel parallel;

    /// What the model computes with.
    ///
    /// @throws PatchlensException if the device is not there
    Numerics numerics() {
        Devices.require(device);
        return new Numerics(precision, device, forcePrecision);
    }

    /// How much of the machine is taken.
    ExtractionOptions.Effort effort() {
        int count = threads.orElse(Runtime.getRuntime().availableProcessors());
        return new ExtractionOptions.Effort(within("--threads", count), batchSize(), parallel);
    }

    private OptionalInt batchSize() {
        if (batch.equals("auto")) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(within("--batch", Integer.parseInt(batch)));
        } catch (NumberFormatException e) {
            throw PatchlensException.usage("--batch " + batch, "auto or a number is expected", "")
                    .causedBy(e);
        }
    }

    private static int within(String flag, int number) {
        if (number < 1 || number > MOST) {
            throw PatchlensException.usage(flag + " " + number, "1 to " + MOST + " is expected", "");
        }
        return number;
    }
}
