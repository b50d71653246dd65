/// t-SNE in two and three dimensions: van der Maaten and Hinton 2008, "Visualizing Data using t-SNE"; the
/// repulsion by fast Fourier transforms, after Linderman et al. 2019, "Fast interpolation-based t-SNE for improved
/// visualization of single-cell RNA-seq data".
///
/// What is our own is the repulsion: one grid of charges is convolved with one kernel, and the forces are the
/// gradient of the splines that interpolate the potential; the same field gives the normalization.
@NullMarked
package org.patchlens.analysis.projection.tsne;

import org.jspecify.annotations.NullMarked;
