/// The first run: phantoms, a model, a study, results that are ready, and the view that tells their story.
@NullMarked
package org.patchlens.demo;

import org.jspecify.annotations.NullMarked;
