package org.patchlens.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.JsonFields;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `shard.json`: which images a shard holds, which inputs failed, and the checksums of its arrays.
///
/// @param study the SHA-256 of `study.json`: a shard of another study is recognised
/// @param number of the shard
/// @param viewChannels 1 or 3
/// @param images in the order of the inputs; row i of each array is of image i
/// @param failures in the order of the inputs
/// @param arrays in the order of [StudyFolder#arrays]
record ShardIndex(
        String study, int number, int viewChannels, List<Image> images, List<Failure> failures, List<Array> arrays) {
    private static final int LONGEST_FILE = 4 << 20;
    private static final int LONGEST_TEXT = 8192;
    private static final int MOST_HEADER_COLUMNS = 1024;
    private static final int MOST_ARRAYS = 2048;

    /// @param position of the input within the shard, from 0
    /// @param header columns that the file's header tells of the image
    record Image(
            int position,
            StudyInput input,
            String sha256,
            int width,
            int height,
            SequencedMap<String, String> header) {}

    /// @param position of the input within the shard, from 0
    record Failure(int position, StudyInput input, String reason) {}

    /// @param bytes the length of the file
    record Array(String name, long bytes, String sha256) {}

    ShardIndex {
        images =
                images.stream().sorted(Comparator.comparingInt(Image::position)).toList();
        failures = failures.stream()
                .sorted(Comparator.comparingInt(Failure::position))
                .toList();
        arrays = List.copyOf(arrays);
    }

    /// The ids of all inputs of the shard, in their order.
    List<String> ids() {
        record Placed(int position, String id) {}
        Stream<Placed> whole = images.stream().map(image -> new Placed(image.position, image.input.id()));
        Stream<Placed> failed = failures.stream().map(failure -> new Placed(failure.position, failure.input.id()));
        return Stream.concat(whole, failed)
                .sorted(Comparator.comparingInt(Placed::position))
                .map(Placed::id)
                .toList();
    }

    byte[] toJson() {
        ObjectNode root = JsonFields.object();
        root.put("study", study);
        root.put("shard", number);
        root.put("viewChannels", viewChannels);
        ArrayNode imageNodes = root.putArray("images");
        for (Image image : images) {
            ObjectNode node = input(imageNodes.addObject(), image.position, image.input);
            node.put("sha256", image.sha256).put("width", image.width).put("height", image.height);
            ObjectNode header = node.putObject("header");
            image.header.forEach(header::put);
        }
        ArrayNode failureNodes = root.putArray("failures");
        for (Failure failure : failures) {
            input(failureNodes.addObject(), failure.position, failure.input).put("reason", failure.reason);
        }
        ArrayNode arrayNodes = root.putArray("arrays");
        for (Array array : arrays) {
            arrayNodes
                    .addObject()
                    .put("name", array.name)
                    .put("bytes", array.bytes)
                    .put("sha256", array.sha256);
        }
        return JsonFields.write(root);
    }

    private static ObjectNode input(ObjectNode node, int position, StudyInput input) {
        return node.put("position", position)
                .put("id", input.id())
                .put("source", input.source())
                .put("frame", input.frame());
    }

    /// @param studySha256 what the shard must belong to
    /// @throws PatchlensException if the file is missing, damaged, or of another shard or study
    static ShardIndex read(Path folder, int number, StudyManifest manifest, String studySha256) {
        JsonFields fields = JsonFields.read(folder.resolve(StudyFolder.SHARD_INDEX), LONGEST_FILE);
        int most = manifest.imagesPerShard();
        ShardIndex index = new ShardIndex(
                fields.sha256("study"),
                fields.integer("shard", 0, Integer.MAX_VALUE),
                fields.integer("viewChannels", 1, 3),
                fields.objects("images", most).stream()
                        .map(image -> image(image, most))
                        .toList(),
                fields.objects("failures", most).stream()
                        .map(failure -> failure(failure, most))
                        .toList(),
                fields.objects("arrays", MOST_ARRAYS).stream()
                        .map(ShardIndex::array)
                        .toList());
        index.check(fields, number, manifest, studySha256);
        return index;
    }

    private void check(JsonFields fields, int expectedNumber, StudyManifest manifest, String studySha256) {
        if (!study.equals(studySha256)) {
            throw PatchlensException.badData(
                    fields.file().toString(),
                    "belongs to another study: its study.json has sha256 " + study + ", that of this study "
                            + studySha256,
                    "Remove the shard's folder and run the same extract command again.");
        }
        if (number != expectedNumber) {
            throw fields.wrong("shard", "" + number, expectedNumber + ", as the folder's name says");
        }
        if (viewChannels == 2) {
            throw fields.wrong("viewChannels", "2", "1 or 3");
        }
        checkPositions(fields);
        List<String> names = arrays.stream().map(Array::name).toList();
        if (!names.equals(StudyFolder.arrays(manifest))) {
            throw fields.wrong("arrays", "" + names, "" + StudyFolder.arrays(manifest));
        }
    }

    /// Every input of the shard is there once, from the first on.
    private void checkPositions(JsonFields fields) {
        List<Integer> positions = new ArrayList<>();
        images.forEach(image -> positions.add(image.position));
        failures.forEach(failure -> positions.add(failure.position));
        positions.sort(Comparator.naturalOrder());
        for (int i = 0; i < positions.size(); i++) {
            if (positions.get(i) != i) {
                throw fields.wrong("position", "" + positions, "each number from 0 once");
            }
        }
    }

    private static Image image(JsonFields fields, int most) {
        return new Image(
                fields.integer("position", 0, most - 1),
                input(fields),
                fields.sha256("sha256"),
                fields.integer("width", 1, Integer.MAX_VALUE),
                fields.integer("height", 1, Integer.MAX_VALUE),
                fields.object("header").texts(MOST_HEADER_COLUMNS, LONGEST_TEXT));
    }

    private static Failure failure(JsonFields fields, int most) {
        return new Failure(fields.integer("position", 0, most - 1), input(fields), fields.text("reason", LONGEST_TEXT));
    }

    private static StudyInput input(JsonFields fields) {
        String id = fields.text("id", LONGEST_TEXT);
        if (id.isEmpty()) {
            throw fields.wrong("id", "empty", "a name");
        }
        return new StudyInput(id, fields.text("source", LONGEST_TEXT), fields.integer("frame", 0, Integer.MAX_VALUE));
    }

    private static Array array(JsonFields fields) {
        return new Array(
                fields.text("name", LONGEST_TEXT), fields.number("bytes", 0, Long.MAX_VALUE), fields.sha256("sha256"));
    }
}
