package org.patchlens.server.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.server.http.NotFound;
import org.patchlens.server.http.Request;
import org.patchlens.server.study.OpenStudies;
import org.patchlens.server.study.OpenStudy;

/// What requests name: studies, layers, images.
///
/// @param studies that are open
record Parameters(OpenStudies studies) {
    /// The most images that one answer tells of, where it does not tell of all.
    static final int MOST_IMAGES = 64;

    OpenStudy study(Request request) {
        String id = request.path("study");
        return studies.find(id).orElseThrow(() -> new NotFound("study " + id, "no study of this id is open"));
    }

    /// The image of the path.
    static int image(OpenStudy open, Request request) {
        return existing(open, request.pathNumber("image"));
    }

    /// @throws NotFound if there is no such image
    static int existing(OpenStudy open, int image) {
        int images = open.study().images().size();
        if (image < 0 || image >= images) {
            throw new NotFound("image " + image, "the study has images 0 to " + (images - 1));
        }
        return image;
    }

    /// The layer of the query; the deepest that is stored without it.
    static Layer layer(OpenStudy open, Request request) {
        return PatchEndpoints.layer(open, request.query("layer").orElse(null));
    }

    /// The images of the query, such as `3,7` or `all`.
    static List<Integer> images(OpenStudy open, Request request) {
        String text = request.required("images");
        if (text.equals("all")) {
            return all(open);
        }
        List<Integer> images = new ArrayList<>();
        for (String number : text.split(",", -1)) {
            if (!number.matches("[0-9]{1,9}")) {
                throw PatchlensException.usage(
                        "images", "numbers from 0, separated by commas, or all, are expected", "");
            }
            images.add(existing(open, Integer.parseInt(number)));
        }
        return atMost(images);
    }

    static List<Integer> all(OpenStudy open) {
        return IntStream.range(0, open.study().images().size()).boxed().toList();
    }

    static List<Integer> atMost(List<Integer> images) {
        if (images.isEmpty() || images.size() > MOST_IMAGES) {
            throw PatchlensException.usage(
                    "images", images.size() + " were given; 1 to " + MOST_IMAGES + " are expected", "Or ask for all.");
        }
        return images;
    }
}
