/// From a folder of images and a model to a study on disk: finding the images, the pipeline, progress and resume.
@NullMarked
package org.patchlens.extract;

import org.jspecify.annotations.NullMarked;
