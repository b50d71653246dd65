/// The anatomy of one chest: where what lies, in millimetres of the patient.
///
/// Everything is a function of [org.patchlens.phantom.anatomy.Measures] and a seed. Proportions are those of
/// textbooks of cross-sectional anatomy; no image went into them.
@NullMarked
package org.patchlens.phantom.anatomy;

import org.jspecify.annotations.NullMarked;
