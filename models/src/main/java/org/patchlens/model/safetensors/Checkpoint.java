package org.patchlens.model.safetensors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.patchlens.PatchlensException;

/// All tensors of a model: one file `model.safetensors`, or several with `model.safetensors.index.json`.
///
/// @param files the real files that hold the weights, in the order of the names of the shards
/// @param tensors by name
public record Checkpoint(List<Path> files, SequencedMap<String, StoredTensor> tensors) {
    private static final String WHOLE = "model.safetensors";

    public Checkpoint {
        files = List.copyOf(files);
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }

    /// Reads the headers of a model's weights.
    ///
    /// @throws PatchlensException if there are none, or a file is damaged
    public static Checkpoint open(Path folder) {
        Path whole = folder.resolve(WHOLE);
        if (Files.exists(whole)) {
            return of(List.of(SafetensorsFile.open(whole)));
        }
        Path index = folder.resolve(ShardIndex.FILE_NAME);
        if (Files.exists(index)) {
            return ShardIndex.read(index).open(folder);
        }
        throw PatchlensException.badData(
                folder.toString(),
                "there is no " + WHOLE + " in this folder" + otherWeights(folder),
                "Give a folder with config.json and " + WHOLE);
    }

    static Checkpoint of(List<SafetensorsFile> files) {
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (SafetensorsFile file : files) {
            for (StoredTensor tensor : file.tensors()) {
                if (tensors.putIfAbsent(tensor.name(), tensor) != null) {
                    throw PatchlensException.badData(
                            file.file().toString(),
                            "the tensor " + tensor.name() + " is in another file of the model as well",
                            "Download the model again");
                }
            }
        }
        refuseSeveralFolders(files);
        return new Checkpoint(files.stream().map(SafetensorsFile::file).toList(), tensors);
    }

    /// ONNX Runtime reads weights from one folder.
    private static void refuseSeveralFolders(List<SafetensorsFile> files) {
        long folders =
                files.stream().map(file -> file.file().getParent()).distinct().count();
        if (folders != 1) {
            throw PatchlensException.badData(
                    files.getFirst().file().toString(),
                    "the files of the model really lie in " + folders + " folders, and one is expected",
                    "Copy them into one folder");
        }
    }

    /// The names of the files that an index says hold the weights.
    ///
    /// @param index a file `model.safetensors.index.json`
    /// @throws PatchlensException if it is damaged
    public static List<String> parts(Path index) {
        return ShardIndex.read(index).files();
    }

    /// The tensor with this name.
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    private static String otherWeights(Path folder) {
        for (String name : List.of("pytorch_model.bin", "tf_model.h5", "flax_model.msgpack")) {
            if (Files.exists(folder.resolve(name))) {
                return "; " + name + " is of a kind that is not read";
            }
        }
        return "";
    }
}
