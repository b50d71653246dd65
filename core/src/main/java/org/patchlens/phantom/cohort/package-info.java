/// Who is scanned: patients with a balanced design, so that nothing tells the label but the disease and what was
/// planted.
@NullMarked
package org.patchlens.phantom.cohort;

import org.jspecify.annotations.NullMarked;
