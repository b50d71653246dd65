package org.patchlens.image.dicom.dataset;

import java.util.Locale;
import java.util.Set;

/// The elements of PS3.6 that the reader knows: group in the high, element in the low 16 bits.
public final class Tag {
    public static final int TRANSFER_SYNTAX_UID = 0x0002_0010;

    public static final int SPECIFIC_CHARACTER_SET = 0x0008_0005;
    public static final int IMAGE_TYPE = 0x0008_0008;
    public static final int SOP_CLASS_UID = 0x0008_0016;
    public static final int SOP_INSTANCE_UID = 0x0008_0018;
    public static final int STUDY_DATE = 0x0008_0020;
    public static final int ACQUISITION_TIME = 0x0008_0032;
    public static final int MODALITY = 0x0008_0060;
    public static final int CONVERSION_TYPE = 0x0008_0064;
    public static final int MANUFACTURER = 0x0008_0070;
    public static final int INSTITUTION_NAME = 0x0008_0080;
    public static final int MODEL_NAME = 0x0008_1090;
    public static final int PATIENT_ID = 0x0010_0020;
    public static final int PATIENT_BIRTH_DATE = 0x0010_0030;
    public static final int PATIENT_SEX = 0x0010_0040;
    public static final int PATIENT_AGE = 0x0010_1010;
    public static final int BODY_PART_EXAMINED = 0x0018_0015;
    public static final int SLICE_THICKNESS = 0x0018_0050;
    public static final int KVP = 0x0018_0060;
    public static final int ECHO_TIME = 0x0018_0081;
    public static final int ECHO_NUMBERS = 0x0018_0086;
    public static final int SPACING_BETWEEN_SLICES = 0x0018_0088;
    public static final int TRIGGER_TIME = 0x0018_1060;
    public static final int MAGNIFICATION_FACTOR = 0x0018_1114;
    public static final int IMAGER_PIXEL_SPACING = 0x0018_1164;
    public static final int CONVOLUTION_KERNEL = 0x0018_1210;
    public static final int VIEW_POSITION = 0x0018_5101;
    public static final int EFFECTIVE_ECHO_TIME = 0x0018_9082;
    public static final int DIFFUSION_B_VALUE = 0x0018_9087;
    public static final int STUDY_INSTANCE_UID = 0x0020_000D;
    public static final int SERIES_INSTANCE_UID = 0x0020_000E;
    public static final int ACQUISITION_NUMBER = 0x0020_0012;
    public static final int INSTANCE_NUMBER = 0x0020_0013;
    public static final int IMAGE_POSITION = 0x0020_0032;
    public static final int IMAGE_ORIENTATION = 0x0020_0037;
    public static final int TEMPORAL_POSITION_IDENTIFIER = 0x0020_0100;
    public static final int TEMPORAL_POSITION_INDEX = 0x0020_9128;
    public static final int CARDIAC_TRIGGER_DELAY = 0x0020_9153;

    public static final int SAMPLES_PER_PIXEL = 0x0028_0002;
    public static final int PHOTOMETRIC_INTERPRETATION = 0x0028_0004;
    public static final int PLANAR_CONFIGURATION = 0x0028_0006;
    public static final int NUMBER_OF_FRAMES = 0x0028_0008;
    public static final int ROWS = 0x0028_0010;
    public static final int COLUMNS = 0x0028_0011;
    public static final int PIXEL_SPACING = 0x0028_0030;
    public static final int BITS_ALLOCATED = 0x0028_0100;
    public static final int BITS_STORED = 0x0028_0101;
    public static final int HIGH_BIT = 0x0028_0102;
    public static final int PIXEL_REPRESENTATION = 0x0028_0103;
    public static final int PIXEL_PADDING_VALUE = 0x0028_0120;
    public static final int PIXEL_PADDING_RANGE_LIMIT = 0x0028_0121;
    public static final int FLOAT_PIXEL_PADDING_VALUE = 0x0028_0122;
    public static final int DOUBLE_PIXEL_PADDING_VALUE = 0x0028_0123;
    public static final int FLOAT_PIXEL_PADDING_RANGE_LIMIT = 0x0028_0124;
    public static final int DOUBLE_PIXEL_PADDING_RANGE_LIMIT = 0x0028_0125;
    public static final int BURNED_IN_ANNOTATION = 0x0028_0301;
    public static final int WINDOW_CENTER = 0x0028_1050;
    public static final int WINDOW_WIDTH = 0x0028_1051;
    public static final int RESCALE_INTERCEPT = 0x0028_1052;
    public static final int RESCALE_SLOPE = 0x0028_1053;
    public static final int RESCALE_TYPE = 0x0028_1054;
    public static final int VOI_LUT_FUNCTION = 0x0028_1056;
    public static final int RED_PALETTE_DESCRIPTOR = 0x0028_1101;
    public static final int GREEN_PALETTE_DESCRIPTOR = 0x0028_1102;
    public static final int BLUE_PALETTE_DESCRIPTOR = 0x0028_1103;
    public static final int RED_PALETTE_DATA = 0x0028_1201;
    public static final int GREEN_PALETTE_DATA = 0x0028_1202;
    public static final int BLUE_PALETTE_DATA = 0x0028_1203;
    public static final int SEGMENTED_RED_PALETTE_DATA = 0x0028_1221;
    public static final int SEGMENTED_GREEN_PALETTE_DATA = 0x0028_1222;
    public static final int SEGMENTED_BLUE_PALETTE_DATA = 0x0028_1223;
    public static final int LUT_DESCRIPTOR = 0x0028_3002;
    public static final int LUT_DATA = 0x0028_3006;

    public static final int MODALITY_LUT_SEQUENCE = 0x0028_3000;
    public static final int VOI_LUT_SEQUENCE = 0x0028_3010;
    public static final int PIXEL_MEASURES_SEQUENCE = 0x0028_9110;
    public static final int FRAME_VOI_LUT_SEQUENCE = 0x0028_9132;
    public static final int PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x0028_9145;
    public static final int PLANE_POSITION_SEQUENCE = 0x0020_9113;
    public static final int PLANE_ORIENTATION_SEQUENCE = 0x0020_9116;
    public static final int FRAME_CONTENT_SEQUENCE = 0x0020_9111;
    public static final int MR_ECHO_SEQUENCE = 0x0018_9114;
    public static final int MR_DIFFUSION_SEQUENCE = 0x0018_9117;
    public static final int CARDIAC_SYNCHRONIZATION_SEQUENCE = 0x0018_9118;
    public static final int SEGMENTATION_TYPE = 0x0062_0001;
    public static final int SEGMENT_SEQUENCE = 0x0062_0002;
    public static final int SEGMENT_NUMBER = 0x0062_0004;
    public static final int SEGMENT_LABEL = 0x0062_0005;
    public static final int SEGMENT_IDENTIFICATION_SEQUENCE = 0x0062_000A;
    public static final int REFERENCED_SEGMENT_NUMBER = 0x0062_000B;
    public static final int MAXIMUM_FRACTIONAL_VALUE = 0x0062_000E;
    public static final int SHARED_FUNCTIONAL_GROUPS_SEQUENCE = 0x5200_9229;
    public static final int PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE = 0x5200_9230;

    public static final int EXTENDED_OFFSET_TABLE = 0x7FE0_0001;
    public static final int FLOAT_PIXEL_DATA = 0x7FE0_0008;
    public static final int DOUBLE_PIXEL_DATA = 0x7FE0_0009;
    public static final int PIXEL_DATA = 0x7FE0_0010;

    static final int ITEM = 0xFFFE_E000;
    static final int ITEM_DELIMITER = 0xFFFE_E00D;
    static final int SEQUENCE_DELIMITER = 0xFFFE_E0DD;

    /// The sequences that are walked into and kept; all others are stepped over.
    private static final Set<Integer> SEQUENCES = Set.of(
            MODALITY_LUT_SEQUENCE,
            VOI_LUT_SEQUENCE,
            PIXEL_MEASURES_SEQUENCE,
            FRAME_VOI_LUT_SEQUENCE,
            PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
            PLANE_POSITION_SEQUENCE,
            PLANE_ORIENTATION_SEQUENCE,
            FRAME_CONTENT_SEQUENCE,
            MR_ECHO_SEQUENCE,
            MR_DIFFUSION_SEQUENCE,
            CARDIAC_SYNCHRONIZATION_SEQUENCE,
            SEGMENT_SEQUENCE,
            SEGMENT_IDENTIFICATION_SEQUENCE,
            SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
            PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);

    private static final Set<Integer> VALUES = Set.of(
            TRANSFER_SYNTAX_UID,
            SPECIFIC_CHARACTER_SET,
            IMAGE_TYPE,
            SOP_CLASS_UID,
            STUDY_DATE,
            MODALITY,
            CONVERSION_TYPE,
            MANUFACTURER,
            INSTITUTION_NAME,
            MODEL_NAME,
            PATIENT_ID,
            PATIENT_BIRTH_DATE,
            PATIENT_SEX,
            PATIENT_AGE,
            BODY_PART_EXAMINED,
            SLICE_THICKNESS,
            KVP,
            SPACING_BETWEEN_SLICES,
            MAGNIFICATION_FACTOR,
            IMAGER_PIXEL_SPACING,
            CONVOLUTION_KERNEL,
            VIEW_POSITION,
            STUDY_INSTANCE_UID,
            SERIES_INSTANCE_UID,
            SOP_INSTANCE_UID,
            ACQUISITION_TIME,
            ECHO_TIME,
            ECHO_NUMBERS,
            TRIGGER_TIME,
            EFFECTIVE_ECHO_TIME,
            DIFFUSION_B_VALUE,
            ACQUISITION_NUMBER,
            TEMPORAL_POSITION_IDENTIFIER,
            TEMPORAL_POSITION_INDEX,
            CARDIAC_TRIGGER_DELAY,
            INSTANCE_NUMBER,
            IMAGE_POSITION,
            IMAGE_ORIENTATION,
            SEGMENTATION_TYPE,
            SEGMENT_NUMBER,
            SEGMENT_LABEL,
            REFERENCED_SEGMENT_NUMBER,
            MAXIMUM_FRACTIONAL_VALUE,
            EXTENDED_OFFSET_TABLE,
            FLOAT_PIXEL_DATA,
            DOUBLE_PIXEL_DATA,
            PIXEL_DATA);

    private Tag() {}

    /// Whether the parser remembers where this element lies. Of group 0028, the image itself, everything.
    static boolean isKept(int tag) {
        return VALUES.contains(tag) || tag >>> 16 == 0x0028;
    }

    static boolean isKeptSequence(int tag) {
        return SEQUENCES.contains(tag);
    }

    /// Whether the element ends what the reader needs of a file: the pixels.
    static boolean isPixels(int tag) {
        return tag == PIXEL_DATA || tag == FLOAT_PIXEL_DATA || tag == DOUBLE_PIXEL_DATA;
    }

    /// As the standard writes it, such as `(0028,0010)`.
    public static String name(int tag) {
        return String.format(Locale.ROOT, "(%04X,%04X)", tag >>> 16, tag & 0xFFFF);
    }
}
