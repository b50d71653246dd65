/// Shapes in millimetres as signed distances, negative inside, and noise from a seed.
///
/// Axes of a patient who lies on the back: x to the patient's left (right in the image), y to the back (down in
/// the image), z to the head; the origin is the middle of the chest.
@NullMarked
package org.patchlens.phantom.geometry;

import org.jspecify.annotations.NullMarked;
