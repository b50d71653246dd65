package org.patchlens.image.dicom;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelUnit;
import org.patchlens.image.dicom.codec.DecodingException;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.DicomSource;
import org.patchlens.image.dicom.dataset.Element;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;
import org.patchlens.image.dicom.dataset.TransferSyntax;
import org.patchlens.image.dicom.pixel.ColorImage;
import org.patchlens.image.dicom.pixel.FrameDecoder;
import org.patchlens.image.dicom.pixel.GreyImage;
import org.patchlens.image.dicom.pixel.PixelLayout;
import org.patchlens.image.dicom.pixel.StoredPixels;

/// An opened DICOM file with an image.
public final class DicomFile implements ImageFile {
    private final DicomSource source;
    private final PixelLayout layout;
    private final FrameDecoder decoder;
    private final List<String> warnings;
    private final SequencedMap<String, String> metadata;

    private DicomFile(DicomSource source, PixelLayout layout, FrameDecoder decoder, DicomDisclosure disclosure) {
        this.source = source;
        this.layout = layout;
        this.decoder = decoder;
        this.warnings = List.copyOf(HeaderWarnings.of(source.dataSet()));
        this.metadata = Collections.unmodifiableSequencedMap(HeaderColumns.of(source.dataSet(), disclosure, warnings));
    }

    static DicomFile of(DicomSource source, ImageLimits limits, DicomDisclosure disclosure) {
        DataSet header = source.dataSet();
        String subject = source.bytes().subject();
        Element pixels = header.find(Tag.PIXEL_DATA)
                .or(() -> header.find(Tag.FLOAT_PIXEL_DATA))
                .or(() -> header.find(Tag.DOUBLE_PIXEL_DATA))
                .orElseThrow(() -> withoutPixels(header, subject));
        TransferSyntax syntax = source.syntax();
        if (syntax.coding() == TransferSyntax.Coding.NONE) {
            throw PatchlensException.badData(
                    subject,
                    "The pixels are written as " + syntax.title() + " (" + syntax.uid() + "), which is not supported",
                    "Convert the file to Explicit VR Little Endian.");
        }
        PixelLayout layout = PixelLayout.of(header, limits, subject);
        return new DicomFile(source, layout, new FrameDecoder(source, pixels, layout), disclosure);
    }

    private static PatchlensException withoutPixels(DataSet header, String subject) {
        String modality = header.text(Tag.MODALITY)
                .filter(code -> code.matches("[A-Z0-9]{1,16}"))
                .map(code -> " (modality " + code + ")")
                .orElse("");
        return PatchlensException.badData(
                subject,
                "The DICOM file holds no image" + modality + ": it has no pixel data",
                "Leave it out, or use --skip-errors.");
    }

    @Override
    public String format() {
        return "DICOM";
    }

    @Override
    public int frames() {
        return layout.frames();
    }

    @Override
    public PixelImage read(int frame) {
        StoredPixels stored = stored(frame);
        String subject = source.bytes().subject();
        FrameHeader header = new FrameHeader(source.dataSet(), frame);
        PixelImage image = switch (layout.photometric()) {
            case MONOCHROME1, MONOCHROME2 ->
                GreyImage.of(stored, layout, header, subject).withUnit(unit(header));
            case PALETTE_COLOR -> ColorImage.ofPalette(stored, layout, source.dataSet(), subject);
            case RGB, YBR_FULL, YBR_FULL_422, YBR_PARTIAL_422, YBR_PARTIAL_420, YBR_ICT, YBR_RCT ->
                ColorImage.ofRgb(stored, layout);
        };
        return geometry(frame).spacing().map(image::withSpacing).orElse(image);
    }

    /// PS3.3 C.11.1.1.2: the values of a CT are Hounsfield units unless its rescale type names another unit.
    private static PixelUnit unit(FrameHeader header) {
        Optional<String> modality = header.file().text(Tag.MODALITY);
        String type = header.holding(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, Tag.RESCALE_TYPE)
                .text(Tag.RESCALE_TYPE)
                .orElse("HU");
        if (modality.isEmpty()) {
            return PixelUnit.UNSTATED;
        }
        boolean hounsfield = modality.get().equals("CT") && type.equals("HU");
        return hounsfield ? PixelUnit.HOUNSFIELD : PixelUnit.ARBITRARY;
    }

    /// The stored numbers of a frame, before any look-up table.
    StoredPixels stored(int frame) {
        Objects.checkIndex(frame, layout.frames());
        try {
            return decoder.decode(frame);
        } catch (DecodingException e) {
            throw PatchlensException.badData(
                            source.bytes().subject(),
                            "The pixels of frame " + frame + " cannot be decoded: " + e.getMessage(),
                            "Use --skip-errors to go on without the file.")
                    .causedBy(e);
        }
    }

    @Override
    public SequencedMap<String, String> metadata() {
        return metadata;
    }

    /// What a user should know before trusting the pixels; also in the metadata, as `warning`.
    public List<String> warnings() {
        return warnings;
    }

    /// The number of columns of pixels.
    public int columns() {
        return layout.shape().columns();
    }

    /// The number of rows of pixels.
    public int rows() {
        return layout.shape().rows();
    }

    /// The size and place of a frame.
    public DicomGeometry geometry(int frame) {
        return DicomGeometry.of(new FrameHeader(source.dataSet(), Objects.checkIndex(frame, layout.frames())));
    }

    /// The elements of the file; never leave this package.
    DataSet header() {
        return source.dataSet();
    }

    /// The bits that are allocated for a sample.
    int bitsAllocated() {
        return layout.bitsAllocated();
    }

    /// The series that the file belongs to; never leaves this package.
    Optional<String> series() {
        return source.dataSet().text(Tag.SERIES_INSTANCE_UID);
    }

    /// The number of the file in its series.
    OptionalInt instanceNumber() {
        return source.dataSet().wholeNumber(Tag.INSTANCE_NUMBER);
    }

    @Override
    public void close() {
        source.close();
    }
}
