/// Files that survive a crash and files that are not believed: durable writing, npy arrays, checksums, JSON
/// fields.
@NullMarked
package org.patchlens.study.disk;

import org.jspecify.annotations.NullMarked;
