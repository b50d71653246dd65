package org.patchlens.model.onnx.surgery;

/// Names from a stranger's graph, fit for a sentence.
final class Words {
    private static final int LONGEST = 60;

    private Words() {}

    /// At most 60 characters, none of which moves the cursor.
    static String shown(String name) {
        String plain = name.codePoints()
                .limit(LONGEST)
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.isEmpty() ? "without a name" : plain;
    }
}
