package org.patchlens.extract;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.patchlens.model.VitSession;
import org.patchlens.preprocess.Preprocessing;

/// What is done to every batch of an extraction.
///
/// @param preprocessing from pixels to the model's input
/// @param loading from inputs to pixels
/// @param coverage how masks are measured, in a study with masks
/// @param checksums of the files that are read
/// @param batchSize most images of a batch
record BatchWork(
        Preprocessing preprocessing,
        Loading loading,
        Optional<CoverageRule> coverage,
        SourceChecksums checksums,
        int batchSize) {
    /// A place for one thread.
    ///
    /// @param modelPermits as many as threads may run the model at the same time; the others decode meanwhile
    Workbench bench(VitSession session, Semaphore modelPermits) {
        return new Workbench(this, session, modelPermits);
    }
}
