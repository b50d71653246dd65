package org.patchlens.image.volume;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What is known of a volume besides its voxels.
///
/// @param id names the volume in a study, such as the path of its file
/// @param format the name of the format, such as `NIfTI-1`
/// @param metadata columns from the header; holds nothing that identifies a person
public record VolumeHeader(String id, String format, SequencedMap<String, String> metadata) {
    public VolumeHeader {
        metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    }
}
