package org.patchlens.analysis;

import java.util.List;
import java.util.function.BiFunction;
import org.patchlens.study.Study;

/// One analysis: a name, options with defaults, a pure function from a study to a result, and the figures of a
/// result.
///
/// An entry in [org.patchlens.Analyses#ALL] is all that the command line needs to offer it.
///
/// @param name the command's name: lower-case words with hyphens
/// @param summary one sentence without a full stop
/// @param defaults options that suit most studies; their type is the type of all options
/// @param function what it computes; deterministic for a study and options, whatever the number of threads
/// @param figures what shows the result, the most telling one first
/// @param <O> the options, a record whose components carry [Doc]
/// @param <R> the result, a record
public record Analysis<O extends Record, R extends Record>(
        String name, String summary, O defaults, Function<O, R> function, BiFunction<Study, R, List<Figure>> figures) {

    /// The computation of an analysis.
    @FunctionalInterface
    public interface Function<O, R> {
        /// Computes the result.
        ///
        /// @throws org.patchlens.PatchlensException if the study does not hold what the options ask for
        R of(Study study, O options, Progress progress);
    }

    /// The type of the options.
    @SuppressWarnings("unchecked") // the class of a value of type O that is a record is Class<O>: records are final
    public Class<O> optionsType() {
        return (Class<O>) defaults.getClass();
    }
}
