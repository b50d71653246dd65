package org.patchlens.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;

/// The images and failures of all committed shards, in the order of the inputs.
///
/// @param images with their places
/// @param failures without place
record StudyContents(List<Placed> images, List<FailedInput> failures) {
    /// Where an image is found.
    ///
    /// @param image what is known of it
    /// @param input its number among all inputs, from 0
    /// @param shard the number of its shard
    /// @param row of each array of the shard
    /// @param header columns that the file's header tells of the image
    record Placed(StudyImage image, int input, int shard, int row, SequencedMap<String, String> header) {}

    static StudyContents of(StudyManifest manifest, SortedMap<Integer, ShardIndex> shards) {
        List<Placed> images = new ArrayList<>();
        List<FailedInput> failures = new ArrayList<>();
        for (Map.Entry<Integer, ShardIndex> entry : shards.entrySet()) {
            int shard = entry.getKey();
            int row = 0;
            for (ShardIndex.Image image : entry.getValue().images()) {
                int input = shard * manifest.imagesPerShard() + image.position();
                images.add(new Placed(studyImage(images.size(), image), input, shard, row, image.header()));
                row++;
            }
            entry.getValue()
                    .failures()
                    .forEach(failure -> failures.add(new FailedInput(failure.input(), failure.reason())));
        }
        return new StudyContents(List.copyOf(images), List.copyOf(failures));
    }

    private static StudyImage studyImage(int index, ShardIndex.Image image) {
        StudyInput input = image.input();
        return new StudyImage(
                index, input.id(), input.source(), input.frame(), image.sha256(), image.width(), image.height());
    }
}
