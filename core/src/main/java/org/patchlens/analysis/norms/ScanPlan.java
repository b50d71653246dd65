package org.patchlens.analysis.norms;

import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Execution;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;

/// What is the same for the scans of all layers.
///
/// @param study where tokens are read
/// @param images to measure
/// @param factor above which multiple of the layer's median a patch is an outlier
/// @param threads at least 1
record ScanPlan(Study study, List<StudyImage> images, double factor, int threads) {
    /// The norms of one layer that are held at a time; with their sorted copy, 400 MB.
    static final long MOST_NORMS = 50_000_000;

    ScanPlan {
        images = List.copyOf(images);
    }

    /// Takes all images, or every k-th if their tokens are more than `mostNorms`.
    static ScanPlan of(Study study, Norms.Options options, long mostNorms) {
        List<StudyImage> all = study.images();
        if (all.isEmpty()) {
            throw PatchlensException.badData("study", "holds no images", "Extract some first");
        }
        long tokens = (long) all.size() * study.manifest().tokens();
        int step = Math.toIntExact((tokens + mostNorms - 1) / mostNorms);
        List<StudyImage> measured = IntStream.iterate(0, i -> i < all.size(), i -> i + step)
                .mapToObj(all::get)
                .toList();
        return new ScanPlan(study, measured, options.factor(), Execution.workers(options.threads()));
    }

    TokenLayout layout() {
        return study.manifest().layout();
    }

    /// T, the tokens of an image.
    int tokens() {
        return study.manifest().tokens();
    }
}
