/// What every analysis is: a pure function from a study and options to a result, and the figures that show it.
///
/// An analysis lives in a package of its own below this one: a class with a nested record `Options` (every
/// component with a [Doc], checked in the compact constructor), a nested record `Result` that holds its
/// provenance, `static Result of(study, options, progress)`, `static List<Figure> figures(result)` and the
/// constant `ANALYSIS`, which stands in [org.patchlens.Analyses#ALL]. Its test implements `AnalysisContract`.
///
/// [OptionsSchema] gives the flags, [OptionsJson] the JSON and the JSON schema of options, [ResultJson] the JSON
/// of results.
@NullMarked
package org.patchlens.analysis;

import org.jspecify.annotations.NullMarked;
