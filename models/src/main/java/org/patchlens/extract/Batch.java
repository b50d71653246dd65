package org.patchlens.extract;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.study.StudyInput;
import org.patchlens.study.StudyWriter;

/// Consecutive inputs of one shard, which one thread reads and gives to the model together.
///
/// @param ticket the place of the batch among all batches, from 0
/// @param shard to which the inputs belong
/// @param inputs in the order of the shard
/// @param first whether the shard begins with this batch
/// @param last whether the shard ends with this batch
record Batch(long ticket, int shard, List<StudyInput> inputs, boolean first, boolean last) {
    Batch {
        inputs = List.copyOf(inputs);
    }

    /// Cuts what is still to be done into batches. A batch never crosses a shard: what the model computes together
    /// is then the same after an interruption as without one.
    static List<Batch> of(StudyWriter writer, int batchSize) {
        List<Batch> batches = new ArrayList<>();
        for (int shard : writer.pendingShards()) {
            List<StudyInput> inputs = writer.inputs(shard);
            for (int from = 0; from < inputs.size(); from += batchSize) {
                int to = Math.min(from + batchSize, inputs.size());
                batches.add(new Batch(batches.size(), shard, inputs.subList(from, to), from == 0, to == inputs.size()));
            }
        }
        return batches;
    }
}
