package org.patchlens.analysis.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.analysis.cluster.ClusterSummary.Composition;
import org.patchlens.point.Patients;
import org.patchlens.point.PointSet;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;

/// Whom the points of clusters are of, by columns of the metadata. A patient counts once for each value that an
/// image of the patient has.
final class Compositions {
    private static final int MOST_VALUES = 12;
    private static final int MOST_COLUMNS = 6;

    private final PointSet points;
    private final Grouping grouping;
    private final Optional<Patients> patients;
    private final List<MetadataColumn> columns;

    private Compositions(
            PointSet points, Grouping grouping, Optional<Patients> patients, List<MetadataColumn> columns) {
        this.points = points;
        this.grouping = grouping;
        this.patients = patients;
        this.columns = columns;
    }

    /// @param asked the columns by name; without any, the first six of text or whole numbers that have 2 to 12
    ///     values
    static Compositions of(
            Metadata metadata, List<String> asked, PointSet points, Grouping grouping, Optional<Patients> patients) {
        List<MetadataColumn> columns = asked.isEmpty()
                ? metadata.columns().stream()
                        .filter(column -> !(column instanceof MetadataColumn.Real))
                        .filter(column ->
                                patients.stream().noneMatch(of -> of.column().equals(column.name())))
                        .filter(column ->
                                column.counts().size() > 1 && column.counts().size() <= MOST_VALUES)
                        .limit(MOST_COLUMNS)
                        .toList()
                : asked.stream().map(metadata::get).toList();
        return new Compositions(points, grouping, patients, columns);
    }

    /// A patient's points among the images of one value.
    private static final class Tally {
        private int all;
        private int inside;
    }

    List<Composition> of(int cluster) {
        return columns.stream().map(column -> of(column, cluster)).toList();
    }

    private Composition of(MetadataColumn column, int cluster) {
        Map<String, Map<Integer, Tally>> tallies = new LinkedHashMap<>();
        column.counts().keySet().forEach(value -> tallies.put(value, new LinkedHashMap<>()));
        for (int image = 0; image < points.images(); image++) {
            Optional<String> value = column.text(image);
            if (value.isPresent() && points.count(image) > 0) {
                int fixed = image;
                int patient = patients.map(known -> known.of(fixed)).orElse(image);
                Tally tally = tallies.computeIfAbsent(value.get(), unknown -> new LinkedHashMap<>())
                        .computeIfAbsent(patient, unknown -> new Tally());
                tally.all += points.count(image);
                for (int point = points.start(image); point < points.end(image); point++) {
                    tally.inside += grouping.labels()[point] == cluster ? 1 : 0;
                }
            }
        }
        List<Integer> inside = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (Map<Integer, Tally> ofValue : tallies.values()) {
            inside.add((int)
                    ofValue.values().stream().filter(tally -> tally.inside > 0).count());
            all.add(ofValue.size());
            shares.add(ofValue.values().stream()
                    .mapToDouble(tally -> (double) tally.inside / tally.all)
                    .average()
                    .orElse(0));
        }
        return new Composition(column.name(), List.copyOf(tallies.keySet()), inside, all, shares);
    }
}
