/// Vision Transformers: from a folder with weights to tokens and attention.
///
/// `safetensors` reads weights, `architecture` says what a ViT consists of, `family` maps a configuration and the
/// names of tensors to it, `onnx` writes the graph, and [VitModel] joins them.
@NullMarked
package org.patchlens.model;

import org.jspecify.annotations.NullMarked;
