package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.patchlens.PatchlensException;
import org.patchlens.study.StudyImage;
import org.patchlens.study.metadata.MetadataColumn;

/// The measured images by their value in a column of the metadata.
///
/// @param column its name; empty if nobody named one
/// @param members the places of the images among the measured ones, by their value: the largest groups first
record ImageGroups(String column, SequencedMap<String, List<Integer>> members) {
    private static final int MOST_GROUPS = 20;

    static final ImageGroups NONE = new ImageGroups("", new LinkedHashMap<>());

    /// @throws PatchlensException if there is no such column, or no measured image has a value in it
    static ImageGroups of(ScanPlan plan, String name) {
        MetadataColumn column = plan.study().metadata().get(name);
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < plan.images().size(); i++) {
            StudyImage image = plan.images().get(i);
            Optional<String> value = column.text(image.index());
            int place = i;
            value.ifPresent(text ->
                    members.computeIfAbsent(text, key -> new ArrayList<>()).add(place));
        }
        if (members.isEmpty()) {
            throw PatchlensException.usage("group " + name, "no measured image has a value in this column", "");
        }
        SequencedMap<String, List<Integer>> largest = new LinkedHashMap<>();
        members.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, List<Integer>>>comparingInt(
                                entry -> -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_GROUPS)
                .forEach(entry -> largest.put(entry.getKey(), entry.getValue()));
        return new ImageGroups(column.name(), largest);
    }
}
