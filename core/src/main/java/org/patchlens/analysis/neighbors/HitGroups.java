package org.patchlens.analysis.neighbors;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.analysis.neighbors.Neighbors.Group;
import org.patchlens.analysis.neighbors.Neighbors.Hit;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;

/// Counts hits per value of each column of the metadata that makes groups: one with 2 to 20 values.
final class HitGroups {
    private static final int FEWEST_VALUES = 2;
    private static final int MOST_VALUES = 20;

    private HitGroups() {}

    /// The groups column by column, those with most hits first; values that no searched image has are left out.
    static List<Group> of(Metadata metadata, List<Hit> hits, BitSet searched) {
        List<Group> groups = new ArrayList<>();
        for (MetadataColumn column : metadata.columns()) {
            int values = column.counts().size();
            if (values >= FEWEST_VALUES && values <= MOST_VALUES) {
                groups.addAll(of(column, hits, searched));
            }
        }
        return groups;
    }

    private static List<Group> of(MetadataColumn column, List<Hit> hits, BitSet searched) {
        Map<Optional<String>, Integer> images = new LinkedHashMap<>();
        column.counts().keySet().forEach(value -> images.put(Optional.of(value), 0));
        images.put(Optional.empty(), 0);
        searched.stream().forEach(image -> images.merge(column.text(image), 1, Integer::sum));
        List<Group> groups = new ArrayList<>();
        images.forEach((value, count) -> {
            if (count > 0) {
                int found = (int) hits.stream()
                        .filter(hit -> column.text(hit.index()).equals(value))
                        .count();
                double share = hits.isEmpty() ? 0 : (double) found / hits.size();
                groups.add(new Group(column.name(), value, found, share, (double) count / searched.cardinality()));
            }
        });
        groups.sort(Comparator.comparingInt((Group group) -> -group.hits()));
        return groups;
    }
}
