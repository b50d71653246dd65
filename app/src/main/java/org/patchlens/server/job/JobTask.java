package org.patchlens.server.job;

import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.ResultFiles;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.study.result.ResultName;
import tools.jackson.databind.JsonNode;

/// An analysis with its options, ready to run.
///
/// @param study to read
/// @param name of the result
/// @param analysis to run
/// @param options of it
/// @param <O> the options
/// @param <R> the result
record JobTask<O extends Record, R extends Record>(
        OpenStudy study, ResultName name, Analysis<O, R> analysis, O options) {
    private static final int MOST_NAMES = 10_000;

    /// Reads the options.
    ///
    /// @param given the name of the result; without it, the first of `run-1`, `run-2` … that is free
    /// @throws PatchlensException if options or name cannot be meant like that, or the name is taken
    static <O extends Record, R extends Record> JobTask<O, R> of(
            OpenStudy study, Analysis<O, R> analysis, JsonNode options, Optional<String> given) {
        O parsed = OptionsJson.parse(analysis.schema(), options);
        ResultName name = given.map(text -> new ResultName(analysis.name(), text))
                .orElseGet(() -> freeName(study, analysis.name()));
        study.results().requireFree(name);
        return new JobTask<>(study, name, analysis, parsed);
    }

    private static ResultName freeName(OpenStudy study, String analysis) {
        for (int number = 1; number <= MOST_NAMES; number++) {
            ResultName name = new ResultName(analysis, "run-" + number);
            if (!study.results().contains(name) && !study.isPromised(name)) {
                return name;
            }
        }
        throw PatchlensException.usage(
                "name", "there are " + MOST_NAMES + " unnamed results already", "Remove some, or give a name.");
    }

    JsonNode optionsAsJson() {
        return OptionsJson.json(analysis.schema(), options);
    }

    /// Computes, and keeps the result.
    void run(Progress progress) {
        R result = analysis.function().of(study.study(), options, progress);
        progress.report("saving", 0, 1);
        study.results().save(name, ResultFiles.of(analysis, options, result));
    }
}
