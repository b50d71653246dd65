package org.patchlens.image.dicom.pixel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchlens.image.dicom.codec.DecodingException;
import org.patchlens.image.dicom.dataset.ByteSource;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.Element.Fragment;
import org.patchlens.image.dicom.dataset.Element.Fragments;
import org.patchlens.image.dicom.dataset.Tag;

/// Which pieces of encapsulated pixel data belong to which frame (PS3.5 A.4).
///
/// In this order: one piece per frame; all pieces are the only frame; the offset tables; else a frame begins where
/// a piece begins like a JPEG, JPEG-LS or JPEG 2000 stream.
final class FrameLocator {
    private final ByteSource source;
    private final List<List<Fragment>> frames;

    private FrameLocator(ByteSource source, List<List<Fragment>> frames) {
        this.source = source;
        this.frames = frames;
    }

    static FrameLocator of(ByteSource source, DataSet header, Fragments fragments, int frames)
            throws DecodingException {
        List<Fragment> pieces = fragments.pieces();
        if (frames == 1) {
            return new FrameLocator(source, List.of(pieces));
        }
        if (pieces.size() == frames) {
            return new FrameLocator(source, pieces.stream().map(List::of).toList());
        }
        long[] offsets = offsets(source, header, fragments);
        List<List<Fragment>> found = offsets.length == frames ? byOffsets(pieces, offsets) : List.of();
        if (found.size() != frames) {
            found = byStreams(source, pieces);
        }
        if (found.size() != frames) {
            throw new DecodingException("the header promises " + frames + " frames, but " + pieces.size()
                    + " pieces of compressed pixels hold " + found.size());
        }
        return new FrameLocator(source, found);
    }

    /// The compressed bytes of a frame in one piece.
    byte[] bytes(int frame) throws DecodingException {
        List<Fragment> pieces = frames.get(frame);
        if (pieces.size() == 1) {
            return source.bytes(pieces.getFirst().offset(), pieces.getFirst().length());
        }
        long length = 0;
        for (Fragment piece : pieces) {
            length += piece.length();
        }
        if (length > Integer.MAX_VALUE - 16) {
            throw new DecodingException("its compressed pixels have " + length + " bytes, more than 2 GiB");
        }
        byte[] all = new byte[(int) length];
        int at = 0;
        for (Fragment piece : pieces) {
            byte[] part = source.bytes(piece.offset(), piece.length());
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /// The extended table (64-bit) if there is one, else the basic one (32-bit), from the first piece on.
    private static long[] offsets(ByteSource source, DataSet header, Fragments fragments) {
        byte[] extended = header.bytes(Tag.EXTENDED_OFFSET_TABLE).orElse(new byte[0]);
        if (extended.length >= 8) {
            return numbers(extended, 8);
        }
        Fragment table = fragments.offsetTable();
        return table.length() > 1 << 20 ? new long[0] : numbers(source.bytes(table.offset(), table.length()), 4);
    }

    private static long[] numbers(byte[] bytes, int size) {
        long[] values = new long[bytes.length / size];
        for (int i = 0; i < values.length; i++) {
            for (int b = size - 1; b >= 0; b--) {
                values[i] = (values[i] << 8) | (bytes[i * size + b] & 0xFF);
            }
        }
        return values;
    }

    private static List<List<Fragment>> byOffsets(List<Fragment> pieces, long[] offsets) {
        Map<Long, Integer> starts = new HashMap<>();
        long base = pieces.isEmpty() ? 0 : pieces.getFirst().offset();
        for (int i = 0; i < pieces.size(); i++) {
            starts.put(pieces.get(i).offset() - base, i);
        }
        List<List<Fragment>> frames = new ArrayList<>();
        for (int frame = 0; frame < offsets.length; frame++) {
            Integer first = starts.get(offsets[frame]);
            Integer next = frame + 1 < offsets.length ? starts.get(offsets[frame + 1]) : Integer.valueOf(pieces.size());
            if (first == null || next == null || next <= first) {
                return List.of();
            }
            frames.add(pieces.subList(first, next));
        }
        return frames;
    }

    private static List<List<Fragment>> byStreams(ByteSource source, List<Fragment> pieces) {
        List<List<Fragment>> frames = new ArrayList<>();
        List<Fragment> current = new ArrayList<>();
        for (Fragment piece : pieces) {
            if (startsStream(source, piece) && !current.isEmpty()) {
                frames.add(current);
                current = new ArrayList<>();
            }
            current.add(piece);
        }
        if (!current.isEmpty()) {
            frames.add(current);
        }
        return frames;
    }

    /// SOI of a JPEG, or SOC of a JPEG 2000 stream.
    private static boolean startsStream(ByteSource source, Fragment piece) {
        if (piece.length() < 4) {
            return false;
        }
        byte[] head = source.bytes(piece.offset(), 3);
        boolean jpeg = head[0] == (byte) 0xFF && head[1] == (byte) 0xD8 && head[2] == (byte) 0xFF;
        boolean jpeg2000 = head[0] == (byte) 0xFF && head[1] == (byte) 0x4F && head[2] == (byte) 0xFF;
        return jpeg || jpeg2000;
    }
}
