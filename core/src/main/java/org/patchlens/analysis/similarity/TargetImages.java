package org.patchlens.analysis.similarity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.patchlens.study.Study;

/// The images that a query is compared with.
final class TargetImages {
    /// The word for every image.
    static final String ALL = "all";

    private TargetImages() {}

    /// Their indices, the image of the query first, each once.
    static List<Integer> of(Study study, int own, List<String> to) {
        Set<Integer> images = new LinkedHashSet<>(List.of(own));
        for (String name : to) {
            if (name.equals(ALL)) {
                IntStream.range(0, study.images().size()).forEach(images::add);
            } else {
                images.add(study.image(name).index());
            }
        }
        return List.copyOf(images);
    }
}
