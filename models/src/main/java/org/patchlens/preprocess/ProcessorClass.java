package org.patchlens.preprocess;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An image processor of transformers, with the defaults of version 5.23 for what a file leaves out. All of them
/// rescale and normalize by default.
///
/// @param className as `preprocessor_config.json` names it
/// @param filter the kernel of the resize
/// @param resize the size of the resize
/// @param crop the crop, for those that crop by default
/// @param shortestEdge whether a size that is a single number means the shortest edge, not a square
/// @param mean of red, green and blue on the scale of 0 to 1
/// @param deviation of red, green and blue on the scale of 0 to 1
record ProcessorClass(
        String className,
        ResampleFilter filter,
        ResizeRule resize,
        Optional<Size> crop,
        boolean shortestEdge,
        List<Double> mean,
        List<Double> deviation) {
    private static final Size INPUT = new Size(224, 224);
    private static final ResizeRule SQUARE = new ResizeRule.Fixed(INPUT);
    private static final ResizeRule SHORTEST = new ResizeRule.ShortestEdge(224);
    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
    private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);
    private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);
    private static final ResizeRule SQUARE_OF_256_PATCHES = new ResizeRule.Fixed(new Size(256, 256));
    private static final String DINOV3 = "DINOv3ViTImageProcessor";

    private static final List<ProcessorClass> ALL = List.of(
            new ProcessorClass(
                    "ViTImageProcessor", ResampleFilter.BILINEAR, SQUARE, Optional.empty(), false, HALF, HALF),
            new ProcessorClass(
                    "DeiTImageProcessor",
                    ResampleFilter.BICUBIC,
                    new ResizeRule.Fixed(new Size(256, 256)),
                    Optional.of(INPUT),
                    false,
                    HALF,
                    HALF),
            new ProcessorClass(
                    "BitImageProcessor",
                    ResampleFilter.BICUBIC,
                    SHORTEST,
                    Optional.of(INPUT),
                    true,
                    CLIP_MEAN,
                    CLIP_DEVIATION),
            new ProcessorClass(
                    "CLIPImageProcessor",
                    ResampleFilter.BICUBIC,
                    SHORTEST,
                    Optional.of(INPUT),
                    true,
                    CLIP_MEAN,
                    CLIP_DEVIATION),
            new ProcessorClass(
                    "SiglipImageProcessor", ResampleFilter.BICUBIC, SQUARE, Optional.empty(), true, HALF, HALF),
            new ProcessorClass(
                    "Siglip2ImageProcessor",
                    ResampleFilter.BILINEAR,
                    SQUARE_OF_256_PATCHES,
                    Optional.empty(),
                    false,
                    HALF,
                    HALF),
            new ProcessorClass(
                    DINOV3,
                    ResampleFilter.BILINEAR,
                    SQUARE,
                    Optional.empty(),
                    false,
                    IMAGENET_MEAN,
                    IMAGENET_DEVIATION),
            new ProcessorClass(
                    "BeitImageProcessor", ResampleFilter.BICUBIC, SQUARE, Optional.empty(), false, HALF, HALF));

    /// The class behind a name; the endings `Fast` and `Pil` name backends, `FeatureExtractor` is how older files
    /// call an image processor.
    static Optional<ProcessorClass> named(String name) {
        String plain = name.replaceFirst("(Fast|Pil)$", "").replaceFirst("FeatureExtractor$", "ImageProcessor");
        return ALL.stream().filter(known -> known.className.equals(plain)).findFirst();
    }

    /// The names of all classes, for an error.
    static String names() {
        return ALL.stream().map(ProcessorClass::className).collect(Collectors.joining(", "));
    }

    /// Whose arithmetic a class of this name uses.
    Backend backend(String name) {
        if (className.equals(DINOV3)) {
            return Backend.TORCHVISION_FLOAT;
        }
        return name.endsWith("Pil") ? Backend.PILLOW : Backend.TORCHVISION;
    }

    /// The crop if the file switches it on without a size.
    Size cropSize() {
        return crop.orElse(INPUT);
    }
}
