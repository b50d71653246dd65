package org.patchlens.extract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchlens.image.dicom.IdentifierHash;
import org.patchlens.study.StudyInput;

/// How a study calls images and files, see [PathPrivacy].
final class StoredNames {
    private final PathPrivacy paths;
    private final Optional<IdentifierHash> hash;

    /// @param hash present where paths are hashed
    StoredNames(PathPrivacy paths, Optional<IdentifierHash> hash) {
        if (paths == PathPrivacy.HASHED && hash.isEmpty()) {
            throw new IllegalArgumentException("paths cannot be hashed without a key");
        }
        this.paths = paths;
        this.hash = hash;
    }

    /// An image as the study keeps it.
    StudyInput input(PlannedImage image) {
        String number = image.id().substring(image.fileId().length());
        String file = file(image.fileId());
        String source = switch (paths) {
            case GIVEN -> image.source().file().toString();
            case RELATIVE, HASHED -> file;
        };
        return new StudyInput(file + number, source, image.source().frame());
    }

    /// The id of a file as the study keeps it.
    String file(String fileId) {
        return switch (paths) {
            case GIVEN, RELATIVE -> fileId;
            case HASHED -> hash.orElseThrow().of("path", fileId) + ImageFinder.ending(fileId);
        };
    }

    /// A sentence about a file as the study keeps it.
    ///
    /// @param file the path or name of a file that it may name
    /// @param called what stands for the file instead
    String sentence(String text, String file, String called) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        return switch (paths) {
            case GIVEN -> text;
            case RELATIVE -> without(text, file, called);
            case HASHED -> without(without(text, file, called), name, called);
        };
    }

    private static String without(String text, String name, String called) {
        return text.replaceAll("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)", Matcher.quoteReplacement(called));
    }
}
