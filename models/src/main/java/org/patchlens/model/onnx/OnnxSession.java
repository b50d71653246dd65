package org.patchlens.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.List;

/// A graph that is ready to run.
///
/// @param session that runs it
/// @param weights that are not in files; the session refers to their memory
public record OnnxSession(OrtSession session, List<OnnxTensor> weights) {
    public OnnxSession {
        weights = List.copyOf(weights);
    }

    /// Frees everything.
    public void close() throws OrtException {
        session.close();
        weights.forEach(OnnxTensor::close);
    }
}
