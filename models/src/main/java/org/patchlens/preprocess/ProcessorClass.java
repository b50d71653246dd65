package org.patchlens.preprocess;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The image processors of transformers that are known, with the defaults of version 5.23 for what a file leaves
/// out. Every class rescales and normalizes by default.
enum ProcessorClass {
    VIT("ViTImageProcessor", ResampleFilter.BILINEAR, square(224), Optional.empty(), Means.HALF),
    DEIT("DeiTImageProcessor", ResampleFilter.BICUBIC, square(256), Optional.of(new Size(224, 224)), Means.HALF),
    BIT("BitImageProcessor", ResampleFilter.BICUBIC, shortest(224), Optional.of(new Size(224, 224)), Means.CLIP),
    CLIP("CLIPImageProcessor", ResampleFilter.BICUBIC, shortest(224), Optional.of(new Size(224, 224)), Means.CLIP),
    SIGLIP("SiglipImageProcessor", ResampleFilter.BICUBIC, square(224), Optional.empty(), Means.HALF),
    DINOV3("DINOv3ViTImageProcessor", ResampleFilter.BILINEAR, square(224), Optional.empty(), Means.IMAGENET),
    BEIT("BeitImageProcessor", ResampleFilter.BICUBIC, square(224), Optional.empty(), Means.HALF);

    private final String className;
    private final ResampleFilter filter;
    private final ResizeRule resize;
    private final Optional<Size> crop;
    private final Means means;

    ProcessorClass(String className, ResampleFilter filter, ResizeRule resize, Optional<Size> crop, Means means) {
        this.className = className;
        this.filter = filter;
        this.resize = resize;
        this.crop = crop;
        this.means = means;
    }

    private enum Means {
        HALF(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5)),
        IMAGENET(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
        CLIP(List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));

        private final List<Double> mean;
        private final List<Double> deviation;

        Means(List<Double> mean, List<Double> deviation) {
            this.mean = mean;
            this.deviation = deviation;
        }
    }

    private static ResizeRule square(int edge) {
        return new ResizeRule.Fixed(new Size(edge, edge));
    }

    private static ResizeRule shortest(int length) {
        return new ResizeRule.ShortestEdge(length);
    }

    /// The class behind a name; the endings `Fast` and `Pil` name backends, `FeatureExtractor` is how older files
    /// call an image processor.
    static Optional<ProcessorClass> named(String name) {
        String plain = name.replaceFirst("(Fast|Pil)$", "").replaceFirst("FeatureExtractor$", "ImageProcessor");
        return Arrays.stream(values())
                .filter(known -> known.className.equals(plain))
                .findFirst();
    }

    /// The names of all classes, for an error.
    static String names() {
        return Arrays.stream(values()).map(known -> known.className).collect(Collectors.joining(", "));
    }

    /// Whose arithmetic a class of this name uses.
    Backend backend(String name) {
        if (this == DINOV3) {
            return Backend.TORCHVISION_FLOAT;
        }
        return name.endsWith("Pil") ? Backend.PILLOW : Backend.TORCHVISION;
    }

    /// The kernel of the resize.
    ResampleFilter filter() {
        return filter;
    }

    /// The size of the resize.
    ResizeRule resize() {
        return resize;
    }

    /// Whether a size that is a single number means the shortest edge, not a square.
    boolean singleNumberIsShortestEdge() {
        return this == BIT || this == CLIP || this == SIGLIP;
    }

    /// Whether it crops if the file does not say.
    boolean crops() {
        return crop.isPresent();
    }

    /// The crop if the file switches it on without a size.
    Size crop() {
        return crop.orElse(new Size(224, 224));
    }

    /// The mean of red, green and blue on the scale of 0 to 1.
    List<Double> mean() {
        return means.mean;
    }

    /// The standard deviation of red, green and blue on the scale of 0 to 1.
    List<Double> deviation() {
        return means.deviation;
    }
}
