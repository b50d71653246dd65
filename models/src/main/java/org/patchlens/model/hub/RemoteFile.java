package org.patchlens.model.hub;

/// A file of a model, as the hub announces it.
///
/// @param path inside the model, such as `onnx/model.onnx`
/// @param etag the name of its content: 64 hexadecimal digits of SHA-256, 40 of Git's SHA-1, or the hub's own
/// @param bytes its length
record RemoteFile(String path, String etag, long bytes) {}
