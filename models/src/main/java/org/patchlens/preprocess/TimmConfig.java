package org.patchlens.preprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.PatchlensException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Reads what timm's `config.json` says about images: `pretrained_cfg`, or in older files the same values beside
/// `architecture`; transformers writes the same around timm's models. What it leaves out has timm's default for
/// evaluation.
final class TimmConfig {
    private static final String FILE_NAME = "config.json";
    private static final long MOST_BYTES = 16L << 20;
    private static final int LONGEST_EDGE = 16_384;
    private static final double SMALLEST_CROP = 0.01;
    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> DEVIATION = List.of(0.229, 0.224, 0.225);
    private static final Map<String, ResampleFilter> FILTERS = Map.of(
            "nearest", ResampleFilter.NEAREST,
            "bilinear", ResampleFilter.BILINEAR,
            "bicubic", ResampleFilter.BICUBIC,
            "lanczos", ResampleFilter.LANCZOS,
            "box", ResampleFilter.BOX,
            "hamming", ResampleFilter.HAMMING);

    private final String subject;
    private final JsonNode config;

    private TimmConfig(String subject, JsonNode config) {
        this.subject = subject;
        this.config = config;
    }

    /// Reads a model folder.
    ///
    /// @return empty if the folder has a preprocessing of its own, or is none of timm's
    static Optional<Preprocessing> find(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        if (Files.exists(folder.resolve("preprocessor_config.json")) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode root = read(file);
        boolean isTimm =
                !root.has("model_type") || root.path("model_type").asString("").equals("timm_wrapper");
        if (!root.path("architecture").isString() || !isTimm) {
            return Optional.empty();
        }
        JsonNode section = root.path("pretrained_cfg");
        return Optional.of(new TimmConfig(file.toString(), section.isObject() ? section : root).preprocessing());
    }

    private static JsonNode read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw PatchlensException.badData(file.toString(), "it has more than 16 MiB and is no " + FILE_NAME, "");
            }
            return JsonMapper.shared().readTree(Files.readAllBytes(file));
        } catch (IOException | JacksonException e) {
            throw PatchlensException.badData(file.toString(), "it cannot be read as JSON", "Download it again")
                    .causedBy(e);
        }
    }

    private Preprocessing preprocessing() {
        Size input = input();
        double kept = kept();
        Size resized = new Size((int) (input.height() / kept), (int) (input.width() / kept));
        return new Preprocessing(
                "timm",
                Backend.PILLOW_CROPPED_BY_TORCHVISION,
                resize(resized),
                choice("interpolation", "bicubic"),
                Optional.of(input),
                new Normalization(1 / 255.0, channels("mean", MEAN), channels("std", DEVIATION)));
    }

    private Size input() {
        JsonNode size = value("input_size");
        if (size.isMissingNode()) {
            return new Size(224, 224);
        }
        if (size.size() != 3 || !size.path(0).isInt() || size.path(0).asInt() != Normalization.CHANNELS) {
            throw bad("input_size is " + size + ", expected 3 channels, height and width");
        }
        return new Size(edge(size.path(1)), edge(size.path(2)));
    }

    private int edge(JsonNode number) {
        if (!number.isInt() || number.asInt() < 1 || number.asInt() > LONGEST_EDGE) {
            throw bad("input_size has an edge of " + number + ", expected 1 to " + LONGEST_EDGE + " pixels");
        }
        return number.asInt();
    }

    /// The part of the resized image that the crop keeps, per axis.
    private double kept() {
        JsonNode part = value("crop_pct");
        if (part.isMissingNode()) {
            return 0.875;
        }
        if (!part.isNumber() || !(part.asDouble() >= SMALLEST_CROP) || part.asDouble() > 1) {
            throw bad("crop_pct is " + part + ", expected a number from " + SMALLEST_CROP + " to 1");
        }
        return part.asDouble();
    }

    private ResizeRule resize(Size resized) {
        String mode = text("crop_mode", "center");
        return switch (mode) {
            case "squash" -> new ResizeRule.Fixed(resized);
            case "center" -> {
                if (resized.height() != resized.width()) {
                    throw bad(
                            "crop_mode is center with an input that is no square, and only squash is supported there");
                }
                yield new ResizeRule.ShortestEdge(resized.height());
            }
            default -> throw bad("crop_mode is " + value("crop_mode") + ", and only center and squash are supported");
        };
    }

    private ResampleFilter choice(String key, String otherwise) {
        ResampleFilter filter = FILTERS.get(text(key, otherwise));
        if (filter == null) {
            throw bad(key + " is " + value(key) + ", and only "
                    + String.join(", ", FILTERS.keySet().stream().sorted().toList()) + " are supported");
        }
        return filter;
    }

    private List<Double> channels(String key, List<Double> otherwise) {
        JsonNode values = value(key);
        if (values.isMissingNode()) {
            return otherwise;
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonNode number : values) {
            if (number.isNumber() && number.asDouble() >= 0 && number.asDouble() <= 1) {
                numbers.add(number.asDouble());
            }
        }
        boolean sound = numbers.size() == Normalization.CHANNELS && values.size() == Normalization.CHANNELS;
        if (!sound || (key.equals("std") && numbers.contains(0.0))) {
            throw bad(key + " is " + values + ", expected three numbers from 0 to 1"
                    + (key.equals("std") ? " and above 0" : ""));
        }
        return numbers;
    }

    private String text(String key, String otherwise) {
        JsonNode value = value(key);
        return value.isString() ? value.asString() : value.isMissingNode() ? otherwise : "";
    }

    private JsonNode value(String key) {
        JsonNode value = config.path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    private PatchlensException bad(String problem) {
        return PatchlensException.badData(subject, problem, "");
    }
}
