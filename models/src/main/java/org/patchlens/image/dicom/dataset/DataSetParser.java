package org.patchlens.image.dicom.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.patchlens.PatchlensException;

/// Walks the elements of a data set (PS3.5 chapter 7). Depth, number of elements and every length are bounded, so
/// the time is linear in the file and the memory in what is kept.
final class DataSetParser {
    /// Real files nest fewer than ten sequences.
    private static final int DEEPEST = 32;

    private static final int MOST_ELEMENTS = 20_000_000;
    private static final int MOST_KEPT = 2_000_000;
    private static final long UNDEFINED = 0xFFFF_FFFFL;

    /// The value representations whose length field has 32 bits (PS3.5 table 7.1-1).
    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private final ByteSource source;
    private final Set<Integer> alsoKept;
    private int walked;
    private int kept;

    DataSetParser(ByteSource source) {
        this(source, Set.of());
    }

    /// @param alsoKept elements of the file itself that are remembered besides those of [Tag]
    DataSetParser(ByteSource source, Set<Integer> alsoKept) {
        this.source = source;
        this.alsoKept = alsoKept;
    }

    /// How the elements of one data set are written.
    record Encoding(boolean implicit, boolean bigEndian) {}

    /// An element's header.
    private record Header(int tag, String representation, long value, long length) {
        boolean undefined() {
            return length == UNDEFINED;
        }

        long end() {
            return value + length;
        }
    }

    /// What is to be walked.
    ///
    /// @param end the first byte after it, if `delimited` is false; else the first byte it cannot reach
    /// @param delimited whether it ends with a delimiter
    /// @param keep whether its elements are remembered
    private record Scope(long end, boolean delimited, boolean keep, int depth) {}

    /// The meta information (group 0002, always explicit little endian); returns where the data set begins.
    long parseMeta(long start, DataSet into) {
        long position = start;
        Encoding explicit = new Encoding(false, false);
        while (source.length() - position >= 8 && source.u16(position, false) == 0x0002) {
            Header header = header(position, explicit, source.length());
            require(header, source.length());
            keep(header, explicit, Element.Plain.PLAIN, true, into);
            position = header.end();
        }
        return position;
    }

    /// The data set up to and with its pixels; what follows them is of no use here.
    DataSet parse(long start, Encoding encoding) {
        DataSet set = new DataSet(source);
        walk(start, new Scope(source.length(), false, true, 0), encoding, set);
        return set;
    }

    /// Returns the position after the last element, or after the delimiter.
    private long walk(long start, Scope scope, Encoding declared, DataSet into) {
        long position = start;
        Encoding encoding = startsImplicit(start, scope.end(), declared) ? implicit(declared) : declared;
        while (position < scope.end()) {
            if (scope.end() - position < 8) {
                return trailing(position, scope);
            }
            Header header = header(position, encoding, scope.end());
            if (header.tag() == Tag.ITEM_DELIMITER) {
                return position + 8;
            }
            if (header.tag() == Tag.SEQUENCE_DELIMITER) {
                // Seen in damaged files: the sequence ends before its item does.
                return position;
            }
            position = element(header, scope, encoding, into);
            if (scope.depth() == 0 && Tag.isPixels(header.tag())) {
                return position;
            }
        }
        return position;
    }

    /// Fewer bytes than an element header: padding at the end of a file is harmless, a torn header is not.
    private long trailing(long position, Scope scope) {
        for (long at = position; at < scope.end(); at++) {
            if (source.u8(at) != 0) {
                throw bad("The file ends in the middle of an element, at byte " + position, "The file is truncated.");
            }
        }
        return scope.end();
    }

    private long element(Header header, Scope scope, Encoding encoding, DataSet into) {
        count();
        if (header.undefined()) {
            return undefined(header, scope, encoding, into);
        }
        if (Tag.isPixels(header.tag()) && scope.depth() == 0) {
            // A torn file may still hold whole frames: reading a frame tells what is missing.
            long length = Math.min(header.length(), source.length() - header.value());
            Header present = new Header(header.tag(), header.representation(), header.value(), length);
            keep(present, encoding, Element.Plain.PLAIN, true, into);
            return present.end();
        }
        require(header, scope.end());
        if (scope.keep() && Tag.isKeptSequence(header.tag())) {
            List<DataSet> items = new ArrayList<>();
            sequence(
                    header, new Scope(header.end(), false, true, scope.depth() + 1), contents(header, encoding), items);
            keep(header, encoding, new Element.Items(items), true, into);
        } else {
            boolean asked = scope.depth() == 0 && alsoKept.contains(header.tag());
            keep(header, encoding, Element.Plain.PLAIN, scope.keep() && (asked || Tag.isKept(header.tag())), into);
        }
        return header.end();
    }

    private long undefined(Header header, Scope scope, Encoding encoding, DataSet into) {
        if (Tag.isPixels(header.tag())) {
            return fragments(header, scope, encoding, into);
        }
        boolean keep = scope.keep() && Tag.isKeptSequence(header.tag());
        List<DataSet> items = new ArrayList<>();
        Scope inner = new Scope(scope.end(), true, keep, scope.depth() + 1);
        long end = sequence(header, inner, contents(header, encoding), items);
        keep(header, encoding, new Element.Items(items), keep, into);
        return end;
    }

    /// A sequence whose representation is unknown is written in implicit little endian (PS3.5 6.2.2, note 2).
    private static Encoding contents(Header header, Encoding encoding) {
        return header.representation().equals("UN") ? new Encoding(true, false) : encoding;
    }

    private long sequence(Header header, Scope scope, Encoding encoding, List<DataSet> items) {
        if (scope.depth() > DEEPEST) {
            throw bad("Sequences are nested deeper than " + DEEPEST + " levels", "The file is damaged or hostile.");
        }
        long position = header.value();
        while (position < scope.end()) {
            if (scope.end() - position < 8) {
                return trailing(position, scope);
            }
            int tag = tag(position, encoding.bigEndian());
            long length = source.u32(position + 4, encoding.bigEndian());
            if (tag == Tag.SEQUENCE_DELIMITER) {
                return position + 8;
            }
            if (tag != Tag.ITEM) {
                throw bad(
                        "The sequence " + Tag.name(header.tag()) + " holds " + Tag.name(tag) + " at byte " + position
                                + " where an item is expected",
                        "The file is damaged.");
            }
            position = item(position + 8, length, scope, encoding, items);
        }
        if (scope.delimited()) {
            throw bad("The sequence " + Tag.name(header.tag()) + " has no end", "The file is truncated.");
        }
        return position;
    }

    private long item(long start, long length, Scope scope, Encoding encoding, List<DataSet> items) {
        count();
        boolean delimited = length == UNDEFINED;
        long end = delimited ? scope.end() : start + length;
        if (end > scope.end()) {
            throw bad(
                    "An item at byte " + start + " has " + length + " bytes, but only " + (scope.end() - start)
                            + " are left",
                    "The file is truncated or damaged.");
        }
        DataSet set = new DataSet(source);
        if (scope.keep()) {
            keepOne();
            items.add(set);
        } else if (!delimited) {
            return end;
        }
        return walk(start, new Scope(end, delimited, scope.keep(), scope.depth()), encoding, set);
    }

    /// Encapsulated pixel data: items without a data set inside, ended by a delimiter that only torn files lack.
    private long fragments(Header header, Scope scope, Encoding encoding, DataSet into) {
        boolean big = encoding.bigEndian();
        List<Element.Fragment> pieces = new ArrayList<>();
        long position = header.value();
        long sum = 0;
        while (scope.end() - position >= 8 && tag(position, big) == Tag.ITEM) {
            count();
            keepOne();
            long length = source.u32(position + 4, big);
            long available = scope.end() - position - 8;
            if (length > available) {
                throw bad(
                        "A piece of compressed pixels has " + length + " bytes, but the file ends after " + available,
                        "The file is truncated.");
            }
            pieces.add(new Element.Fragment(position + 8, length));
            sum += length;
            position += 8 + length;
        }
        if (pieces.isEmpty()) {
            throw bad("The compressed pixel data hold no item", "The file is truncated or damaged.");
        }
        if (scope.end() - position < 8 || tag(position, big) != Tag.SEQUENCE_DELIMITER) {
            throw bad("The compressed pixel data have no end at byte " + position, "The file is truncated or damaged.");
        }
        Element.Fragments content = new Element.Fragments(pieces.getFirst(), pieces.subList(1, pieces.size()));
        if (scope.keep()) {
            into.add(new Element(header.tag(), header.value(), sum, big, false, content));
        }
        return position + 8;
    }

    private Header header(long position, Encoding encoding, long end) {
        boolean big = encoding.bigEndian();
        int tag = tag(position, big);
        if (encoding.implicit() || tag >>> 16 == 0xFFFE) {
            return new Header(tag, "", position + 8, source.u32(position + 4, big));
        }
        String representation = "" + (char) source.u8(position + 4) + (char) source.u8(position + 5);
        if (!LONG_FORM.contains(representation)) {
            return new Header(tag, representation, position + 8, source.u16(position + 6, big));
        }
        if (end - position < 12) {
            throw bad("The file ends inside the element " + Tag.name(tag), "The file is truncated.");
        }
        return new Header(tag, representation, position + 12, source.u32(position + 8, big));
    }

    private int tag(long position, boolean big) {
        return source.u16(position, big) << 16 | source.u16(position + 2, big);
    }

    /// Some writers put implicit items into explicit files; two capital letters tell a representation.
    private boolean startsImplicit(long start, long end, Encoding declared) {
        if (declared.implicit() || end - start < 8 || source.u16(start, declared.bigEndian()) == 0xFFFE) {
            return declared.implicit();
        }
        return !isLetter(source.u8(start + 4)) || !isLetter(source.u8(start + 5));
    }

    static boolean isLetter(int value) {
        return value >= 'A' && value <= 'Z';
    }

    private static Encoding implicit(Encoding encoding) {
        return new Encoding(true, encoding.bigEndian());
    }

    private void require(Header header, long end) {
        if (header.length() > end - header.value()) {
            throw bad(
                    "The element " + Tag.name(header.tag()) + " has " + header.length() + " bytes, but only "
                            + Math.max(0, end - header.value()) + " are left",
                    "The file is truncated or damaged.");
        }
    }

    private void keep(Header header, Encoding encoding, Element.Content content, boolean wanted, DataSet into) {
        if (wanted) {
            keepOne();
            boolean words = header.representation().equals("OW");
            into.add(new Element(header.tag(), header.value(), header.length(), encoding.bigEndian(), words, content));
        }
    }

    private void count() {
        if (++walked > MOST_ELEMENTS) {
            throw bad("The header has more than " + MOST_ELEMENTS + " elements", "The file is damaged or hostile.");
        }
    }

    private void keepOne() {
        if (++kept > MOST_KEPT) {
            throw bad("The header has more than " + MOST_KEPT + " elements of use", "The file is damaged or hostile.");
        }
    }

    private PatchlensException bad(String problem, String next) {
        return PatchlensException.badData(source.subject(), problem, next);
    }
}
