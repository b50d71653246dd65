/// Every head of every layer over a whole study: how spread its attention is, how far it reaches, and where it
/// goes.
@NullMarked
package org.patchlens.analysis.attention.atlas;

import org.jspecify.annotations.NullMarked;
