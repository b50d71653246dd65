package org.patchlens.model.safetensors;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchlens.PatchlensException;
import tools.jackson.databind.JsonNode;

/// The index of a model whose weights are spread over several files.
///
/// @param path of the index
/// @param fileOfTensor the name of the file that holds a tensor, by the tensor's name
record ShardIndex(Path path, SequencedMap<String, String> fileOfTensor) {
    static final String FILE_NAME = "model.safetensors.index.json";

    private static final long LONGEST = 64L << 20;
    private static final int MOST_SHARDS = 1000;

    static ShardIndex read(Path path) {
        JsonNode map = StrictJson.read(path, LONGEST).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw wrong(path, "it has no weight_map");
        }
        TreeMap<String, String> fileOfTensor = new TreeMap<>();
        for (var entry : map.properties()) {
            JsonNode file = entry.getValue();
            if (!file.isString() || !isPlainName(file.stringValue())) {
                throw wrong(path, "it sends " + entry.getKey() + " to " + file + ", which is no file of this folder");
            }
            fileOfTensor.put(entry.getKey(), file.stringValue());
        }
        return new ShardIndex(path, fileOfTensor);
    }

    private static boolean isPlainName(String name) {
        return name.endsWith(".safetensors") && name.indexOf('/') < 0 && name.indexOf('\\') < 0 && name.indexOf(0) < 0;
    }

    /// The names of the files, in alphabetical order.
    List<String> files() {
        TreeSet<String> names = new TreeSet<>(fileOfTensor.values());
        if (names.size() > MOST_SHARDS) {
            throw wrong(path, "it names " + names.size() + " files; at most " + MOST_SHARDS + " are read");
        }
        return List.copyOf(names);
    }

    /// Reads the headers of all files and holds the index against them.
    Checkpoint open(Path folder) {
        List<SafetensorsFile> files = files().stream()
                .map(name -> SafetensorsFile.open(folder.resolve(name)))
                .toList();
        Checkpoint checkpoint = Checkpoint.of(files);
        for (String tensor : fileOfTensor.keySet()) {
            if (checkpoint.find(tensor).isEmpty()) {
                throw wrong(path, "it lists the tensor " + tensor + ", which none of its files holds");
            }
        }
        return checkpoint;
    }

    private static PatchlensException wrong(Path path, String reason) {
        return PatchlensException.badData(
                path.toString(), "the index of the weights is damaged: " + reason, "Download the model again");
    }
}
