package org.patchlens.rerun;

import java.util.function.Function;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.attention.Attention;
import org.patchlens.analysis.attention.AttentionSource;
import org.patchlens.analysis.attention.atlas.AttentionAtlas;
import org.patchlens.study.Study;

/// The analyses that can do more where the model of the study is at hand.
public final class RerunAnalyses {
    private RerunAnalyses() {}

    /// Whether an analysis may run the model.
    public static boolean mayRun(Analysis<?, ?> analysis) {
        return analysis.equals(Attention.ANALYSIS) || analysis.equals(AttentionAtlas.ANALYSIS);
    }

    /// The same analysis with a source of what studies do not store; the analysis itself if it needs none.
    public static Analysis<?, ?> with(Function<Study, AttentionSource> sources, Analysis<?, ?> analysis) {
        if (analysis.equals(Attention.ANALYSIS)) {
            return Attention.analysis(sources);
        }
        return analysis.equals(AttentionAtlas.ANALYSIS) ? AttentionAtlas.analysis(sources) : analysis;
    }
}
