package org.patchlens.image.dicom.dataset;

import java.util.List;

/// Where the value of an element lies.
///
/// @param tag see [Tag]
/// @param offset of the value in the source
/// @param length of the value in bytes; for fragments, the sum of their lengths
/// @param bigEndian whether numbers in it are
/// @param words whether it is a string of 16-bit words (OW), which a big-endian file swaps even where they hold
///     bytes
/// @param content what the value is made of
public record Element(int tag, long offset, long length, boolean bigEndian, boolean words, Content content) {
    /// What a value is made of.
    public sealed interface Content {}

    /// Bytes in one piece.
    public enum Plain implements Content {
        /// The only one.
        PLAIN
    }

    /// The items of a sequence.
    ///
    /// @param items in the order of the file
    public record Items(List<DataSet> items) implements Content {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// Encapsulated pixel data (PS3.5 A.4): the offset table first, then pieces of compressed frames.
    ///
    /// @param offsetTable the basic offset table, possibly empty
    /// @param pieces in the order of the file
    public record Fragments(Fragment offsetTable, List<Fragment> pieces) implements Content {
        public Fragments {
            pieces = List.copyOf(pieces);
        }
    }

    /// One item of encapsulated pixel data.
    ///
    /// @param offset of its first byte after the item header
    /// @param length in bytes
    public record Fragment(long offset, long length) {}
}
