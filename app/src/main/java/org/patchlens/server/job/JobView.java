package org.patchlens.server.job;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What is told of a job.
///
/// @param id how requests name it
/// @param study that it reads
/// @param analysis that it runs
/// @param name under which its result is kept
/// @param options of the analysis, all of them
/// @param state how far it is
/// @param stage what is being done; empty before it starts
/// @param done 0 to `total` of the stage
/// @param total of the stage
/// @param etaSeconds how long the stage still takes, if that can be told
/// @param error the sentence of the command line, if it failed
/// @param result the id of the saved result, if it is done
public record JobView(
        String id,
        String study,
        String analysis,
        String name,
        JsonNode options,
        JobState state,
        String stage,
        long done,
        long total,
        Optional<Long> etaSeconds,
        Optional<String> error,
        Optional<String> result) {}
