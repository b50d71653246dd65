package org.patchlens.image.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;
import org.patchlens.image.dicom.pixel.StoredPixels;

/// An opened DICOM segmentation (PS3.3 A.51 and C.8.20): each frame tells which pixels of one plane belong to one
/// segment, or to which segment each pixel belongs. Not safe for several threads.
///
/// A pixel of a binary segmentation belongs to the segment if its bit is set, one of a fractional segmentation if
/// its value is at least half of the Maximum Fractional Value. The values of a label map are the numbers of the
/// segments, its background is 0 or the Pixel Padding Value.
public final class Segmentation implements AutoCloseable {
    private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";
    private static final String LABEL_MAP_SOP_CLASS = "1.2.840.10008.5.1.4.1.1.66.7";

    /// What a Long String (LO) may hold.
    private static final int LONGEST_LABEL = 64;

    private final DicomFile file;
    private final String subject;
    private final SortedMap<Integer, String> labels;
    private final List<Frame> frames;
    private final Meaning meaning;

    private Segmentation(DicomFile file, String subject) {
        DataSet header = file.header();
        String sopClass = header.text(Tag.SOP_CLASS_UID).orElse("");
        if (!sopClass.equals(SOP_CLASS) && !sopClass.equals(LABEL_MAP_SOP_CLASS)) {
            throw bad(
                    subject,
                    "the DICOM file is no segmentation (SOP class " + SOP_CLASS + " or " + LABEL_MAP_SOP_CLASS + ")",
                    "Check that this is " + "the mask and not the image");
        }
        this.file = file;
        this.subject = subject;
        this.meaning = meaning(file, subject);
        this.labels = Collections.unmodifiableSortedMap(labels(header, meaning, subject));
        this.frames = List.copyOf(frames(file, meaning, labels, subject));
    }

    /// What the values of pixels mean.
    private sealed interface Meaning {
        /// From this value on a pixel belongs to the segment of its frame.
        record AtLeast(int value) implements Meaning {}

        /// Values are the numbers of segments.
        ///
        /// @param background of pixels that belong to none
        record Numbers(int background) implements Meaning {}
    }

    /// One plane of one segment, or of all.
    ///
    /// @param index of the frame in the file
    /// @param segment its number, 1 to 65,535; 0 in a label map, whose frames hold all segments
    /// @param geometry of the plane
    public record Frame(int index, int segment, DicomGeometry geometry) {}

    /// Opens a segmentation and checks its header; pixels are read when they are asked for.
    ///
    /// @throws PatchlensException if the file is none, or is damaged or beyond the limits
    public static Segmentation open(Path path, ImageLimits limits) {
        DicomFile file = new DicomReader().open(path, limits);
        boolean opened = false;
        try {
            Segmentation segmentation = new Segmentation(file, path.toString());
            opened = true;
            return segmentation;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static Meaning meaning(DicomFile file, String subject) {
        String type = file.header().text(Tag.SEGMENTATION_TYPE).orElse("");
        // Colours and signed numbers mark nothing: no number of bits fits them.
        boolean plain = file.header().unsignedShort(Tag.SAMPLES_PER_PIXEL).orElse(1) == 1
                && file.header().unsignedShort(Tag.PIXEL_REPRESENTATION).orElse(0) == 0;
        int bits = plain ? file.bitsAllocated() : 0;
        if (type.equals("BINARY") && bits == 1) {
            return new Meaning.AtLeast(1);
        }
        if (type.equals("LABELMAP") && (bits == 8 || bits == 16)) {
            return new Meaning.Numbers(
                    file.header().unsignedShort(Tag.PIXEL_PADDING_VALUE).orElse(0));
        }
        int largest = file.header().unsignedShort(Tag.MAXIMUM_FRACTIONAL_VALUE).orElse(0);
        if (type.equals("FRACTIONAL") && bits == 8 && largest >= 1 && largest <= 255) {
            return new Meaning.AtLeast((largest + 1) / 2);
        }
        throw bad(
                subject,
                "the segmentation is neither binary with 1 bit per pixel nor fractional with 8 bits and a Maximum "
                        + "Fractional Value of 1 to 255 nor a label map with 8 or 16 bits",
                "Export it as a binary segmentation");
    }

    private static SortedMap<Integer, String> labels(DataSet header, Meaning meaning, String subject) {
        boolean utf8 = header.text(Tag.SPECIFIC_CHARACTER_SET)
                .filter(name -> name.contains("ISO_IR 192"))
                .isPresent();
        Charset characters = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        SortedMap<Integer, String> labels = new TreeMap<>();
        for (DataSet segment : header.items(Tag.SEGMENT_SEQUENCE)) {
            int number = segment.unsignedShort(Tag.SEGMENT_NUMBER).orElse(0);
            String label = segment.bytes(Tag.SEGMENT_LABEL)
                    .map(bytes -> label(new String(bytes, characters)))
                    .orElse("");
            if (meaning.equals(new Meaning.Numbers(number))) {
                // A label map may describe its background as if it were a segment.
                continue;
            }
            if (number == 0 || labels.putIfAbsent(number, label) != null) {
                throw bad(subject, "segments have no number or the same one, " + number, "The file is damaged");
            }
        }
        if (labels.isEmpty()) {
            throw bad(subject, "the segmentation describes no segment", "The file is damaged");
        }
        return labels;
    }

    private static String label(String stored) {
        String text = stored.replaceAll("\\p{Cntrl}", " ").strip();
        return text.codePointCount(0, text.length()) > LONGEST_LABEL
                ? text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL))
                : text;
    }

    private static List<Frame> frames(
            DicomFile file, Meaning meaning, SortedMap<Integer, String> labels, String subject) {
        List<Frame> frames = new ArrayList<>();
        for (int index = 0; index < file.frames(); index++) {
            if (meaning instanceof Meaning.Numbers) {
                frames.add(new Frame(index, 0, file.geometry(index)));
                continue;
            }
            OptionalInt segment = new FrameHeader(file.header(), index)
                    .holding(Tag.SEGMENT_IDENTIFICATION_SEQUENCE, Tag.REFERENCED_SEGMENT_NUMBER)
                    .unsignedShort(Tag.REFERENCED_SEGMENT_NUMBER);
            if (segment.isEmpty() || !labels.containsKey(segment.getAsInt())) {
                throw bad(
                        subject,
                        "frame " + index + " belongs to none of the segments " + span(labels),
                        "The file is damaged");
            }
            frames.add(new Frame(index, segment.getAsInt(), file.geometry(index)));
        }
        return frames;
    }

    private static String span(SortedMap<Integer, String> labels) {
        return labels.firstKey() + " to " + labels.lastKey();
    }

    private static PatchlensException bad(String subject, String found, String next) {
        return PatchlensException.badData(subject, found, next);
    }

    /// The label of each segment by its number, at most 64 characters; empty where the file gives none.
    public SortedMap<Integer, String> labels() {
        return labels;
    }

    /// In the order of the file.
    public List<Frame> frames() {
        return frames;
    }

    /// The number of columns of pixels.
    public int columns() {
        return file.columns();
    }

    /// The number of rows of pixels.
    public int rows() {
        return file.rows();
    }

    /// Writes the number of the segment of each pixel of a frame that belongs to one, row by row; leaves the
    /// others.
    ///
    /// @param numbers `[rows * columns]`
    /// @throws PatchlensException if the pixels are damaged or name a segment that is not described
    public void mark(Frame frame, float[] numbers) {
        StoredPixels stored = file.stored(frame.index());
        for (int pixel = 0; pixel < stored.count(); pixel++) {
            int value = (int) stored.value(pixel);
            switch (meaning) {
                case Meaning.AtLeast(int least) -> {
                    if (value >= least) {
                        numbers[pixel] = frame.segment();
                    }
                }
                case Meaning.Numbers(int background) -> {
                    if (value != background) {
                        numbers[pixel] = described(frame, value);
                    }
                }
            }
        }
    }

    private int described(Frame frame, int number) {
        if (labels.containsKey(number)) {
            return number;
        }
        throw bad(
                subject,
                "frame " + frame.index() + " has pixels of " + number + ", which is none of the segments "
                        + span(labels),
                "The file is damaged");
    }

    @Override
    public void close() {
        file.close();
    }
}
