package org.patchlens.image.dicom;

import java.util.Optional;
import java.util.OptionalDouble;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// What may tell images at the same place from each other, in the order in which it is asked: what a scanner
/// means to
/// vary comes before what merely counts on.
enum PhaseTrait {
    TEMPORAL_POSITION("temporal position"),
    TRIGGER_TIME("trigger time"),
    ECHO("echo"),
    DIFFUSION("diffusion b-value"),
    IMAGE_TYPE("image type"),
    ACQUISITION("acquisition"),
    ACQUISITION_TIME("acquisition time"),
    INSTANCE("instance number");

    private final String title;

    PhaseTrait(String title) {
        this.title = title;
    }

    /// For people.
    String title() {
        return title;
    }

    /// The value of a frame in a form whose alphabetical order is the order of values; empty without one.
    String of(FrameHeader header) {
        return switch (this) {
            case TEMPORAL_POSITION -> {
                int[] index = header.holding(Tag.FRAME_CONTENT_SEQUENCE, Tag.TEMPORAL_POSITION_INDEX)
                        .shorts(Tag.TEMPORAL_POSITION_INDEX);
                yield index.length > 0
                        ? sortable(OptionalDouble.of(index[0]))
                        : number(header.file(), Tag.TEMPORAL_POSITION_IDENTIFIER);
            }
            case TRIGGER_TIME ->
                real(header, Tag.CARDIAC_SYNCHRONIZATION_SEQUENCE, Tag.CARDIAC_TRIGGER_DELAY)
                        .orElseGet(() -> number(header.file(), Tag.TRIGGER_TIME));
            case ECHO ->
                real(header, Tag.MR_ECHO_SEQUENCE, Tag.EFFECTIVE_ECHO_TIME)
                        .orElseGet(
                                () -> number(header.file(), Tag.ECHO_NUMBERS) + number(header.file(), Tag.ECHO_TIME));
            case DIFFUSION ->
                real(header, Tag.MR_DIFFUSION_SEQUENCE, Tag.DIFFUSION_B_VALUE).orElse("");
            case IMAGE_TYPE -> header.file().text(Tag.IMAGE_TYPE).orElse("");
            case ACQUISITION -> number(header.file(), Tag.ACQUISITION_NUMBER);
            case ACQUISITION_TIME -> header.file().text(Tag.ACQUISITION_TIME).orElse("");
            case INSTANCE -> number(header.file(), Tag.INSTANCE_NUMBER) + sortable(OptionalDouble.of(header.frame()));
        };
    }

    private static Optional<String> real(FrameHeader header, int group, int tag) {
        OptionalDouble value = header.holding(group, tag).binaryReal(tag);
        return value.isPresent() ? Optional.of(sortable(value)) : Optional.empty();
    }

    private static String number(DataSet header, int tag) {
        return sortable(header.number(tag));
    }

    /// The bits of a number, turned so that their order is that of the numbers.
    private static String sortable(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        long bits = Double.doubleToLongBits(value.getAsDouble());
        return String.format("%016x", bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }
}
