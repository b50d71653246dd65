package org.patchlens.image.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.patchlens.Shared;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The collection of public DICOM files with what pydicom 3.0.2 and imagecodecs 2026.3.6 read from them.
final class Corpus {
    private Corpus() {}

    /// A file and what is expected of it.
    record Case(String name, Path path, JsonNode expected) {
        boolean exact() {
            return expected.path("exact").asBoolean();
        }

        /// In stored units.
        double tolerance() {
            return expected.path("tolerance").asDouble();
        }

        boolean says(String text) {
            return expected.path("expected").asString().contains(text);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> files(String folder) {
        JsonNode all = JsonMapper.shared()
                .readTree(Shared.path("data/dicom/expected.json").toFile());
        List<Case> cases = new ArrayList<>();
        all.properties().stream()
                .filter(entry -> entry.getKey().startsWith(folder + "/"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> cases.add(
                        new Case(entry.getKey(), Shared.path("data/dicom/" + entry.getKey()), entry.getValue())));
        return cases;
    }

    /// SHA-256 of numbers as little-endian doubles, as the oracle computes it.
    static String sha256(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
