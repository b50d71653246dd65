package org.patchlens;

import java.util.List;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.attention.Attention;
import org.patchlens.analysis.attention.atlas.AttentionAtlas;
import org.patchlens.analysis.cluster.Clusters;
import org.patchlens.analysis.neighbors.Neighbors;
import org.patchlens.analysis.norms.Norms;
import org.patchlens.analysis.probe.Probe;
import org.patchlens.analysis.probe.segmentation.Segmentation;
import org.patchlens.analysis.projection.Projection;
import org.patchlens.analysis.similarity.Similarity;

/// The list of all analyses; an entry here makes a command.
public final class Analyses {
    /// In the order in which they are listed to users.
    public static final List<Analysis<?, ?>> ALL = List.of(
            Similarity.ANALYSIS,
            Neighbors.ANALYSIS,
            Norms.ANALYSIS,
            Attention.ANALYSIS,
            AttentionAtlas.ANALYSIS,
            Projection.ANALYSIS,
            Clusters.ANALYSIS,
            Probe.ANALYSIS,
            Segmentation.ANALYSIS);

    private Analyses() {}
}
