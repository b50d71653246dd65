package org.patchlens.tutorial;

import java.nio.file.Path;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.attention.Attention;
import org.patchlens.analysis.attention.AttentionOptions;
import org.patchlens.analysis.attention.AttentionSource;
import org.patchlens.analysis.attention.atlas.AtlasOptions;
import org.patchlens.analysis.attention.atlas.AttentionAtlas;
import org.patchlens.analysis.norms.Norms;
import org.patchlens.embedding.Layer;
import org.patchlens.rerun.ModelAttention;
import org.patchlens.study.Study;

/// The programs of `docs/concepts/attention.md` and `docs/concepts/norms.md`.
final class LookAtAttention {
    private LookAtAttention() {}

    // stored: begin
    static Attention.Result stored(Path folder) {
        try (Study study = Study.open(folder)) {
            AttentionOptions options =
                    AttentionOptions.defaults().withLayer(new Layer(1)).withHead("0");
            return Attention.of(study, options, Progress.NONE, AttentionSource.NONE);
        }
    }
    // stored: end

    // computed: begin
    static Attention.Result computed(Path folder, Path model) {
        try (Study study = Study.open(folder);
                ModelAttention source = ModelAttention.open(study, model)) {
            AttentionOptions options =
                    AttentionOptions.defaults().withQuery("1,2").withRollout(0.9);
            return Attention.of(study, options, Progress.NONE, source);
        }
    }
    // computed: end

    // atlas: begin
    static AttentionAtlas.Result atlas(Path folder, Path model) {
        try (Study study = Study.open(folder);
                ModelAttention source = ModelAttention.open(study, model)) {
            return AttentionAtlas.of(study, AtlasOptions.defaults().withSample(16), Progress.NONE, source);
        }
    }
    // atlas: end

    // norms: begin
    static Norms.Result norms(Path folder) {
        try (Study study = Study.open(folder)) {
            return Norms.of(study, Norms.Options.defaults().withGroup("site"), Progress.NONE);
        }
    }
    // norms: end
}
