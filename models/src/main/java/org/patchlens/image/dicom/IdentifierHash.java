package org.patchlens.image.dicom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Turns identifiers into pseudonyms: HMAC-SHA-256 under a secret key (RFC 2104). Without the key nobody can test
/// whether a known identifier is in a study. Safe for several threads.
public final class IdentifierHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 16;
    private static final int PSEUDONYM_BYTES = 16;

    /// Days over which dates of different patients are moved apart: a century.
    private static final int SHIFT_DAYS = 36_525;

    private final SecretKeySpec key;

    private IdentifierHash(SecretKeySpec key) {
        this.key = key;
    }

    /// A hash under a key.
    ///
    /// @param key at least 16 secret bytes, kept outside the study
    public static IdentifierHash withKey(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "a key of " + key.length + " bytes; at least " + SHORTEST_KEY + " are needed");
        }
        return new IdentifierHash(new SecretKeySpec(key, ALGORITHM));
    }

    /// The pseudonym of an identifier, 32 lower-case hexadecimal digits (the first 128 bits of the HMAC).
    ///
    /// @param kind of identifier, such as `patient`; equal texts of different kinds get different pseudonyms
    public String of(String kind, String identifier) {
        return HexFormat.of().formatHex(mac(kind, identifier), 0, PSEUDONYM_BYTES);
    }

    /// A day number of which only differences within one patient mean anything.
    ///
    /// @param epochDay days since 1970-01-01
    long shiftedDay(String patient, long epochDay) {
        long secret = ByteBuffer.wrap(mac("date", patient)).getLong();
        return epochDay + Math.floorMod(secret, SHIFT_DAYS);
    }

    private byte[] mac(String kind, String identifier) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(kind.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(identifier.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
