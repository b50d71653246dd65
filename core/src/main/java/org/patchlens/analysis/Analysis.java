package org.patchlens.analysis;

import java.util.List;
import org.patchlens.study.Study;

/// One analysis: a name, options with defaults, a pure function from a study to a result, and the figures of a
/// result.
///
/// An entry in [org.patchlens.Analyses#ALL] is all that the command line needs to offer it; `AnalysisContract`
/// says what must hold of it.
///
/// @param name the command's name: lower-case words with hyphens
/// @param summary one sentence without a full stop
/// @param defaults options that suit most studies; their type is the type of all options
/// @param function what it computes; deterministic for a study and options, whatever the number of threads
/// @param figures what shows a result, the most telling one first; made of the result alone
/// @param <O> the options, a record whose components carry [Doc]
/// @param <R> the result, a record that holds its [org.patchlens.embedding.Provenance]
public record Analysis<O extends Record, R extends Record>(
        String name, String summary, O defaults, Function<O, R> function, Drawing<R> figures) {

    /// The computation of an analysis.
    ///
    /// @param <O> the options
    /// @param <R> the result
    @FunctionalInterface
    public interface Function<O, R> {
        /// Computes the result.
        ///
        /// @throws org.patchlens.PatchlensException if the study does not hold what the options ask for
        R of(Study study, O options, Progress progress);
    }

    /// The pictures of a result.
    ///
    /// @param <R> the result
    @FunctionalInterface
    public interface Drawing<R> {
        /// At least one figure.
        List<Figure> of(R result);
    }

    public Analysis {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("an analysis named " + name);
        }
    }

    /// What the options are, for flags, forms and JSON.
    public OptionsSchema<O> schema() {
        return OptionsSchema.of(defaults);
    }
}
