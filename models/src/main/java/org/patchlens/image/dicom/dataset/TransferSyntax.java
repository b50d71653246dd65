package org.patchlens.image.dicom.dataset;

import java.util.Optional;

/// How a data set and its pixels are written (PS3.5 chapter 10 and PS3.6 table A-1).
public enum TransferSyntax {
    IMPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2", "Implicit VR Little Endian", Coding.NATIVE),
    EXPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2.1", "Explicit VR Little Endian", Coding.NATIVE),
    ENCAPSULATED_UNCOMPRESSED("1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed", Coding.NATIVE),
    DEFLATED("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", Coding.NATIVE),
    EXPLICIT_BIG_ENDIAN("1.2.840.10008.1.2.2", "Explicit VR Big Endian", Coding.NATIVE),
    RLE("1.2.840.10008.1.2.5", "RLE Lossless", Coding.RLE),
    DEFLATED_FRAMES("1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression", Coding.DEFLATED_FRAMES),
    JPEG_BASELINE("1.2.840.10008.1.2.4.50", "JPEG Baseline", Coding.JPEG),
    JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG Extended", Coding.JPEG),
    JPEG_SPECTRAL_SELECTION("1.2.840.10008.1.2.4.53", "JPEG Spectral Selection", Coding.JPEG),
    JPEG_PROGRESSIVE("1.2.840.10008.1.2.4.55", "JPEG Full Progression", Coding.JPEG),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "JPEG Lossless", Coding.JPEG),
    JPEG_LOSSLESS_FIRST_ORDER("1.2.840.10008.1.2.4.70", "JPEG Lossless, First-Order Prediction", Coding.JPEG),
    JPEG_LS_LOSSLESS("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", Coding.JPEG_LS),
    JPEG_LS_NEAR_LOSSLESS("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless", Coding.JPEG_LS),
    JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless", Coding.JPEG_2000),
    JPEG_2000("1.2.840.10008.1.2.4.91", "JPEG 2000", Coding.JPEG_2000),
    JPEG_2000_PART_2_LOSSLESS("1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Lossless", Coding.NONE),
    JPEG_2000_PART_2("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2", Coding.NONE),
    JPIP_REFERENCED("1.2.840.10008.1.2.4.94", "JPIP Referenced", Coding.NONE),
    JPIP_REFERENCED_DEFLATE("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", Coding.NONE),
    MPEG2_MAIN("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile", Coding.NONE),
    MPEG2_HIGH("1.2.840.10008.1.2.4.101", "MPEG2 High Profile", Coding.NONE),
    MPEG4_HIGH("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile", Coding.NONE),
    MPEG4_BLURAY("1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 BD-compatible", Coding.NONE),
    MPEG4_2D("1.2.840.10008.1.2.4.104", "MPEG-4 AVC/H.264 for 2D Video", Coding.NONE),
    MPEG4_3D("1.2.840.10008.1.2.4.105", "MPEG-4 AVC/H.264 for 3D Video", Coding.NONE),
    MPEG4_STEREO("1.2.840.10008.1.2.4.106", "MPEG-4 AVC/H.264 Stereo", Coding.NONE),
    HEVC("1.2.840.10008.1.2.4.107", "HEVC/H.265 Main Profile", Coding.NONE),
    HEVC_10("1.2.840.10008.1.2.4.108", "HEVC/H.265 Main 10 Profile", Coding.NONE),
    JPEG_XL_LOSSLESS("1.2.840.10008.1.2.4.110", "JPEG XL Lossless", Coding.NONE),
    JPEG_XL_RECOMPRESSED("1.2.840.10008.1.2.4.111", "JPEG XL JPEG Recompression", Coding.NONE),
    JPEG_XL("1.2.840.10008.1.2.4.112", "JPEG XL", Coding.NONE),
    HTJ2K_LOSSLESS("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless", Coding.NONE),
    HTJ2K_LOSSLESS_RPCL("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 RPCL Lossless", Coding.NONE),
    HTJ2K("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", Coding.NONE),
    JPIP_HTJ2K("1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced", Coding.NONE),
    JPIP_HTJ2K_DEFLATE("1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate", Coding.NONE),
    SMPTE_PROGRESSIVE("1.2.840.10008.1.2.7.1", "SMPTE ST 2110-20 Progressive Video", Coding.NONE),
    SMPTE_INTERLACED("1.2.840.10008.1.2.7.2", "SMPTE ST 2110-20 Interlaced Video", Coding.NONE),
    SMPTE_AUDIO("1.2.840.10008.1.2.7.3", "SMPTE ST 2110-30 PCM Audio", Coding.NONE);

    /// What turns the bytes of a frame into samples.
    public enum Coding {
        NATIVE,
        RLE,
        DEFLATED_FRAMES,
        JPEG,
        JPEG_LS,
        JPEG_2000,
        /// Nothing in this program.
        NONE
    }

    private final String uid;
    private final String title;
    private final Coding coding;

    TransferSyntax(String uid, String title, Coding coding) {
        this.uid = uid;
        this.title = title;
        this.coding = coding;
    }

    static Optional<TransferSyntax> find(String uid) {
        for (TransferSyntax syntax : values()) {
            if (syntax.uid.equals(uid)) {
                return Optional.of(syntax);
            }
        }
        return Optional.empty();
    }

    /// The unique identifier of PS3.6.
    public String uid() {
        return uid;
    }

    /// The name in the standard, shortened.
    public String title() {
        return title;
    }

    /// What turns the bytes of a frame into samples.
    public Coding coding() {
        return coding;
    }

    boolean implicit() {
        return this == IMPLICIT_LITTLE_ENDIAN;
    }

    boolean bigEndian() {
        return this == EXPLICIT_BIG_ENDIAN;
    }
}
