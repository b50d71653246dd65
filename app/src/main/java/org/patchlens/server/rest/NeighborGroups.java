package org.patchlens.server.rest;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.point.Patients;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.study.metadata.RowFilter;

/// Which images a search for neighbours visits, and what those that were found have in common.
final class NeighborGroups {
    private static final int FEW_VALUES = 12;
    private static final int MOST_COLUMNS = 8;

    private NeighborGroups() {}

    /// One value of a column.
    ///
    /// @param column of the metadata
    /// @param value in that column
    /// @param hits how many of the hits are of images with this value
    /// @param share of the hits, 0 to 1
    /// @param baseShare of the images that were searched, 0 to 1
    record Group(String column, String value, int hits, double share, double baseShare) {}

    /// The images that are searched.
    ///
    /// @param exclude `none`, `same-image` or `same-patient` as the region
    static BitSet searched(OpenStudy open, Optional<String> where, String exclude, List<PatchPlace> region) {
        Metadata metadata = open.study().metadata();
        BitSet searched = new BitSet();
        searched.set(0, open.study().images().size());
        where.ifPresent(text -> searched.and(RowFilter.parse(text).select(metadata)));
        switch (exclude) {
            case "same-image" -> region.forEach(place -> searched.clear(place.image()));
            case "same-patient" -> {
                List<Integer> patients =
                        Patients.get(metadata, Optional.empty()).numbers();
                for (PatchPlace place : region) {
                    int patient = patients.get(place.image());
                    for (int image = 0; image < patients.size(); image++) {
                        if (patients.get(image) == patient) {
                            searched.clear(image);
                        }
                    }
                }
            }
            default -> {}
        }
        return searched;
    }

    /// The values of the columns among the images of the hits.
    static List<Group> of(OpenStudy open, Optional<List<String>> columns, List<Integer> hits, BitSet searched) {
        Metadata metadata = open.study().metadata();
        List<MetadataColumn> chosen = columns.isPresent()
                ? columns.get().stream().map(metadata::get).toList()
                : metadata.columns().stream()
                        .filter(NeighborGroups::isTelling)
                        .limit(MOST_COLUMNS)
                        .toList();
        List<Group> groups = new ArrayList<>();
        for (MetadataColumn column : chosen) {
            groups.addAll(groups(column, hits, searched));
        }
        return groups;
    }

    private static boolean isTelling(MetadataColumn column) {
        int values = column.counts().size();
        return values > 1 && values <= FEW_VALUES;
    }

    private static List<Group> groups(MetadataColumn column, List<Integer> hits, BitSet searched) {
        Map<String, Integer> base = counts(column, searched.stream().boxed().toList());
        Map<String, Integer> found = counts(column, hits);
        List<Group> groups = new ArrayList<>();
        base.forEach((value, count) -> {
            int hitCount = found.getOrDefault(value, 0);
            groups.add(new Group(
                    column.name(),
                    value,
                    hitCount,
                    hits.isEmpty() ? 0 : (double) hitCount / hits.size(),
                    (double) count / searched.cardinality()));
        });
        groups.sort((a, b) -> Integer.compare(b.hits(), a.hits()));
        return groups;
    }

    private static Map<String, Integer> counts(MetadataColumn column, List<Integer> images) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int image : images) {
            column.text(image).ifPresent(value -> counts.merge(value, 1, Integer::sum));
        }
        return counts;
    }
}
