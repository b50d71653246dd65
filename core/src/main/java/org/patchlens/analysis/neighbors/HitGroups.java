package org.patchlens.analysis.neighbors;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import org.patchlens.analysis.neighbors.Neighbors.Group;
import org.patchlens.analysis.neighbors.Neighbors.Hit;
import org.patchlens.analysis.neighbors.Neighbors.Reason;
import org.patchlens.analysis.neighbors.Neighbors.Ungrouped;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;

/// Counts hits per value of each column of the metadata whose values are groups of images.
///
/// @param groups column by column, those with most hits first; values that no searched image has are left out
/// @param ungrouped the other columns, and why
record HitGroups(List<Group> groups, List<Ungrouped> ungrouped) {
    private static final int MOST_VALUES = 20;
    /// Whole numbers closer together than this are codes, such as a grade or a fold; others are measurements.
    private static final long WIDEST_CODES = 10;
    /// A group has on average at least so many images.
    private static final int FEWEST_IMAGES = 2;

    HitGroups {
        groups = List.copyOf(groups);
        ungrouped = List.copyOf(ungrouped);
    }

    static HitGroups of(Metadata metadata, List<Hit> hits, BitSet searched) {
        List<Group> groups = new ArrayList<>();
        List<Ungrouped> ungrouped = new ArrayList<>();
        for (MetadataColumn column : metadata.columns()) {
            Optional<Reason> reason = reason(column);
            reason.ifPresent(why -> ungrouped.add(new Ungrouped(column.name(), why)));
            if (reason.isEmpty()) {
                groups.addAll(of(column, hits, searched));
            }
        }
        return new HitGroups(groups, ungrouped);
    }

    /// Why the values of a column are no groups; empty if they are.
    private static Optional<Reason> reason(MetadataColumn column) {
        int values = column.counts().size();
        int present = column.values().size() - column.missing();
        if (values < 2) {
            return Optional.of(Reason.ONE_VALUE);
        }
        if (isMeasurement(column)) {
            return Optional.of(Reason.NUMBERS);
        }
        if (present < FEWEST_IMAGES * values) {
            return Optional.of(Reason.HARDLY_REPEATED);
        }
        return values > MOST_VALUES ? Optional.of(Reason.MANY_VALUES) : Optional.empty();
    }

    private static boolean isMeasurement(MetadataColumn column) {
        return switch (column) {
            case MetadataColumn.Text text -> false;
            case MetadataColumn.Real real -> true;
            case MetadataColumn.Whole whole -> {
                LongSummaryStatistics range = whole.values().stream()
                        .flatMap(Optional::stream)
                        .mapToLong(Long::longValue)
                        .summaryStatistics();
                yield range.getMax() - range.getMin() >= WIDEST_CODES || range.getMax() - range.getMin() < 0;
            }
        };
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
