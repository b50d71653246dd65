/// What can be computed again, kept in a study so that it need not be: graphs of neighbours, indexes.
///
/// ```
/// study/cache/
///   neighbors-0123456789abcdef0123456789abcdef/   name and the first half of the SHA-256 of the key
///     entry.json     the key, and name, length and SHA-256 of every other file
///     …              what the owner of the name wrote
///   .lock            locked while a process writes or removes
/// ```
///
/// Nothing here belongs to the study: it is not among its checksums, may be deleted at any time, and is never
/// believed without a look at its checksums. An entry appears as a whole or not at all.
@NullMarked
package org.patchlens.study.cache;

import org.jspecify.annotations.NullMarked;
