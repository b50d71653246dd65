package org.patchlens.study;

import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.Spelling;

/// Finds images by what users type.
final class ImageNames {
    private static final int MOST_LISTED = 3;

    private ImageNames() {}

    /// See [Study#image(String)].
    static StudyImage find(List<StudyImage> images, String name) {
        List<StudyImage> exact =
                images.stream().filter(image -> image.id().equals(name)).toList();
        List<StudyImage> meant = exact.isEmpty()
                ? images.stream()
                        .filter(image -> image.id().endsWith("/" + name))
                        .toList()
                : exact;
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        List<String> ids =
                (meant.isEmpty() ? images : meant).stream().map(StudyImage::id).toList();
        throw PatchlensException.usage("image " + name, problem(meant, ids), nextStep(name, meant, ids));
    }

    private static String problem(List<StudyImage> meant, List<String> ids) {
        if (ids.isEmpty()) {
            return "the study has no images";
        }
        return meant.isEmpty()
                ? "is none of the " + ids.size() + " images of the study, whose ids are such as " + ids.getFirst()
                : "may be " + String.join(" or ", ids.subList(0, Math.min(MOST_LISTED, ids.size())))
                        + (ids.size() > MOST_LISTED ? " or " + (ids.size() - MOST_LISTED) + " more" : "");
    }

    private static String nextStep(String name, List<StudyImage> meant, List<String> ids) {
        return meant.isEmpty() ? Spelling.question(name, ids) : "Give the whole id.";
    }
}
