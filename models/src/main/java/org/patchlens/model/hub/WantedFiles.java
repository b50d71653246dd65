package org.patchlens.model.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchlens.PatchlensException;
import org.patchlens.model.safetensors.Checkpoint;

/// Which of a model's files Patchlens needs: configuration, preprocessing, and weights of one kind.
final class WantedFiles {
    private static final String CONFIG = "config.json";
    private static final String PREPROCESSING = "preprocessor_config.json";
    private static final String WHOLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final List<String> GRAPHS = List.of("onnx/model.onnx", "model.onnx");
    private static final Set<String> WEIGHTS_BESIDE = Set.of("_data", ".data");

    private WantedFiles() {}

    /// The files to fetch. Of weights in parts only the index: what parts there are stands in it.
    ///
    /// @param paths of all files of the model
    /// @throws PatchlensException if the model has no weights that can be read
    static List<String> of(ModelName name, List<String> paths) {
        List<String> wanted = new ArrayList<>();
        for (String file : List.of(CONFIG, PREPROCESSING)) {
            if (paths.contains(file)) {
                wanted.add(file);
            }
        }
        if (paths.contains(CONFIG) && paths.contains(WHOLE)) {
            wanted.add(WHOLE);
        } else if (paths.contains(CONFIG) && paths.contains(INDEX)) {
            wanted.add(INDEX);
        } else {
            wanted.addAll(graph(name, paths));
        }
        return wanted;
    }

    private static List<String> graph(ModelName name, List<String> paths) {
        String graph = GRAPHS.stream()
                .filter(paths::contains)
                .findFirst()
                .orElseThrow(() -> PatchlensException.badData(
                        name.toString(),
                        "the model has no config.json with model.safetensors, and no model.onnx" + others(paths),
                        "Ask its owner for safetensors, or convert it and give the folder"));
        List<String> files = new ArrayList<>(List.of(graph));
        String folder = graph.substring(0, graph.lastIndexOf('/') + 1);
        WEIGHTS_BESIDE.stream()
                .map(end -> graph + end)
                .filter(paths::contains)
                .sorted()
                .forEach(files::add);
        if (!folder.isEmpty() && paths.contains(folder + PREPROCESSING)) {
            files.add(folder + PREPROCESSING);
        }
        return files;
    }

    private static String others(List<String> paths) {
        return paths.stream()
                .filter(path -> path.matches("[^/]*\\.(bin|pt|pth|h5|msgpack|ckpt|gguf)"))
                .findFirst()
                .map(path -> "; " + path + " is of a kind that is not read, since loading it could run code")
                .orElse("");
    }

    /// The parts of weights whose index is there; none if the weights are not in parts.
    static List<String> parts(Path snapshot) {
        Path index = snapshot.resolve(INDEX);
        return Files.exists(index) ? Checkpoint.parts(index) : List.of();
    }

    /// What to load of a snapshot in which nothing is missing: the folder, or the ONNX file in it.
    static Optional<Path> usable(Path snapshot) {
        if (Files.exists(snapshot.resolve(CONFIG)) && hasWeights(snapshot)) {
            return Optional.of(snapshot);
        }
        return GRAPHS.stream().map(snapshot::resolve).filter(Files::exists).findFirst();
    }

    private static boolean hasWeights(Path snapshot) {
        if (Files.exists(snapshot.resolve(WHOLE))) {
            return true;
        }
        try {
            List<String> parts = parts(snapshot);
            return !parts.isEmpty() && parts.stream().map(snapshot::resolve).allMatch(Files::exists);
        } catch (PatchlensException e) {
            return false; // a damaged index: the model is to be fetched again
        }
    }
}
