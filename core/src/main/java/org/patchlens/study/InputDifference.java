package org.patchlens.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.patchlens.PatchlensException;

/// What keeps a list of inputs from continuing a study: committed shards were made of other inputs.
///
/// Inputs behind the committed shards may change freely.
final class InputDifference {
    private static final int MOST_NAMED = 3;

    private InputDifference() {}

    /// @throws PatchlensException if two inputs have the same id
    static void refuseDuplicates(List<StudyInput> inputs) {
        Map<String, StudyInput> seen = new HashMap<>();
        for (StudyInput input : inputs) {
            StudyInput other = seen.putIfAbsent(input.id(), input);
            if (other != null) {
                throw PatchlensException.usage(
                        input.id(),
                        "names two inputs, " + other.source() + " and " + input.source(),
                        "Give the folder above both, so that their names differ.");
            }
        }
    }

    /// @throws PatchlensException if the inputs of committed shards are not what the list says; names which
    static void refuse(
            Path folder, List<StudyInput> inputs, int imagesPerShard, SortedMap<Integer, ShardIndex> committed) {
        for (Map.Entry<Integer, ShardIndex> entry : committed.entrySet()) {
            long from = Math.min((long) entry.getKey() * imagesPerShard, inputs.size());
            long to = Math.min(from + imagesPerShard, inputs.size());
            List<String> wanted = inputs.subList((int) from, (int) to).stream()
                    .map(StudyInput::id)
                    .toList();
            if (!wanted.equals(entry.getValue().ids())) {
                throw refusal(folder, inputs, wanted, committed);
            }
        }
    }

    private static PatchlensException refusal(
            Path folder, List<StudyInput> inputs, List<String> wanted, SortedMap<Integer, ShardIndex> committed) {
        Set<String> inStudy = new HashSet<>();
        committed.values().forEach(shard -> inStudy.addAll(shard.ids()));
        Set<String> inRun = new HashSet<>();
        inputs.forEach(input -> inRun.add(input.id()));
        List<String> added = wanted.stream().filter(id -> !inStudy.contains(id)).toList();
        List<String> gone = committed.values().stream()
                .flatMap(shard -> shard.ids().stream())
                .filter(id -> !inRun.contains(id))
                .toList();
        List<String> changes = new ArrayList<>();
        if (!added.isEmpty()) {
            changes.add(named(added) + (added.size() == 1 ? " is new" : " are new"));
        }
        if (!gone.isEmpty()) {
            changes.add(named(gone) + (gone.size() == 1 ? " is gone" : " are gone"));
        }
        return PatchlensException.usage(
                folder.toString(),
                "was made of other images: "
                        + (changes.isEmpty() ? "their order changed" : String.join(" and ", changes)),
                "Give the same images as before, or another folder for the study.");
    }

    private static String named(List<String> ids) {
        String first = String.join(", ", ids.subList(0, Math.min(MOST_NAMED, ids.size())));
        return ids.size() <= MOST_NAMED ? first : first + " and " + (ids.size() - MOST_NAMED) + " more";
    }
}
