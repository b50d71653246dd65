package org.patchlens.extract;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.patchlens.PatchlensException;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.VitSession;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.onnx.MachineMemory;

/// Everything that the model computes in an extraction.
///
/// @param model that computes
/// @param request what is computed of every image
/// @param numerics what it computes with
/// @param effort how the work is spread over the machine
record ModelRun(ImageEncoder model, VitRequest request, Numerics numerics, Effort effort) {
    /// Computes all batches.
    ///
    /// @return how close a lower precision comes, if one was asked for
    Optional<PrecisionAgreement> run(BatchWork work, List<Batch> batches, Pipeline.Sink sink) {
        Spread spread = Spread.of(effort, batches.size(), load(work.batchSize()));
        try (VitSession session = model.open(request, numerics.computation(spread.threadsPerRun()))) {
            Optional<PrecisionAgreement> agreement =
                    numerics.precision() == Precision.FP32 ? Optional.empty() : compare(work, batches, session);
            new Pipeline(work, session, spread.runsAtOnce()).run(batches, sink);
            return agreement;
        }
    }

    private Spread.Load load(int batchSize) {
        return new Spread.Load(
                model.weightBytes(numerics.precision()),
                batchSize * model.bytesPerImage(request),
                MachineMemory.bytes());
    }

    private Optional<PrecisionAgreement> compare(BatchWork work, List<Batch> batches, VitSession session) {
        Semaphore permits = new Semaphore(1);
        Computation exactly = numerics.computation(effort.threads()).withPrecision(Precision.FP32);
        try (VitSession exact = model.open(request, exactly);
                Workbench first = work.bench(exact, permits);
                Workbench second = work.bench(session, permits)) {
            return new PrecisionGate(numerics, request.layers()).check(batches, first, second);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PatchlensException.interrupted("extract", "the extraction was interrupted", "")
                    .causedBy(e);
        }
    }
}
