package org.patchlens.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.study.AttentionStorage;

/// An extraction in a process of its own, to be killed.
final class ExtractionProcess {
    private ExtractionProcess() {}

    /// Extracts all layers and CLS attention; prints `done/total` for each image, and the sentence of an error.
    ///
    /// @param arguments images, model, study
    public static void main(String[] arguments) {
        ExtractionOptions options = ExtractionOptions.of(
                        Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))
                .withLayers(new LayerSelection.All())
                .withAttention(AttentionStorage.CLS);
        try {
            Extraction.run(options, (stage, done, total) -> {
                if (stage.equals("extract")) {
                    System.out.println(done + "/" + total);
                }
            });
        } catch (PatchlensException e) {
            System.out.println(e.category() + " " + e.getMessage());
            System.exit(3);
        }
    }

    /// Starts one.
    static Process start(Path images, Path model, Path study) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ExtractionProcess.class.getName(),
                images.toString(),
                model.toString(),
                study.toString()));
        Path errors = Files.createTempFile("extraction", ".err");
        errors.toFile().deleteOnExit();
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }
}
