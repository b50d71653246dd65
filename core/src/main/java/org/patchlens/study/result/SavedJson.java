package org.patchlens.study.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.JsonFields;
import org.patchlens.study.result.SavedResult.ArrayFile;
import org.patchlens.study.result.SavedResult.TextFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `saved.json`: what a saved result is.
final class SavedJson {
    static final String FILE = "saved.json";

    private static final String FORMAT = "patchlens-result";
    private static final int FORMAT_VERSION = 1;
    private static final int LONGEST_FILE = 1 << 24;
    private static final int MOST_TEXTS = 16;
    private static final int MOST_DIMENSIONS = 8;
    private static final long MOST_BYTES = 1L << 40;

    private SavedJson() {}

    static byte[] write(SavedResult saved, String study) {
        ObjectNode root = JsonFields.object();
        root.put("format", FORMAT);
        root.put("formatVersion", FORMAT_VERSION);
        root.put("analysis", saved.name().analysis());
        root.put("name", saved.name().name());
        root.put("studySha256", study);
        root.set("options", saved.options());
        root.set("provenance", saved.provenance());
        ArrayNode texts = root.putArray("texts");
        for (TextFile text : saved.texts()) {
            texts.addObject()
                    .put("name", text.name())
                    .put("bytes", text.bytes())
                    .put("sha256", text.sha256());
        }
        ArrayNode arrays = root.putArray("arrays");
        for (ArrayFile array : saved.arrays()) {
            ObjectNode node = arrays.addObject();
            node.put("name", array.name()).put("type", array.type().name().toLowerCase(Locale.ROOT));
            array.shape().forEach(node.putArray("shape")::add);
            node.put("bytes", array.bytes()).put("sha256", array.sha256());
        }
        return JsonFields.write(root);
    }

    /// @param study the checksum of the study as it is now
    /// @throws org.patchlens.PatchlensException if the file is not what is written here
    static SavedResult read(Path folder, ResultName name, String study) {
        Path file = folder.resolve(FILE);
        JsonFields fields = JsonFields.read(file, LONGEST_FILE);
        if (!fields.text("format", 64).equals(FORMAT)) {
            throw fields.wrong("format", fields.text("format", 64), FORMAT);
        }
        fields.integer("formatVersion", FORMAT_VERSION, FORMAT_VERSION);
        ResultName own =
                new ResultName(fields.text("analysis", ResultName.LONGEST), fields.text("name", ResultName.LONGEST));
        if (!own.equals(name)) {
            throw fields.wrong("name", own.toString(), name.toString());
        }
        return new SavedResult(
                name,
                object(fields, "options"),
                object(fields, "provenance"),
                fields.sha256("studySha256").equals(study),
                time(file),
                texts(fields),
                arrays(fields),
                folder);
    }

    private static JsonNode object(JsonFields fields, String name) {
        return fields.object(name).node();
    }

    private static List<TextFile> texts(JsonFields fields) {
        List<TextFile> texts = new ArrayList<>();
        for (JsonFields text : fields.objects("texts", MOST_TEXTS)) {
            texts.add(new TextFile(fileName(text), text.number("bytes", 0, Integer.MAX_VALUE), text.sha256("sha256")));
        }
        return texts;
    }

    private static List<ArrayFile> arrays(JsonFields fields) {
        List<ArrayFile> arrays = new ArrayList<>();
        for (JsonFields array : fields.objects("arrays", ResultContent.MOST_ARRAYS)) {
            arrays.add(new ArrayFile(
                    fileName(array),
                    type(array),
                    shape(array),
                    array.number("bytes", 0, MOST_BYTES),
                    array.sha256("sha256")));
        }
        return arrays;
    }

    private static String fileName(JsonFields fields) {
        String name = fields.text("name", ResultContent.LONGEST_NAME);
        if (!ResultContent.ARRAY_NAME.matcher(name).matches()) {
            throw fields.wrong("name", name, "lower-case letters, digits and hyphens between them");
        }
        return name;
    }

    private static NumberArray.Type type(JsonFields fields) {
        String name = fields.text("type", 8);
        for (NumberArray.Type type : NumberArray.Type.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        throw fields.wrong("type", name, "f32 or i32");
    }

    private static List<Integer> shape(JsonFields fields) {
        List<Integer> shape = new ArrayList<>();
        for (String dimension : fields.texts("shape", MOST_DIMENSIONS)) {
            if (!dimension.matches("[0-9]{1,9}")) {
                throw fields.wrong("shape", dimension, "numbers from 0 to 999999999");
            }
            shape.add(Integer.parseInt(dimension));
        }
        return shape;
    }

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        }
    }
}
