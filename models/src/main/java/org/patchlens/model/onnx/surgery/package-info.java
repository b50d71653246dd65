/// Vision Transformers that somebody else exported to ONNX: what is what is found by structure, never by name, and
/// a changed copy of the graph returns tokens and attention.
///
/// [OnnxFile] reads a file that nobody vouches for, `Rewriting` spells fused operators out, `Probe` runs the graph
/// once to learn the shapes of its values, [ForeignVit] says where the blocks are, and [ForeignGraph] writes the
/// copy.
@NullMarked
package org.patchlens.model.onnx.surgery;

import org.jspecify.annotations.NullMarked;
