package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.patchlens.image.dicom.codec.DecodingException;

/// Reads the packets of a tile (T.800 B.9 to B.12) and hands their pieces to the code blocks.
final class PacketReader {
    private static final int START_OF_PACKET = 0x91;
    private static final int END_OF_HEADER = 0x92;
    private static final int MOST_LENGTH_BITS = 31;

    private final PacketBits bits;
    private final List<TileComponent> components;
    private final Progression progression;

    /// How packets follow each other.
    ///
    /// @param order 0 to 4, as the stream numbers them
    /// @param layers of quality
    record Progression(int order, int layers) {}

    PacketReader(byte[] data, List<TileComponent> components, Progression progression) {
        this.bits = new PacketBits(data);
        this.components = components;
        this.progression = progression;
    }

    void read() throws DecodingException {
        List<Precinct> all = new ArrayList<>();
        for (TileComponent component : components) {
            component.precincts.forEach(all::addAll);
        }
        Comparator<Precinct> byPlace = Comparator.comparingLong(Precinct::y).thenComparingLong(Precinct::x);
        Comparator<Precinct> byResolution = Comparator.comparingInt(Precinct::resolution);
        Comparator<Precinct> byComponent = Comparator.comparingInt(Precinct::component);
        Comparator<Precinct> byNumber = Comparator.comparingInt(Precinct::number);
        switch (progression.order()) {
            case 0 ->
                byLayer(sorted(all, byResolution.thenComparing(byComponent).thenComparing(byNumber)));
            case 1 ->
                byResolution(sorted(all, byResolution.thenComparing(byComponent).thenComparing(byNumber)));
            case 2 ->
                byPrecinct(sorted(
                        all,
                        byResolution
                                .thenComparing(byPlace)
                                .thenComparing(byComponent)
                                .thenComparing(byNumber)));
            case 3 ->
                byPrecinct(sorted(
                        all,
                        byPlace.thenComparing(byComponent)
                                .thenComparing(byResolution)
                                .thenComparing(byNumber)));
            case 4 ->
                byPrecinct(sorted(
                        all,
                        byComponent
                                .thenComparing(byPlace)
                                .thenComparing(byResolution)
                                .thenComparing(byNumber)));
            default -> throw new DecodingException("the JPEG 2000 progression order is unknown");
        }
    }

    private static List<Precinct> sorted(List<Precinct> precincts, Comparator<Precinct> order) {
        return precincts.stream().sorted(order).toList();
    }

    private void byLayer(List<Precinct> precincts) throws DecodingException {
        for (int layer = 0; layer < progression.layers(); layer++) {
            for (Precinct precinct : precincts) {
                packet(precinct, layer);
            }
        }
    }

    private void byResolution(List<Precinct> precincts) throws DecodingException {
        int from = 0;
        while (from < precincts.size()) {
            int to = from;
            while (to < precincts.size()
                    && precincts.get(to).resolution() == precincts.get(from).resolution()) {
                to++;
            }
            byLayer(precincts.subList(from, to));
            from = to;
        }
    }

    private void byPrecinct(List<Precinct> precincts) throws DecodingException {
        for (Precinct precinct : precincts) {
            for (int layer = 0; layer < progression.layers(); layer++) {
                packet(precinct, layer);
            }
        }
    }

    /// What a packet brings for a code block.
    private record Piece(CodeBlock.Segment segment, int length) {}

    private void packet(Precinct precinct, int layer) throws DecodingException {
        Coding coding = components.get(precinct.component()).coding;
        bits.skipMarker(START_OF_PACKET, 6);
        List<Piece> pieces = new ArrayList<>();
        if (bits.bit() == 1) {
            for (Precinct.Part part : precinct.parts()) {
                for (int i = 0; i < part.blocks().size(); i++) {
                    header(part, i, layer, coding, pieces);
                }
            }
        }
        bits.align();
        bits.skipMarker(END_OF_HEADER, 2);
        for (Piece piece : pieces) {
            int start = bits.body(piece.length());
            piece.segment().chunks.add(new int[] {start, piece.length()});
            piece.segment().length += piece.length();
        }
    }

    private void header(Precinct.Part part, int index, int layer, Coding coding, List<Piece> pieces)
            throws DecodingException {
        CodeBlock block = part.blocks().get(index);
        int x = index % part.columns();
        int y = index / part.columns();
        boolean present = block.included ? bits.bit() == 1 : part.inclusion().below(bits, x, y, layer + 1);
        if (!present) {
            return;
        }
        if (!block.included) {
            block.included = true;
            block.zeroPlanes = emptyPlanes(part, x, y);
        }
        int passes = passes();
        while (bits.bit() == 1) {
            block.lengthBits++;
        }
        int most = 3 * (part.band().planes() - block.zeroPlanes) - 2;
        if (block.passes + passes > most) {
            throw new DecodingException("a JPEG 2000 code block has more passes than bit planes allow");
        }
        while (passes > 0) {
            CodeBlock.Segment segment = block.segment(coding);
            int some = Math.min(passes, segment.mostPasses - segment.passes);
            int lengthBits = block.lengthBits + 31 - Integer.numberOfLeadingZeros(some);
            if (lengthBits > MOST_LENGTH_BITS) {
                throw new DecodingException("a JPEG 2000 code block has a length of " + lengthBits + " bits");
            }
            pieces.add(new Piece(segment, bits.take(lengthBits)));
            segment.passes += some;
            block.passes += some;
            passes -= some;
        }
    }

    private int emptyPlanes(Precinct.Part part, int x, int y) throws DecodingException {
        int planes = 0;
        while (!part.emptyPlanes().below(bits, x, y, planes + 1)) {
            planes++;
            if (planes > part.band().planes()) {
                throw new DecodingException("a JPEG 2000 code block has more empty bit planes than its band");
            }
        }
        return planes;
    }

    /// The number of passes (T.800 table B.4).
    private int passes() throws DecodingException {
        if (bits.bit() == 0) {
            return 1;
        }
        if (bits.bit() == 0) {
            return 2;
        }
        int more = bits.take(2);
        if (more < 3) {
            return 3 + more;
        }
        more = bits.take(5);
        return more < 31 ? 6 + more : 37 + bits.take(7);
    }
}
