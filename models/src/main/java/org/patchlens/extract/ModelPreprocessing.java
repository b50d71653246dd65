package org.patchlens.extract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.OnnxVitModel;
import org.patchlens.model.VitModel;
import org.patchlens.preprocess.Preprocessing;

/// What is done to images before a model, and whether the model says so.
///
/// @param preprocessing at the model's own size
/// @param assumption a sentence to the user, if nothing beside the model says what it was trained with, or if that
///     cannot be done to all images alike
public record ModelPreprocessing(Preprocessing preprocessing, Optional<String> assumption) {
    /// Reads the `preprocessor_config.json` in a model's folder, or beside a model's file.
    ///
    /// @param path of the model
    public static ModelPreprocessing of(Path path, ImageEncoder model) {
        return switch (model) {
            case VitModel _ -> ofFolder(Preprocessing.read(path));
            case OnnxVitModel exported -> ofFile(path, exported);
        };
    }

    private static ModelPreprocessing ofFolder(Preprocessing preprocessing) {
        if (!preprocessing.processor().startsWith("Siglip2ImageProcessor")) {
            return new ModelPreprocessing(preprocessing, Optional.empty());
        }
        return new ModelPreprocessing(
                preprocessing,
                Optional.of("The model's processor keeps the shape of every image, and a study has one grid; all images"
                        + " are resized to " + preprocessing.inputHeight() + "x" + preprocessing.inputWidth() + "."));
    }

    private static ModelPreprocessing ofFile(Path path, OnnxVitModel model) {
        Path beside = path.resolveSibling("preprocessor_config.json");
        if (Files.exists(beside)) {
            return new ModelPreprocessing(Preprocessing.read(beside), Optional.empty());
        }
        int patch = model.description().patchSize();
        Preprocessing assumed =
                Preprocessing.assumed(model.grid().rows() * patch, model.grid().columns() * patch);
        return new ModelPreprocessing(
                assumed,
                Optional.of("There is no preprocessor_config.json beside " + path + "; assumed is " + assumed.describe()
                        + "."));
    }
}
