package org.patchlens.preprocess;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.PixelImage;
import org.patchlens.tensor.FloatMatrix;

/// What a model's `preprocessor_config.json` says is done to an image: resize, centre crop, rescale, normalize, in
/// this order. Immutable; [#apply] may run on several threads.
///
/// @param processor the class that the file names
/// @param backend whose arithmetic is followed
/// @param resize to which size
/// @param filter with which kernel
/// @param crop the centre that is cut out, if any
/// @param normalization from pixel values to the model's numbers
public record Preprocessing(
        String processor,
        Backend backend,
        ResizeRule resize,
        ResampleFilter filter,
        Optional<Size> crop,
        Normalization normalization) {
    private static final DisplayRange WHOLE_BYTES = new DisplayRange(0, 255);
    private static final int LONGEST_RESIZED_EDGE = 1 << 20;

    public Preprocessing {
        if (crop.isEmpty() && !(resize instanceof ResizeRule.Fixed)) {
            throw new IllegalArgumentException("images of different sizes from " + resize + " without a crop");
        }
    }

    /// Reads a `preprocessor_config.json`, or the one in a model's folder. What the file leaves out has the
    /// default of the class that it names. A folder of timm's has none; there `config.json` says it.
    ///
    /// @throws PatchlensException if the file is no such thing or names a class that is not known
    public static Preprocessing read(Path file) {
        return TimmConfig.find(file).orElseGet(() -> PreprocessorConfig.read(file));
    }

    /// What is assumed of a model that comes without a `preprocessor_config.json`: the defaults of
    /// ViTImageProcessor, resized to the model's input without a crop, pixel values from -1 to 1.
    public static Preprocessing assumed(int height, int width) {
        List<Double> half = List.of(0.5, 0.5, 0.5);
        return new Preprocessing(
                "ViTImageProcessor",
                Backend.TORCHVISION,
                new ResizeRule.Fixed(new Size(height, width)),
                ResampleFilter.BILINEAR,
                Optional.empty(),
                new Normalization(1 / 255.0, half, half));
    }

    /// The height of the model's input in pixels.
    public int inputHeight() {
        return input().height();
    }

    /// The width of the model's input in pixels.
    public int inputWidth() {
        return input().width();
    }

    private Size input() {
        return crop.orElseGet(() -> resize.resized(new Size(1, 1)));
    }

    /// The same preprocessing for another input size: the resize grows by the same factor as the crop, so that the
    /// model sees the same part of the image (256 cropped to 224 becomes 512 cropped to 448).
    public Preprocessing withSize(int height, int width) {
        Size wanted = new Size(height, width);
        ResizeRule scaled = crop.isEmpty()
                ? new ResizeRule.Fixed(wanted)
                : resize.scaled((double) height / inputHeight(), (double) width / inputWidth());
        return new Preprocessing(processor, backend, scaled, filter, crop.map(ignored -> wanted), normalization);
    }

    /// How the model's input lies over an image of a size.
    public Geometry geometry(int sourceHeight, int sourceWidth) {
        Size source = new Size(sourceHeight, sourceWidth);
        Size resized = resize.resized(source);
        if (Math.max(resized.height(), resized.width()) > LONGEST_RESIZED_EDGE) {
            throw PatchlensException.badData(
                    "image of " + source + " pixels",
                    "it is too elongated for the resize to " + resize + "; the longer edge would have more than "
                            + LONGEST_RESIZED_EDGE + " pixels",
                    "Crop it, or leave it out");
        }
        Size input = input();
        return new Geometry(
                source,
                resized,
                backend.cropStart(resized.height(), input.height()),
                backend.cropStart(resized.width(), input.width()),
                input);
    }

    /// Preprocesses one image. A grey image becomes three equal channels.
    ///
    /// 16-bit and floating-point images are shown between their black and white, clamped, and resized without
    /// rounding; only the view has 8 bits.
    ///
    /// @param target `float[1][3 * inputHeight * inputWidth]`: red plane, green plane, blue plane
    public Preprocessed apply(PixelImage image, FloatMatrix target) {
        int plane = inputHeight() * inputWidth();
        if (target.size() != (long) Normalization.CHANNELS * plane) {
            throw new IllegalArgumentException(target + " for 3 planes of " + plane);
        }
        Geometry geometry = geometry(image.height(), image.width());
        byte[] view = isBytes(image) ? applyBytes(image, geometry, target) : applyFloats(image, geometry, target);
        return new Preprocessed(PixelImage.ofBytes(inputWidth(), inputHeight(), image.channels(), view), geometry);
    }

    private boolean isBytes(PixelImage image) {
        return backend != Backend.TORCHVISION_FLOAT
                && image.depth() == PixelImage.Depth.U8
                && image.display().equals(WHOLE_BYTES);
    }

    private byte[] applyBytes(PixelImage image, Geometry geometry, FloatMatrix target) {
        byte[] view = ResizeBytes.resize(image.bytes(), image.channels(), geometry, filter, backend);
        int plane = inputHeight() * inputWidth();
        float[] line = new float[inputWidth()];
        for (int channel = 0; channel < Normalization.CHANNELS; channel++) {
            int first = image.channels() == 1 ? 0 : channel;
            for (int start = 0; start < plane; start += line.length) {
                int from = start * image.channels() + first;
                normalization.apply(channel, view, from, image.channels(), line, line.length);
                write(line, target, channel * plane + start);
            }
        }
        return view;
    }

    private byte[] applyFloats(PixelImage image, Geometry geometry, FloatMatrix target) {
        float[] resized = ResizeFloats.resize(image, geometry, filter, backend);
        int plane = inputHeight() * inputWidth();
        float[] line = new float[inputWidth()];
        for (int channel = 0; channel < Normalization.CHANNELS; channel++) {
            int first = image.channels() == 1 ? 0 : channel;
            for (int start = 0; start < plane; start += line.length) {
                int from = start * image.channels() + first;
                normalization.apply(channel, resized, from, image.channels(), line, line.length);
                write(line, target, channel * plane + start);
            }
        }
        byte[] view = new byte[resized.length];
        for (int i = 0; i < view.length; i++) {
            view[i] = (byte) Math.clamp(Math.round(resized[i]), 0, 255);
        }
        return view;
    }

    private static void write(float[] line, FloatMatrix target, int at) {
        MemorySegment.copy(line, 0, target.segment(), FloatMatrix.FLOAT, (long) at * Float.BYTES, line.length);
    }

    /// The preprocessing in one line that is the same for the same preprocessing.
    public String describe() {
        return processor + " as " + backend + ": resize " + resize + " " + filter + ", crop "
                + crop.map(Size::toString).orElse("none") + ", " + normalization;
    }
}
