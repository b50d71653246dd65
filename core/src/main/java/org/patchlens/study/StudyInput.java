package org.patchlens.study;

/// One image that an extraction is going to read; inputs are enumerated before the first is read, so that shards
/// never depend on timing.
///
/// @param id how users name it, see [StudyImage#id()]; unique within a study
/// @param source the file, as it was given
/// @param frame of the file, from 0
public record StudyInput(String id, String source, int frame) {
    public StudyInput {
        if (id.isEmpty() || frame < 0) {
            throw new IllegalArgumentException("input '" + id + "', frame " + frame);
        }
    }
}
