package org.patchlens.analysis.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.patchlens.analysis.cluster.ClusterSummary.Exemplar;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.point.Patients;
import org.patchlens.point.PointSet;
import org.patchlens.point.PointUnit;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// Describes clusters by their points.
///
/// @param study of the points
/// @param points that were grouped
/// @param rows `float[N][k]`, in the space in which they were
/// @param grouping of them
/// @param patients if a column tells them apart
record ClusterDescription(
        Study study, PointSet points, FloatMatrix rows, Grouping grouping, Optional<Patients> patients) {

    /// The patient of a point; its image where no column tells patients apart.
    private int patient(int point) {
        int image = points.image(point);
        return patients.map(known -> known.of(image)).orElse(image);
    }

    ClusterSummary of(int cluster, double silhouette, int exemplars, Compositions compositions) {
        int[] labels = grouping.labels();
        int[] members = IntStream.range(0, labels.length)
                .filter(point -> labels[point] == cluster)
                .toArray();
        return new ClusterSummary(
                members.length,
                (int) Arrays.stream(members).map(points::image).distinct().count(),
                (int) Arrays.stream(members).map(this::patient).distinct().count(),
                silhouette,
                exemplars(members, exemplars),
                positions(cluster),
                compositions.of(cluster));
    }

    private List<Exemplar> exemplars(int[] members, int most) {
        double[] center = new double[rows.columns()];
        for (int member : members) {
            for (int i = 0; i < center.length; i++) {
                center[i] += rows.get(member, i) / members.length;
            }
        }
        double[] distances = Arrays.stream(members)
                .mapToDouble(point -> distance(point, center))
                .toArray();
        List<Integer> order = IntStream.range(0, members.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distances[i]))
                .toList();
        List<Exemplar> exemplars = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int i : order) {
            if (exemplars.size() < most && seen.add(patient(members[i]))) {
                int image = points.image(members[i]);
                exemplars.add(
                        new Exemplar(image, study.images().get(image).id(), points.patch(members[i]), distances[i]));
            }
        }
        return exemplars;
    }

    private double distance(int point, double[] center) {
        double sum = 0;
        for (int i = 0; i < center.length; i++) {
            double difference = rows.get(point, i) - center[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private FloatMatrix positions(int cluster) {
        if (points.unit() != PointUnit.PATCHES) {
            return FloatMatrix.zeros(0, 0);
        }
        PatchGrid grid = study.manifest().grid();
        int[] all = new int[grid.patches()];
        int[] inside = new int[grid.patches()];
        for (int point = 0; point < points.size(); point++) {
            all[points.patch(point)]++;
            inside[points.patch(point)] += grouping.labels()[point] == cluster ? 1 : 0;
        }
        FloatMatrix positions = FloatMatrix.zeros(grid.rows(), grid.columns());
        for (int patch = 0; patch < all.length; patch++) {
            positions.set(grid.row(patch), grid.column(patch), (float) inside[patch] / all[patch]);
        }
        return positions;
    }
}
