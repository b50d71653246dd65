package org.patchlens.image.raster;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// What the marker segments of a JPEG say, and the segments that the decoder needs.
///
/// @param process the number of the start-of-frame marker: 0 baseline, 1 extended, 2 progressive
/// @param precision bits per sample
/// @param width in pixels
/// @param height in pixels
/// @param componentIds one byte per component
/// @param adobe the colour transform of Adobe's APP14 segment, -1 without one
/// @param jfif whether a JFIF segment is there
/// @param orientation how the image is turned
/// @param stream the file without application segments and comments
@SuppressWarnings("ArrayRecordComponent") // headers are never compared, and their bytes are not written to
record JpegHeader(
        int process,
        int precision,
        int width,
        int height,
        byte[] componentIds,
        int adobe,
        boolean jfif,
        Orientation orientation,
        byte[] stream) {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;

    int components() {
        return componentIds.length;
    }

    /// Whether the components are luma and chroma, decided as libjpeg decides it.
    boolean isYcc() {
        if (components() == 4) {
            return adobe == 2;
        }
        if (components() != 3) {
            return false;
        }
        if (jfif) {
            return true;
        }
        return adobe >= 0 ? adobe != 0 : !Arrays.equals(componentIds, new byte[] {'R', 'G', 'B'});
    }

    /// Reads the segments up to the first scan.
    static JpegHeader read(Source source) {
        return new Parser(source).parse();
    }

    private static final class Parser {
        private final Source source;
        private final ByteArrayOutputStream kept;
        private int frame = -1;
        private int frameProcess;
        private int adobe = -1;
        private boolean jfif;
        private Orientation exif = Orientation.UPRIGHT;
        private Orientation xmp = Orientation.UPRIGHT;

        Parser(Source source) {
            this.source = source;
            this.kept = new ByteArrayOutputStream(source.bytes().length);
        }

        JpegHeader parse() {
            if (!source.has(0, "\u00ff\u00d8")) {
                throw source.damaged("it does not start like a JPEG");
            }
            kept.write(source.bytes(), 0, 2);
            int at = nextMarker(2);
            while (source.u8(at + 1) != START_OF_SCAN) {
                at = nextMarker(segment(at));
            }
            if (frame < 0) {
                throw source.damaged("its first scan comes before the frame header");
            }
            kept.write(source.bytes(), at, source.bytes().length - at);
            return header();
        }

        /// The place of the next marker; bytes between segments are skipped, as libjpeg does.
        private int nextMarker(int from) {
            int at = from;
            while (source.u8(at) != 0xff || source.u8(at + 1) == 0 || source.u8(at + 1) == 0xff) {
                at++;
            }
            return at;
        }

        /// Takes over one segment.
        ///
        /// @return where it ends
        private int segment(int at) {
            int marker = source.u8(at + 1);
            if (marker == END_OF_IMAGE) {
                throw source.damaged("it ends before its first scan");
            }
            if (marker == 1 || (marker >= 0xd0 && marker <= 0xd8)) {
                return at + 2;
            }
            int end = at + 2 + source.u16(at + 2);
            if (end > source.bytes().length || end < at + 4) {
                throw source.damaged("it is truncated: the segment at byte " + at + " ends at " + end + ", the file at "
                        + source.bytes().length);
            }
            if (marker >= APP0 && marker <= APP15) {
                application(marker, at + 4, end);
            } else if (marker != COMMENT) {
                kept.write(source.bytes(), at, end - at);
            }
            if (isFrame(marker)) {
                frame(marker, at, end);
            }
            return end;
        }

        private static boolean isFrame(int marker) {
            return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        }

        private void frame(int marker, int at, int end) {
            if (frame >= 0) {
                throw source.damaged("it has two frame headers");
            }
            if (end < at + 10 + 3 * source.u8(at + 9)) {
                throw source.damaged("its frame header is too short");
            }
            frame = at + 4;
            frameProcess = marker - 0xc0;
        }

        private void application(int marker, int from, int end) {
            byte[] bytes = source.bytes();
            if (marker == APP0 && end - from >= 14 && source.has(from, "JFIF\0")) {
                jfif = true;
            } else if (marker == APP14 && end - from >= 12 && source.has(from, "Adobe")) {
                adobe = source.u8(from + 11);
            } else if (marker == APP1 && end - from > 6 && source.has(from, "Exif\0")) {
                Orientation found = Orientation.ofExif(Arrays.copyOfRange(bytes, from + 6, end));
                exif = exif.equals(Orientation.UPRIGHT) ? found : exif;
            } else if (marker == APP1 && source.has(from, "http://ns.adobe.com/xap/1.0/\0")) {
                xmp = Orientation.ofXmp(Arrays.copyOfRange(bytes, from, end));
            }
        }

        private JpegHeader header() {
            int components = source.u8(frame + 5);
            byte[] ids = new byte[components];
            for (int i = 0; i < components; i++) {
                ids[i] = (byte) source.u8(frame + 6 + 3 * i);
            }
            return new JpegHeader(
                    frameProcess,
                    source.u8(frame),
                    source.u16(frame + 3),
                    source.u16(frame + 1),
                    ids,
                    adobe,
                    jfif,
                    exif.equals(Orientation.UPRIGHT) ? xmp : exif,
                    kept.toByteArray());
        }
    }
}
