package org.patchlens.model.safetensors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.patchlens.PatchlensException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads the JSON of a safetensors header tensor by tensor and holds every entry against the file.
///
/// What the format requires, and what is checked: known types; offsets in ascending order within the data; a
/// length that is the product of shape and type; no overlap, no hole and nothing left over at the end.
final class HeaderParser {
    private static final int MOST_DIMENSIONS = 16;
    private static final int LONGEST_NAME = 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(40)
                    .build())
            .build();

    private final Path path;
    private final Path real;
    private final long dataStart;
    private final long dataBytes;

    /// @param path as the user names the file
    /// @param real the file itself
    /// @param dataStart the offset of the data in the file
    /// @param fileBytes the length of the file
    HeaderParser(Path path, Path real, long dataStart, long fileBytes) {
        this.path = path;
        this.real = real;
        this.dataStart = dataStart;
        this.dataBytes = fileBytes - dataStart;
    }

    /// The tensors, in the order of their data.
    List<StoredTensor> parse(byte[] header) {
        expect(header.length > 0 && header[0] == '{', "its header does not begin with {");
        List<StoredTensor> tensors = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), header)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                expect(
                        name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl),
                        "its header has a name of " + name.length() + " characters, or one with control characters");
                expect(json.nextToken() == JsonToken.START_OBJECT, "the entry " + name + " is no JSON object");
                if (name.equals("__metadata__")) {
                    json.skipChildren();
                } else {
                    tensors.add(tensor(name, json));
                }
            }
            expect(json.nextToken() == null, "its header goes on after its JSON object");
        } catch (JacksonException e) {
            throw damaged("its header is not valid JSON (" + e.getOriginalMessage() + ")")
                    .causedBy(e);
        }
        tensors.sort(Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::bytes));
        refuseGapsAndOverlaps(tensors);
        return tensors;
    }

    private StoredTensor tensor(String name, JsonParser json) {
        String type = "";
        List<Long> shape = List.of();
        List<Long> offsets = List.of();
        int seen = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            switch (key) {
                case "dtype" -> {
                    expect(value == JsonToken.VALUE_STRING, "the dtype of " + name + " is no text");
                    type = json.getString();
                }
                case "shape" -> shape = numbers(name, key, json, MOST_DIMENSIONS);
                case "data_offsets" -> offsets = numbers(name, key, json, 2);
                default -> throw damaged("the entry " + name + " has a key besides dtype, shape and data_offsets");
            }
            seen++;
        }
        expect(seen == 3 && offsets.size() == 2, "the entry " + name + " lacks its dtype, shape or two data_offsets");
        return locate(name, type, shape, offsets.getFirst(), offsets.getLast());
    }

    private List<Long> numbers(String name, String key, JsonParser json, int most) {
        expect(json.currentToken() == JsonToken.START_ARRAY, "the " + key + " of " + name + " is no list");
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(
                    json.currentToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < most,
                    "the " + key + " of " + name + " is no list of at most " + most + " whole numbers");
            long number = json.getLongValue();
            expect(number >= 0, "the " + key + " of " + name + " has the negative number " + number);
            numbers.add(number);
        }
        return numbers;
    }

    private StoredTensor locate(String name, String typeName, List<Long> shape, long begin, long end) {
        TensorType type = TensorType.find(typeName)
                .orElseThrow(() -> damaged("the tensor " + name + " has the unknown type " + shortened(typeName)));
        expect(
                begin <= end && end <= dataBytes,
                "the tensor " + name + " would lie at bytes " + begin + " to " + end + " of " + dataBytes);
        long bits = type.bits();
        try {
            for (long dimension : shape) {
                bits = Math.multiplyExact(bits, dimension);
            }
        } catch (ArithmeticException e) {
            throw damaged("the tensor " + name + " of shape " + shape + " is larger than any file")
                    .causedBy(e);
        }
        expect(
                bits % 8 == 0 && bits / 8 == end - begin,
                "the tensor " + name + " of type " + type + " and shape " + shape + " takes " + (bits + 7) / 8
                        + " bytes, but its offsets give it " + (end - begin));
        return new StoredTensor(name, type, shape, real, dataStart + begin, end - begin);
    }

    private void refuseGapsAndOverlaps(List<StoredTensor> tensors) {
        long position = dataStart;
        String previous = "the header";
        for (StoredTensor tensor : tensors) {
            expect(tensor.offset() >= position, "the tensors " + previous + " and " + tensor.name() + " overlap");
            expect(
                    tensor.offset() == position,
                    "there are " + (tensor.offset() - position) + " unused bytes between " + previous + " and "
                            + tensor.name());
            position += tensor.bytes();
            previous = tensor.name();
        }
        expect(
                position == dataStart + dataBytes,
                "there are " + (dataStart + dataBytes - position) + " unused bytes after the last tensor");
    }

    private static String shortened(String text) {
        return text.codePoints().allMatch(c -> c > ' ' && c < 127) && text.length() <= 20 ? text : "in its entry";
    }

    private void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw damaged(otherwise);
        }
    }

    private PatchlensException damaged(String reason) {
        return PatchlensException.badData(
                path.toString(), "this is not a whole safetensors file: " + reason, "Download it again");
    }
}
