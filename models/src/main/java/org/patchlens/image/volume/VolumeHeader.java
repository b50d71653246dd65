package org.patchlens.image.volume;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What is known of a volume besides its voxels.
///
/// @param id names the volume in a study, such as the path of its file
/// @param format the name of the format, such as `NIfTI-1`
/// @param metadata columns from the header; holds nothing that identifies a person
/// @param storedPlaces how far each plane of the third stored axis really lies from the first, in mm along that
///     axis;
///     empty where the affine map tells
public record VolumeHeader(String id, String format, SequencedMap<String, String> metadata, List<Double> storedPlaces) {
    /// A volume whose planes are where its affine map says.
    public VolumeHeader(String id, String format, SequencedMap<String, String> metadata) {
        this(id, format, metadata, List.of());
    }

    public VolumeHeader {
        storedPlaces = List.copyOf(storedPlaces);
        metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    }
}
