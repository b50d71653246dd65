package org.patchlens.rerun;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.attention.AttentionSource;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.extract.ModelPreprocessing;
import org.patchlens.extract.Numerics;
import org.patchlens.image.PixelImage;
import org.patchlens.model.AttentionOutput;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.VitOutput;
import org.patchlens.model.VitSession;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.preprocess.Preprocessing;
import org.patchlens.preprocess.ResizeRule;
import org.patchlens.preprocess.Size;
import org.patchlens.study.Study;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;

/// Attention that the model of a study computes again, from the images as the study keeps them.
///
/// A study keeps what the model saw with 8 bits. For pictures of 8 bits that is exactly what the model saw.
/// Images of more bits, such as CT, were not rounded for the model: they differ from their stored image by up to
/// half a step of 255, and their attention differs accordingly. The originals are not read again, since they move.
/// A study in 8-bit integers has the attention of 8-bit integers: the precision is that of the study.
///
/// One block is computed at a time, for all images, and the matrices of one image are in memory: `A * T * T`
/// floats, 120 MB for 16 heads and 1,370 tokens. Whether they fit is checked before anything is computed. For one
/// thread.
public final class ModelAttention implements AttentionSource, AutoCloseable {
    private final Study study;
    private final ImageEncoder model;
    private final Preprocessing normalization;

    private ModelAttention(Study study, ImageEncoder model, Preprocessing normalization) {
        this.study = study;
        this.model = model;
        this.normalization = normalization;
    }

    /// Loads the model of a study.
    ///
    /// @param path of the model
    /// @throws PatchlensException if it is no model, has other weights than the one that made the study, or
    ///     prepares images in another way
    public static ModelAttention open(Study study, Path path) {
        ImageEncoder model = ImageEncoder.load(path);
        boolean usable = false;
        try {
            requireSameWeights(study.manifest(), model.description(), path);
            ModelAttention attention = new ModelAttention(study, model, normalization(study, model, path));
            usable = true;
            return attention;
        } finally {
            if (!usable) {
                model.close();
            }
        }
    }

    private static void requireSameWeights(StudyManifest manifest, ModelDescription given, Path path) {
        String expected = manifest.model().sha256();
        if (!given.sha256().equals(expected)) {
            throw PatchlensException.usage(
                    "model " + path,
                    "has other weights than the model that made the study: the study is of "
                            + manifest.model().name() + " with the SHA-256 " + shortened(expected) + ", these have "
                            + shortened(given.sha256()),
                    "Give the model of the study with --model FOLDER");
        }
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, 12) + "…";
    }

    /// What is left of the preprocessing: the stored image has its size already.
    private static Preprocessing normalization(Study study, ImageEncoder model, Path path) {
        StudyManifest manifest = study.manifest();
        Preprocessing whole = ModelPreprocessing.of(path, model)
                .preprocessing()
                .withSize(manifest.inputHeight(), manifest.inputWidth());
        String known = manifest.provenance().preprocessing();
        if (!known.equals(whole.describe()) && !known.startsWith(whole.describe() + ";")) {
            throw PatchlensException.usage(
                    "model " + path,
                    "prepares images in another way than the study was made: now " + whole.describe() + ", then "
                            + known,
                    "Give the preprocessor_config.json of then");
        }
        return new Preprocessing(
                whole.processor(),
                whole.backend(),
                new ResizeRule.Fixed(new Size(manifest.inputHeight(), manifest.inputWidth())),
                whole.filter(),
                Optional.empty(),
                whole.normalization());
    }

    @Override
    public void read(List<Integer> images, List<Integer> blocks, Reader reader) {
        int height = study.manifest().inputHeight();
        int width = study.manifest().inputWidth();
        Computation computation = Computation.PLAIN.withPrecision(Numerics.precisionOf(study.manifest()));
        FloatMatrix pixels = FloatMatrix.zeros(1, 3 * height * width);
        for (int block : blocks) {
            VitRequest request = new VitRequest(height, width, List.of(), new AttentionRequest.OfBlock(block));
            try (VitSession session = model.open(request, computation)) {
                VitOutput output = session.allocate(1);
                for (int image : images) {
                    prepare(image, pixels);
                    session.run(pixels, output);
                    reader.take(image, block, matrices(output));
                }
            }
        }
    }

    private void prepare(int image, FloatMatrix pixels) {
        ViewImage view = study.view(image);
        normalization.apply(PixelImage.ofBytes(view.width(), view.height(), view.channels(), view.samples()), pixels);
    }

    private static FloatMatrix matrices(VitOutput output) {
        return switch (output.attention()) {
            case AttentionOutput.OfBlock block -> block.matrices();
            case AttentionOutput.Cls _, AttentionOutput.None _ ->
                throw new IllegalStateException("whole matrices were asked for, and others came");
        };
    }

    @Override
    public void close() {
        model.close();
    }
}
