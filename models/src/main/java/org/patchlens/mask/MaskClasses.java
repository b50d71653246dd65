package org.patchlens.mask;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchlens.PatchlensException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the labels of masks mean: the columns of a coverage matrix and the labels that count for each.
///
/// @param names of the classes, C of them, without repetition
/// @param classOfLabel the number of the class, 0 to C - 1, of each label that counts; empty for labels that are
///     left out on purpose
public record MaskClasses(List<String> names, Map<Integer, Optional<Integer>> classOfLabel) {
    private static final int MOST_CLASSES = 1000;
    private static final int LONGEST_NAME = 200;
    private static final long MOST_BYTES = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    public MaskClasses {
        names = List.copyOf(names);
        classOfLabel = Map.copyOf(classOfLabel);
    }

    /// Classes named by their labels, for masks without a description.
    ///
    /// @param labels that occur in the masks, see [LabelMap#values]; the background is left out
    public static MaskClasses ofLabels(Collection<Integer> labels) {
        return ofLabels(labels, Map.of());
    }

    /// Classes named as the masks themselves say; the others by their labels.
    ///
    /// @param names of some of the labels, see [MaskFile#names]; labels with the same name make one class
    public static MaskClasses ofLabels(Collection<Integer> labels, Map<Integer, String> names) {
        SortedMap<Integer, Optional<String>> all = new TreeMap<>();
        labels.stream()
                .filter(label -> label != 0)
                .forEach(label -> all.put(label, Optional.of(names.getOrDefault(label, "label " + label))));
        return of(all, "masks");
    }

    /// Reads a JSON object from labels to names, such as `{"1": "right lung", "2": "left lung", "7": null}`.
    ///
    /// Labels with the same name make one class. A label whose name is `null` is left out on purpose; one that a
    /// mask has and the object has not is an error.
    public static MaskClasses read(Path file) {
        Map<String, JsonNode> entries = new TreeMap<>();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw wrong(file, "it has more than " + MOST_BYTES + " bytes");
            }
            JsonNode root = JSON.readTree(Files.readString(file));
            if (!root.isObject()) {
                throw wrong(file, "it is no JSON object");
            }
            root.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        } catch (IOException e) {
            throw wrong(file, "it cannot be read: " + e).causedBy(e);
        } catch (JacksonException e) {
            throw wrong(file, "it is no JSON: " + e.getOriginalMessage()).causedBy(e);
        }
        SortedMap<Integer, Optional<String>> names = new TreeMap<>();
        entries.forEach((label, name) -> names.put(label(file, label), name(file, label, name)));
        return of(names, file.toString());
    }

    private static int label(Path file, String text) {
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > LabelMap.LARGEST) {
            throw wrong(file, "the label \"" + text + "\" is no whole number from 1 to " + LabelMap.LARGEST);
        }
        return Integer.parseInt(text);
    }

    private static Optional<String> name(Path file, String label, JsonNode name) {
        if (name.isNull()) {
            return Optional.empty();
        }
        String text = name.isString() ? name.asString().strip() : "";
        if (text.isEmpty() || text.length() > LONGEST_NAME) {
            throw wrong(file, "label " + label + " has no name of 1 to " + LONGEST_NAME + " characters");
        }
        return Optional.of(text);
    }

    private static MaskClasses of(SortedMap<Integer, Optional<String>> nameOfLabel, String subject) {
        List<String> names = new ArrayList<>();
        Map<Integer, Optional<Integer>> classOfLabel = new TreeMap<>();
        nameOfLabel.forEach((label, name) -> {
            name.filter(text -> !names.contains(text)).ifPresent(names::add);
            classOfLabel.put(label, name.map(names::indexOf));
        });
        if (names.isEmpty() || names.size() > MOST_CLASSES) {
            throw PatchlensException.badData(
                    subject, "there are " + names.size() + " classes; masks have 1 to " + MOST_CLASSES, "");
        }
        return new MaskClasses(names, classOfLabel);
    }

    private static PatchlensException wrong(Path file, String what) {
        return PatchlensException.badData(
                file.toString(),
                what,
                "Write the names of the labels as {\"1\": \"right lung\", \"2\": \"left lung\"}");
    }

    /// C, the number of classes.
    public int count() {
        return names.size();
    }

    /// Refuses a mask with labels that have no name: a wrong list of names must not look like an empty mask.
    ///
    /// @param subject the mask's file, for messages
    public void refuseUnknown(LabelMap mask, String subject) {
        for (int label : mask.values()) {
            if (!classOfLabel.containsKey(label)) {
                throw PatchlensException.badData(
                        subject,
                        "the mask has the label " + label + ", which has no name; the names are those of the labels "
                                + classOfLabel.keySet().stream().sorted().toList(),
                        "Name it, or give it the name null to leave it out");
            }
        }
    }

    /// The class of each label from 0 to 65,535, or -1 if it counts for none.
    int[] table() {
        int[] table = new int[LabelMap.LARGEST + 1];
        Arrays.fill(table, -1);
        classOfLabel.forEach((label, number) -> number.ifPresent(known -> table[label] = known));
        return table;
    }
}
