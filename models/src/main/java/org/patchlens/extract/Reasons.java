package org.patchlens.extract;

import org.patchlens.PatchlensException;

/// Sentences about files.
final class Reasons {
    private Reasons() {}

    /// The sentence without the file's path, which the study keeps beside it.
    static String withoutSubject(PatchlensException e) {
        return withoutSubject(String.valueOf(e.getMessage()), e.subject());
    }

    /// @param message begins with `[subject] `
    static String withoutSubject(String message, String subject) {
        String start = "[" + subject + "] ";
        return message.startsWith(start) ? message.substring(start.length()) : message;
    }
}
