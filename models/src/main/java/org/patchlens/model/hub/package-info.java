/// Models on a hub of the Hugging Face kind: downloading them, and the cache that Python's `huggingface_hub`
/// shares.
///
/// The layout of the cache, which that library documents for other implementations:
///
/// ```
/// hub/
///   .locks/models--owner--name/ETAG.lock       held while a blob is written
///   models--owner--name/
///     blobs/ETAG                               the bytes; ETAG is their SHA-256, or Git's SHA-1 of small files
///     blobs/ETAG.incomplete                    what has arrived so far
///     refs/main                                the commit that a branch or tag stood for
///     snapshots/COMMIT/model.safetensors       a link to ../../blobs/ETAG
/// ```
@NullMarked
package org.patchlens.model.hub;

import org.jspecify.annotations.NullMarked;
