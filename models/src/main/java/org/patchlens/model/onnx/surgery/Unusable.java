package org.patchlens.model.onnx.surgery;

/// The graph is no plain Vision Transformer; the message is a clause about the graph, which [ForeignVit] turns
/// into a sentence about its file.
final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String problem) {
        super(problem);
    }

    /// What was found instead.
    String problem() {
        return String.valueOf(getMessage());
    }
}
