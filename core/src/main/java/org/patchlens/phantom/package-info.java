/// Chest phantoms: computed tomography of patients that do not exist, with a truth that is known for every
/// pixel.
///
/// [org.patchlens.phantom.PhantomFolder] writes a cohort to disk. Everything follows from a seed; no image went
/// in.
@NullMarked
package org.patchlens.phantom;

import org.jspecify.annotations.NullMarked;
