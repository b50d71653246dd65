package org.patchlens.image.dicom.codec.jpeg2000;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.patchlens.image.dicom.codec.DecodedFrame;
import org.patchlens.image.dicom.codec.DecodingException;
import org.patchlens.image.dicom.codec.FrameShape;

/// Reads the markers of a JPEG 2000 codestream (T.800 annex A), bare or in a JP2 file, and has its tiles decoded.
public final class Jpeg2000Decoder {
    private static final int HIGH_THROUGHPUT_CAPABILITY = 0x4000;
    private static final int DEEPEST_SAMPLE = 24;

    private final byte[] data;
    private final FrameShape shape;
    private final int[] values;
    private final Map<Integer, Tile> tiles = new TreeMap<>();
    private final Settings main;
    private @Nullable Size size;

    /// The image and tile size (T.800 A.5.1), on the reference grid.
    private record Size(
            long right,
            long bottom,
            long left,
            long top,
            long tileWidth,
            long tileHeight,
            long tileLeft,
            long tileTop,
            int precision,
            boolean signed) {
        long across() {
            return (right - tileLeft + tileWidth - 1) / tileWidth;
        }

        long down() {
            return (bottom - tileTop + tileHeight - 1) / tileHeight;
        }
    }

    /// What the headers set, for the image or for one tile.
    private static final class Settings {
        int progression;
        int layers;
        boolean mixed;

        @Nullable
        Coding coding;

        @Nullable
        Quantization quantization;

        final Map<Integer, Coding> codings = new TreeMap<>();
        final Map<Integer, Quantization> quantizations = new TreeMap<>();

        Settings copy() {
            Settings copy = new Settings();
            copy.progression = progression;
            copy.layers = layers;
            copy.mixed = mixed;
            copy.coding = coding;
            copy.quantization = quantization;
            copy.codings.putAll(codings);
            copy.quantizations.putAll(quantizations);
            return copy;
        }
    }

    private record Tile(Settings settings, ByteArrayOutputStream packets) {}

    private Jpeg2000Decoder(byte[] data, FrameShape shape) throws DecodingException {
        this.data = data;
        this.shape = shape;
        this.main = new Settings();
        this.values = new int[shape.count(data.length)];
    }

    /// Decodes a frame; the stream's own colour transform is undone.
    public static DecodedFrame decode(byte[] data, FrameShape shape) throws DecodingException {
        Jpeg2000Decoder decoder = new Jpeg2000Decoder(data, shape);
        boolean mixed = decoder.run(codestream(data));
        boolean signed = decoder.size != null && decoder.size.signed();
        return new DecodedFrame(
                decoder.values, signed, mixed ? DecodedFrame.Color.RGB : DecodedFrame.Color.AS_LABELLED);
    }

    /// The start of the codestream: the file, or the `jp2c` box of a JP2 file.
    private static int codestream(byte[] data) throws DecodingException {
        long position = 0;
        while (position + 8 <= data.length) {
            Marker box = new Marker(data, (int) position, data.length);
            if (position == 0 && data[0] == (byte) 0xFF) {
                return 0;
            }
            long length = box.u32();
            long type = box.u32();
            if (type == 0x6A703263L) {
                return (int) position + 8;
            }
            if (length < 8) {
                break;
            }
            position += length;
        }
        throw new DecodingException("the compressed pixels do not start like a JPEG 2000 stream");
    }

    private boolean run(int start) throws DecodingException {
        if (start + 2 > data.length || new Marker(data, start, data.length).u16() != Marker.SOC) {
            throw new DecodingException("the compressed pixels do not start like a JPEG 2000 stream");
        }
        int position = start + 2;
        while (position + 4 <= data.length) {
            Marker marker = new Marker(data, position, data.length);
            int code = marker.u16();
            if (code == Marker.EOC) {
                break;
            }
            int length = marker.u16();
            int end = position + 2 + length;
            if (code < 0xFF00 || length < 2 || end > data.length) {
                throw new DecodingException("byte " + position + " of the JPEG 2000 stream should be a marker segment");
            }
            position = code == Marker.SOT
                    ? tilePart(position, new Marker(data, position + 4, end))
                    : header(code, new Marker(data, position + 4, end), main, end);
        }
        return decodeTiles();
    }

    private int header(int code, Marker marker, Settings settings, int end) throws DecodingException {
        switch (code) {
            case Marker.SIZ -> size = size(marker);
            case Marker.COD -> {
                int style = marker.u8();
                settings.progression = marker.u8();
                settings.layers = marker.u16();
                settings.mixed = marker.u8() == 1;
                settings.coding = Coding.read(marker, (style & 1) != 0);
                settings.codings.clear();
            }
            case Marker.COC -> {
                int component = marker.u8();
                settings.codings.put(component, Coding.read(marker, (marker.u8() & 1) != 0));
            }
            case Marker.QCD -> {
                settings.quantization = Quantization.read(marker);
                settings.quantizations.clear();
            }
            case Marker.QCC -> settings.quantizations.put(marker.u8(), Quantization.read(marker));
            case Marker.CAP -> throw new DecodingException("High-Throughput JPEG 2000 is not supported");
            case Marker.RGN -> throw new DecodingException("JPEG 2000 regions of interest are not supported");
            case Marker.POC -> throw new DecodingException("JPEG 2000 progression changes are not supported");
            case Marker.PPM, Marker.PPT ->
                throw new DecodingException("JPEG 2000 packet headers outside packets are not supported");
            default -> {
                // Comments, lengths and other hints.
            }
        }
        return end;
    }

    private Size size(Marker marker) throws DecodingException {
        if (size != null) {
            throw new DecodingException("the JPEG 2000 stream tells its size twice");
        }
        int capabilities = marker.u16();
        if ((capabilities & HIGH_THROUGHPUT_CAPABILITY) != 0) {
            throw new DecodingException("High-Throughput JPEG 2000 is not supported");
        }
        long right = marker.u32();
        long bottom = marker.u32();
        long left = marker.u32();
        long top = marker.u32();
        long tileWidth = marker.u32();
        long tileHeight = marker.u32();
        long tileLeft = marker.u32();
        long tileTop = marker.u32();
        int components = marker.u16();
        shape.require(right - left, bottom - top, components);
        int depth = marker.u8();
        for (int i = 0; i < components; i++) {
            int own = i == 0 ? depth : marker.u8();
            if (own != depth || marker.u8() != 1 || marker.u8() != 1) {
                throw new DecodingException("JPEG 2000 components of different size are not supported");
            }
        }
        boolean sound = right <= Integer.MAX_VALUE
                && bottom <= Integer.MAX_VALUE
                && tileWidth > 0
                && tileHeight > 0
                && tileLeft <= left
                && tileTop <= top
                && tileLeft + tileWidth > left
                && tileTop + tileHeight > top;
        int precision = (depth & 0x7F) + 1;
        if (!sound || precision > DEEPEST_SAMPLE) {
            throw new DecodingException("the JPEG 2000 image size is damaged");
        }
        return new Size(
                right, bottom, left, top, tileWidth, tileHeight, tileLeft, tileTop, precision, (depth & 0x80) != 0);
    }

    /// Reads the header of a tile part and keeps its packets; returns the position after it.
    private int tilePart(int start, Marker marker) throws DecodingException {
        Size whole = size;
        int index = marker.u16();
        long length = marker.u32();
        if (whole == null || index >= whole.across() * whole.down()) {
            throw new DecodingException("a JPEG 2000 tile lies outside the image");
        }
        long end = length == 0 ? data.length : Math.min(data.length, start + length);
        Tile tile = tiles.get(index);
        if (tile == null) {
            tile = new Tile(main.copy(), new ByteArrayOutputStream());
            tiles.put(index, tile);
        }
        int position = start + 12;
        while (position + 4 <= end) {
            Marker next = new Marker(data, position, (int) end);
            int code = next.u16();
            if (code == Marker.SOD) {
                tile.packets().write(data, position + 2, (int) end - position - 2);
                return (int) end;
            }
            int segmentEnd = position + 2 + next.u16();
            if (code < 0xFF00 || segmentEnd > end || segmentEnd < position + 4) {
                throw new DecodingException("a JPEG 2000 tile header is damaged");
            }
            position = header(code, new Marker(data, position + 4, segmentEnd), tile.settings(), segmentEnd);
        }
        throw new DecodingException("a JPEG 2000 tile has no data");
    }

    private boolean decodeTiles() throws DecodingException {
        Size whole = size;
        if (whole == null || tiles.size() < whole.across() * whole.down()) {
            throw new DecodingException("the JPEG 2000 stream holds " + tiles.size() + " of its tiles");
        }
        boolean mixed = false;
        for (Map.Entry<Integer, Tile> entry : tiles.entrySet()) {
            mixed |= decodeTile(whole, entry.getKey(), entry.getValue());
        }
        return mixed && shape.samples() == 3;
    }

    private boolean decodeTile(Size whole, int index, Tile tile) throws DecodingException {
        long column = index % whole.across();
        long row = index / whole.across();
        int[] area = {
            (int) Math.max(whole.left(), whole.tileLeft() + column * whole.tileWidth()),
            (int) Math.max(whole.top(), whole.tileTop() + row * whole.tileHeight()),
            (int) Math.min(whole.right(), whole.tileLeft() + (column + 1) * whole.tileWidth()),
            (int) Math.min(whole.bottom(), whole.tileTop() + (row + 1) * whole.tileHeight())
        };
        Settings settings = tile.settings();
        List<TileComponent> components = new ArrayList<>();
        for (int c = 0; c < shape.samples(); c++) {
            Coding coding = settings.codings.getOrDefault(c, settings.coding);
            Quantization quantization = settings.quantizations.getOrDefault(c, settings.quantization);
            if (coding == null || quantization == null) {
                throw new DecodingException("the JPEG 2000 stream lacks its coding style or quantization");
            }
            components.add(new TileComponent(c, area, coding, quantization, whole.precision()));
        }
        byte[] packets = tile.packets().toByteArray();
        new PacketReader(packets, components, new PacketReader.Progression(settings.progression, settings.layers))
                .read();
        put(new TileDecoder(packets).samples(components, settings.mixed), area, whole);
        return settings.mixed;
    }

    /// Shifts and clamps samples to their range and writes them into the image.
    private void put(int[][] planes, int[] area, Size whole) {
        int shift = whole.signed() ? 0 : 1 << (whole.precision() - 1);
        int low = whole.signed() ? -(1 << (whole.precision() - 1)) : 0;
        int high = low + (1 << whole.precision()) - 1;
        int width = area[2] - area[0];
        int step = shape.samples();
        for (int c = 0; c < step; c++) {
            for (int y = area[1]; y < area[3]; y++) {
                long first = (y - whole.top()) * shape.columns() + area[0] - whole.left();
                int to = (int) first * step + c;
                int from = (y - area[1]) * width;
                for (int x = 0; x < width; x++, to += step) {
                    values[to] = Math.max(low, Math.min(high, planes[c][from + x] + shift));
                }
            }
        }
    }
}
