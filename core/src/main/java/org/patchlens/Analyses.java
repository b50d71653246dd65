package org.patchlens;

import java.util.List;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.neighbors.Neighbors;
import org.patchlens.analysis.norms.Norms;
import org.patchlens.analysis.projection.Projection;
import org.patchlens.analysis.similarity.Similarity;

/// The list of all analyses; an entry here makes a command.
public final class Analyses {
    /// In the order in which they are listed to users.
    public static final List<Analysis<?, ?>> ALL = 
            List.of(Norms.ANALYSIS, Similarity.ANALYSIS, Neighbors.ANALYSIS, Projection.ANALYSIS);

    private Analyses() {}
}
