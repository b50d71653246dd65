/// What the user tells of each image: a CSV file, joined with the images by file name, in typed columns.
@NullMarked
package org.patchlens.study.metadata;

import org.jspecify.annotations.NullMarked;
