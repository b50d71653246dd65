package org.patchlens.analysis.cluster;

import java.util.List;
import org.patchlens.tensor.FloatMatrix;

/// What is known of one cluster.
///
/// @param size its points
/// @param images that have a point in it
/// @param patients that have a point in it; images where no column tells patients apart
/// @param silhouette the mean over its points in the sample; NaN if there are none
/// @param exemplars the points nearest to its centre, each of another patient
/// @param positions `float[H][W]`, the share of the points at each place of the grid that are in it; NaN where
///     there are none. `float[0][0]` for points that are images
/// @param composition by columns of the metadata
public record ClusterSummary(
        int size,
        int images,
        int patients,
        double silhouette,
        List<Exemplar> exemplars,
        FloatMatrix positions,
        List<Composition> composition) {
    public ClusterSummary {
        exemplars = List.copyOf(exemplars);
        composition = List.copyOf(composition);
    }

    /// A typical point.
    ///
    /// @param image index of its image
    /// @param id of its image
    /// @param patch of the grid; 0 for a point that is an image
    /// @param distance from the centre
    public record Exemplar(int image, String id, int patch, double distance) {}

    /// Whom a cluster occurs in. Every patient counts once, however many patches there are of each.
    ///
    /// @param column of the metadata
    /// @param values of the column
    /// @param patients with this value that have a point in the cluster
    /// @param ofPatients with this value at all
    /// @param shares of the points of a patient that are in the cluster, mean over the patients with this value
    public record Composition(
            String column, List<String> values, List<Integer> patients, List<Integer> ofPatients, List<Double> shares) {
        public Composition {
            values = List.copyOf(values);
            patients = List.copyOf(patients);
            ofPatients = List.copyOf(ofPatients);
            shares = List.copyOf(shares);
        }
    }
}
