package org.patchlens.image.dicom.codec;

/// Compressed pixels that are damaged or of a variant that is not supported. The message completes the sentence
/// "frame 3: ...".
public final class DecodingException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message what was found and expected, without a full stop
    public DecodingException(String message) {
        super(message);
    }
}
