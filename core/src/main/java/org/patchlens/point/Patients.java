package org.patchlens.point;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;

/// Which images are of the same patient.
///
/// @param column the name of the column that tells
/// @param numbers per image the number of its patient, from 0, in the order of first appearance; an image without
///     a value is a patient of its own
/// @param count of patients
public record Patients(String column, List<Integer> numbers, int count) {
    /// Column names, without case and without what is no letter, that mean the patient; the first that is there.
    private static final List<String> KNOWN = List.of(
            "patient",
            "patientid",
            "patientno",
            "patientnumber",
            "patienthash",
            "subject",
            "subjectid",
            "participant",
            "participantid");

    public Patients {
        numbers = List.copyOf(numbers);
    }

    /// The patients by a column.
    ///
    /// @param given the name of the column; without it, the column is one that is named like `patient`,
    ///     `patient_id` or `subject`
    /// @return empty if no name is given and no column is named so, or the column has no value at all
    /// @throws PatchlensException if there is no column of the given name
    public static Optional<Patients> find(Metadata metadata, Optional<String> given) {
        if (given.isPresent()) {
            return Optional.of(of(metadata.get(given.get())));
        }
        return KNOWN.stream()
                .flatMap(name -> metadata.columns().stream()
                        .filter(column -> letters(column.name()).equals(name) && column.missing() < metadata.rows()))
                .findFirst()
                .map(Patients::of);
    }

    /// The patients by a column.
    ///
    /// @throws PatchlensException if no column tells of patients
    public static Patients get(Metadata metadata, Optional<String> given) {
        return find(metadata, given)
                .orElseThrow(() -> PatchlensException.usage(
                        "patient",
                        "no column of the metadata is named patient, patient_id or subject",
                        "Name the column that tells patients apart with --patient COLUMN"));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private static Patients of(MetadataColumn column) {
        Map<String, Integer> known = new HashMap<>();
        int images = column.values().size();
        // a key that no value has keeps images without a value apart
        List<Integer> numbers = IntStream.range(0, images)
                .mapToObj(image -> column.text(image).map(text -> "=" + text).orElse("image " + image))
                .map(key -> known.computeIfAbsent(key, unknown -> known.size()))
                .toList();
        return new Patients(column.name(), numbers, known.size());
    }

    /// The patient of an image, 0 to `count - 1`.
    public int of(int image) {
        return numbers.get(image);
    }
}
