package org.patchlens.preprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchlens.PatchlensException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a `preprocessor_config.json`. The file comes from outside: every number is checked before it is used.
final class PreprocessorConfig {
    private static final String FILE_NAME = "preprocessor_config.json";
    private static final long MOST_BYTES = 1 << 20;
    private static final int LONGEST_EDGE = 16_384;
    private static final double ONE_OVER_255 = 1 / 255.0;

    private final String subject;
    private final JsonNode root;

    private PreprocessorConfig(String subject, JsonNode root) {
        this.subject = subject;
        this.root = root;
    }

    /// Reads the file, or the one in a folder.
    static Preprocessing read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(FILE_NAME) : path;
        String subject = file.toString();
        try {
            if (!Files.isRegularFile(file)) {
                throw PatchlensException.badData(
                        subject, "there is no such file", "Add the " + FILE_NAME + " that belongs to the model");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw PatchlensException.badData(subject, "it has more than 1 MiB and is no " + FILE_NAME, "");
            }
            JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
            return new PreprocessorConfig(subject, root).preprocessing();
        } catch (IOException | JacksonException e) {
            throw PatchlensException.badData(subject, "it cannot be read as JSON", "Download it again")
                    .causedBy(e);
        }
    }

    private Preprocessing preprocessing() {
        String name = className();
        ProcessorClass known = ProcessorClass.named(name)
                .orElseThrow(() -> bad(
                        "the image processor " + name + " is not known; the known ones are " + ProcessorClass.names()));
        if (flag("do_pad", false)) {
            throw bad("it asks for padding (do_pad), which is not supported");
        }
        boolean crops = flag("do_center_crop", known.crop().isPresent());
        ResizeRule resize = flag("do_resize", true) ? resize(known) : new ResizeRule.Keep();
        if (!crops && !(resize instanceof ResizeRule.Fixed)) {
            throw bad("it resizes to " + resize + " without a crop, so that images of different shapes would get"
                    + " different grids; a fixed size or a crop is expected");
        }
        return new Preprocessing(
                name,
                known.backend(name),
                resize,
                filter(known),
                crops ? Optional.of(crop(known)) : Optional.empty(),
                normalization(known));
    }

    private String className() {
        for (String key : List.of("image_processor_type", "feature_extractor_type")) {
            if (root.path(key).isString()) {
                return root.path(key).asString();
            }
        }
        throw bad("it names no image_processor_type; one of " + ProcessorClass.names() + " is expected");
    }

    private ResampleFilter filter(ProcessorClass known) {
        JsonNode code = root.path("resample");
        if (code.isMissingNode() || code.isNull()) {
            return known.filter();
        }
        return Optional.of(code)
                .filter(JsonNode::isInt)
                .flatMap(number -> ResampleFilter.ofCode(number.asInt()))
                .orElseThrow(() -> bad("resample is " + code + ", expected a number from 0 to 5"));
    }

    private ResizeRule resize(ProcessorClass known) {
        if (root.path("max_num_patches").isNumber()) {
            return squareOfPatches();
        }
        JsonNode size = root.path("size");
        if (size.isMissingNode() || size.isNull()) {
            return known.resize();
        }
        if (size.isNumber()) {
            int edge = edge(size, "size");
            return known.shortestEdge()
                    ? new ResizeRule.ShortestEdge(edge)
                    : new ResizeRule.Fixed(new Size(edge, edge));
        }
        if (keys(size).equals(Set.of("shortest_edge"))) {
            return new ResizeRule.ShortestEdge(edge(size.path("shortest_edge"), "size.shortest_edge"));
        }
        return new ResizeRule.Fixed(heightAndWidth(size, "size"));
    }

    /// The largest square of patches: what the processor makes of a square image. It would give other images
    /// patches of their own number of rows and columns, and a study has one grid.
    private ResizeRule squareOfPatches() {
        int patches = (int) Math.sqrt(edge(root.path("max_num_patches"), "max_num_patches"));
        int patchSize = root.path("patch_size").isMissingNode() ? 16 : edge(root.path("patch_size"), "patch_size");
        long side = (long) patches * patchSize;
        if (side > LONGEST_EDGE) {
            throw bad("max_num_patches and patch_size give images of " + side + " pixels");
        }
        return new ResizeRule.Fixed(new Size((int) side, (int) side));
    }

    private Size crop(ProcessorClass known) {
        JsonNode size = root.path("crop_size");
        if (size.isMissingNode() || size.isNull()) {
            return known.cropSize();
        }
        if (size.isNumber()) {
            int edge = edge(size, "crop_size");
            return new Size(edge, edge);
        }
        return heightAndWidth(size, "crop_size");
    }

    private Size heightAndWidth(JsonNode size, String key) {
        if (!keys(size).equals(Set.of("height", "width"))) {
            throw bad(key + " is " + size + ", expected height and width"
                    + (key.equals("size") ? ", or shortest_edge" : ""));
        }
        return new Size(edge(size.path("height"), key + ".height"), edge(size.path("width"), key + ".width"));
    }

    /// The names that have a value; files also list others with null.
    private static Set<String> keys(JsonNode size) {
        Set<String> keys = new HashSet<>();
        size.forEachEntry((key, value) -> {
            if (!value.isNull()) {
                keys.add(key);
            }
        });
        return keys;
    }

    private int edge(JsonNode number, String key) {
        if (!number.isInt() || number.asInt() < 1 || number.asInt() > LONGEST_EDGE) {
            throw bad(key + " is " + number + ", expected 1 to " + LONGEST_EDGE + " pixels");
        }
        return number.asInt();
    }

    private Normalization normalization(ProcessorClass known) {
        double factor = flag("do_rescale", true) ? rescaleFactor() : 1;
        if (!flag("do_normalize", true)) {
            return new Normalization(factor, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
        }
        return new Normalization(
                factor, channels("image_mean", known.mean()), channels("image_std", known.deviation()));
    }

    private double rescaleFactor() {
        JsonNode factor = root.path("rescale_factor");
        if (factor.isMissingNode() || factor.isNull()) {
            return ONE_OVER_255;
        }
        if (!factor.isNumber() || !(factor.asDouble() > 0) || factor.asDouble() > 1) {
            throw bad("rescale_factor is " + factor + ", expected a number above 0, at most 1");
        }
        return factor.asDouble();
    }

    private List<Double> channels(String key, List<Double> otherwise) {
        JsonNode values = root.path(key);
        if (values.isMissingNode() || values.isNull()) {
            return otherwise;
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonNode value : values) {
            boolean sound = value.isNumber()
                    && Double.isFinite(value.asDouble())
                    && (value.asDouble() > 0 || key.equals("image_mean"));
            if (sound) {
                numbers.add(value.asDouble());
            }
        }
        if (numbers.size() != Normalization.CHANNELS || values.size() != Normalization.CHANNELS) {
            throw bad(key + " is " + values + ", expected three numbers" + (key.equals("image_std") ? " above 0" : ""));
        }
        return numbers;
    }

    private boolean flag(String key, boolean otherwise) {
        JsonNode value = root.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw bad(key + " is " + value + ", expected true or false");
        }
        return value.asBoolean();
    }

    private PatchlensException bad(String problem) {
        return PatchlensException.badData(subject, problem, "");
    }
}
