package org.patchlens.analysis.neighbors;

import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.study.metadata.RowFilter;

/// Which images are searched.
final class SearchedImages {
    private SearchedImages() {}

    /// Those that the filter selects, without the excluded ones.
    ///
    /// @param own the image of the query
    /// @throws PatchlensException if none is left
    static BitSet of(Study study, int own, NeighborsOptions options) {
        RowFilter filter = RowFilter.parse(options.searched().where());
        BitSet images = filter.isAll() ? every(study) : filter.select(study.metadata());
        excluded(study.metadata(), own, options).forEach(images::clear);
        if (images.isEmpty()) {
            throw PatchlensException.usage(
                    "exclude "
                            + options.searched()
                                    .exclude()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', '-'),
                    "leaves no image to search of " + study.images().size()
                            + (filter.isAll() ? "" : ", filtered by " + filter.text()),
                    "Use --exclude none to search the image itself");
        }
        return images;
    }

    private static BitSet every(Study study) {
        BitSet images = new BitSet();
        images.set(0, study.images().size());
        return images;
    }

    private static IntStream excluded(Metadata metadata, int own, NeighborsOptions options) {
        return switch (options.searched().exclude()) {
            case NONE -> IntStream.empty();
            case SAME_IMAGE -> IntStream.of(own);
            case SAME_PATIENT -> {
                MetadataColumn patients = patients(metadata, options.searched().patientColumn());
                Optional<String> patient = patients.text(own);
                yield IntStream.range(0, metadata.rows())
                        .filter(image -> image == own
                                || (patient.isPresent() && patients.text(image).equals(patient)));
            }
        };
    }

    private static MetadataColumn patients(Metadata metadata, String column) {
        return metadata.find(column)
                .orElseThrow(() -> PatchlensException.usage(
                        "patient-column " + column,
                        metadata.columns().isEmpty()
                                ? "the study has no metadata to tell patients by"
                                : "the study has the columns "
                                        + String.join(
                                                ", ",
                                                metadata.columns().stream()
                                                        .map(MetadataColumn::name)
                                                        .toList()),
                        metadata.columns().isEmpty()
                                ? "Use --exclude same-image, or run extract again with --metadata"
                                : "Name the one that tells patients apart with --patient-column"));
    }
}
