package org.patchlens.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.disk.JsonFields;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `study.json`: the manifest as a file.
final class ManifestJson {
    static final String FORMAT = "patchlens-study";

    private static final int LONGEST_FILE = 1 << 20;
    private static final int LONGEST_TEXT = 4096;
    private static final int MOST_SPECIAL_TOKENS = 1024;
    private static final int MOST_MASK_CLASSES = 1024;
    private static final int MOST_LAYERS = 1024;
    private static final int MOST_HEADS = 1024;
    private static final int MOST_DIMENSIONS = 1 << 16;
    private static final int LARGEST_SIDE = 1 << 16;

    private ManifestJson() {}

    static byte[] write(StudyManifest manifest) {
        ObjectNode root = JsonFields.object();
        root.put("format", FORMAT);
        root.put("formatVersion", manifest.formatVersion());
        writeModel(manifest.model(), root.putObject("model"));
        root.put("inputHeight", manifest.inputHeight());
        root.put("inputWidth", manifest.inputWidth());
        root.putObject("grid")
                .put("rows", manifest.grid().rows())
                .put("columns", manifest.grid().columns());
        ArrayNode special = root.putArray("specialTokens");
        manifest.layout().prefix().forEach(token -> special.add(lower(token)));
        root.put("tokens", manifest.tokens());
        ArrayNode layers = root.putArray("layers");
        manifest.layers().forEach(layer -> layers.add(layer.toString()));
        root.put("dtype", lower(manifest.dtype()));
        root.put("attention", lower(manifest.attention()));
        ArrayNode classes = root.putArray("maskClasses");
        manifest.maskClasses().forEach(classes::add);
        root.put("imagesPerShard", manifest.imagesPerShard());
        writeProvenance(manifest.provenance(), root.putObject("provenance"));
        return JsonFields.write(root);
    }

    private static void writeModel(ModelDescription model, ObjectNode node) {
        node.put("name", model.name());
        node.put("family", model.family());
        node.put("sha256", model.sha256());
        node.put("layers", model.layers());
        node.put("heads", model.heads());
        node.put("dimensions", model.dimensions());
        node.put("patchSize", model.patchSize());
        node.put("trainedSize", model.trainedSize());
        node.put("parameters", model.parameters());
        node.put("dtype", model.dtype());
    }

    private static void writeProvenance(Provenance provenance, ObjectNode node) {
        node.put("modelSha256", provenance.modelSha256());
        node.put("preprocessing", provenance.preprocessing());
        node.put("options", provenance.options());
        node.put("seed", provenance.seed());
        node.put("version", provenance.version());
        node.put("javaVersion", provenance.javaVersion());
        node.put("platform", provenance.platform());
    }

    /// @throws PatchlensException if the file is of another format or version, or a value is out of its range
    static StudyManifest read(Path file) {
        JsonFields fields = JsonFields.read(file, LONGEST_FILE);
        checkVersion(file, fields);
        try {
            StudyManifest manifest = manifest(fields);
            if (fields.integer("tokens", 1, Integer.MAX_VALUE) != manifest.tokens()) {
                throw fields.wrong(
                        "tokens", fields.node().get("tokens").toString(), manifest.tokens() + " for this grid");
            }
            return manifest;
        } catch (IllegalArgumentException e) {
            throw PatchlensException.badData(file.toString(), "contradicts itself: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    private static void checkVersion(Path file, JsonFields fields) {
        String format = fields.text("format", LONGEST_TEXT);
        if (!format.equals(FORMAT)) {
            throw fields.wrong("format", format, FORMAT);
        }
        int version = fields.integer("formatVersion", 0, Integer.MAX_VALUE);
        if (version != StudyManifest.FORMAT_VERSION) {
            throw PatchlensException.badData(
                    file.toString(),
                    "is of format version " + version + "; this program reads version " + StudyManifest.FORMAT_VERSION,
                    "Use the version of Patchlens that made the study, or a newer one, or extract it again.");
        }
    }

    private static StudyManifest manifest(JsonFields fields) {
        JsonFields grid = fields.object("grid");
        return new StudyManifest(
                StudyManifest.FORMAT_VERSION,
                model(fields.object("model")),
                fields.integer("inputHeight", 1, LARGEST_SIDE),
                fields.integer("inputWidth", 1, LARGEST_SIDE),
                new PatchGrid(grid.integer("rows", 1, LARGEST_SIDE), grid.integer("columns", 1, LARGEST_SIDE)),
                layout(fields),
                layers(fields),
                choice(fields, "dtype", ElementType.class),
                choice(fields, "attention", AttentionStorage.class),
                fields.texts("maskClasses", MOST_MASK_CLASSES),
                fields.integer("imagesPerShard", 1, StudyManifest.MOST_IMAGES_PER_SHARD),
                provenance(fields.object("provenance")));
    }

    private static TokenLayout layout(JsonFields fields) {
        List<SpecialToken> prefix = new ArrayList<>();
        for (String name : fields.texts("specialTokens", MOST_SPECIAL_TOKENS)) {
            prefix.add(constant(fields, "specialTokens", name, SpecialToken.class));
        }
        return new TokenLayout(prefix);
    }

    private static List<Layer> layers(JsonFields fields) {
        return fields.texts("layers", MOST_LAYERS + 2).stream()
                .map(Layer::parse)
                .toList();
    }

    private static ModelDescription model(JsonFields model) {
        return new ModelDescription(
                model.text("name", LONGEST_TEXT),
                model.text("family", LONGEST_TEXT),
                model.sha256("sha256"),
                model.integer("layers", 1, MOST_LAYERS),
                model.integer("heads", 1, MOST_HEADS),
                model.integer("dimensions", 1, MOST_DIMENSIONS),
                model.integer("patchSize", 1, LARGEST_SIDE),
                model.integer("trainedSize", 1, LARGEST_SIDE),
                model.number("parameters", 0, Long.MAX_VALUE),
                model.text("dtype", LONGEST_TEXT));
    }

    private static Provenance provenance(JsonFields provenance) {
        return new Provenance(
                provenance.sha256("modelSha256"),
                provenance.text("preprocessing", LONGEST_FILE),
                provenance.text("options", LONGEST_FILE),
                provenance.number("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                provenance.text("version", LONGEST_TEXT),
                provenance.text("javaVersion", LONGEST_TEXT),
                provenance.text("platform", LONGEST_TEXT));
    }

    private static <E extends Enum<E>> E choice(JsonFields fields, String name, Class<E> type) {
        return constant(fields, name, fields.text(name, LONGEST_TEXT), type);
    }

    private static <E extends Enum<E>> E constant(JsonFields fields, String name, String found, Class<E> type) {
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (lower(constant).equals(found)) {
                return constant;
            }
            known.add(lower(constant));
        }
        throw fields.wrong(name, found, "one of " + String.join(", ", known));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
