package org.patchlens.image.dicom.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.patchlens.PatchlensException;

/// The remembered elements of a data set or of an item of a sequence. Values are read when they are asked for.
public final class DataSet {
    /// Longer texts and number lists are not ones that the reader asks for; a table of 65,536 16-bit entries fits.
    private static final long LONGEST_VALUE = 1 << 20;

    private final ByteSource source;
    private final Map<Integer, Element> elements = new HashMap<>();

    DataSet(ByteSource source) {
        this.source = source;
    }

    void add(Element element) {
        elements.putIfAbsent(element.tag(), element);
    }

    /// The element, if the file has it.
    public Optional<Element> find(int tag) {
        return Optional.ofNullable(elements.get(tag));
    }

    /// The items of a sequence; empty if the file does not have it.
    public List<DataSet> items(int tag) {
        return find(tag).map(Element::content).map(DataSet::itemsOf).orElse(List.of());
    }

    private static List<DataSet> itemsOf(Element.Content content) {
        return switch (content) {
            case Element.Items sequence -> sequence.items();
            case Element.Fragments fragments -> List.of();
            case Element.Plain plain -> List.of();
        };
    }

    /// The bytes of a short value; empty if the file does not have it.
    public Optional<byte[]> bytes(int tag) {
        return find(tag).map(element -> {
            if (element.length() > LONGEST_VALUE) {
                throw bad(tag, "has " + element.length() + " bytes; at most " + LONGEST_VALUE + " are expected");
            }
            return source.bytes(element.offset(), element.length());
        });
    }

    /// A text without the padding around it; empty if it is absent or blank.
    public Optional<String> text(int tag) {
        return bytes(tag)
                .map(bytes ->
                        new String(bytes, characterSet(tag)).replace('\0', ' ').strip())
                .filter(text -> !text.isEmpty());
    }

    /// UTF-8 where the file says so; else Latin-1, which loses no byte.
    private Charset characterSet(int tag) {
        boolean utf8 = tag != Tag.SPECIFIC_CHARACTER_SET
                && text(Tag.SPECIFIC_CHARACTER_SET)
                        .filter(name -> name.contains("ISO_IR 192"))
                        .isPresent();
        return utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    /// A 16-bit number (US).
    public OptionalInt unsignedShort(int tag) {
        int[] values = shorts(tag);
        return values.length == 0 ? OptionalInt.empty() : OptionalInt.of(values[0]);
    }

    /// All 16-bit numbers of a value (US, OW), unsigned; empty if the file does not have it.
    public int[] shorts(int tag) {
        return bytes(tag)
                .map(bytes -> {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order(tag));
                    int[] values = new int[bytes.length / 2];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Short.toUnsignedInt(buffer.getShort());
                    }
                    return values;
                })
                .orElse(new int[0]);
    }

    /// A number written as text (IS), such as the number of frames.
    public OptionalInt wholeNumber(int tag) {
        Optional<String> text = text(tag);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        String first = text.get().split("\\\\", 2)[0].strip();
        try {
            return OptionalInt.of(Integer.parseInt(first));
        } catch (NumberFormatException e) {
            throw bad(tag, "is not a whole number");
        }
    }

    /// The first number written as text (DS).
    public OptionalDouble number(int tag) {
        double[] values = numbers(tag);
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(values[0]);
    }

    /// Finite numbers written as text (DS), with backslashes between; empty if the file does not have it.
    public double[] numbers(int tag) {
        Optional<String> text = text(tag);
        if (text.isEmpty()) {
            return new double[0];
        }
        String[] parts = text.get().split("\\\\", -1);
        double[] values = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = number(tag, parts[i].strip());
        }
        return values;
    }

    private double number(int tag, String part) {
        try {
            double value = Double.parseDouble(part);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw bad(tag, "is not a list of numbers");
        }
        throw bad(tag, "holds a number that is not finite");
    }

    /// A binary float (FL) or double (FD), by its length.
    public OptionalDouble binaryReal(int tag) {
        Optional<byte[]> bytes = bytes(tag);
        if (bytes.isEmpty() || bytes.get().length < 4) {
            return OptionalDouble.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.get()).order(order(tag));
        return OptionalDouble.of(buffer.remaining() >= 8 ? buffer.getDouble() : buffer.getFloat());
    }

    private ByteOrder order(int tag) {
        return find(tag).filter(Element::bigEndian).isPresent() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private PatchlensException bad(int tag, String problem) {
        return PatchlensException.badData(
                source.subject(), "The header element " + Tag.name(tag) + " " + problem, "The file is damaged.");
    }
}
