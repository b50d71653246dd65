package org.patchlens.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.patchlens.PatchlensException;
import org.patchlens.image.dicom.IdentifierHash;

/// The file with the key of a study's pseudonyms. It lies outside the study, so that who is given the study cannot
/// test whether a known person is in it.
///
/// The only randomness that is no function of a seed: a key that can be computed again is none. Who wants the same
/// pseudonyms in two studies gives both the same file.
final class StudySecret {
    private static final int KEY_BYTES = 32;
    private static final int SHORTEST = 16;
    private static final int LONGEST = 4096;

    private StudySecret() {}

    /// Where the key lies if nobody says otherwise: `<study>.secret` beside the study.
    static Path beside(Path study) {
        Path whole = study.toAbsolutePath().normalize();
        return whole.resolveSibling(whole.getFileName() + ".secret");
    }

    /// The pseudonyms of a study. A new study gets a key where there is none.
    ///
    /// @throws PatchlensException if the file lies in the study, is no key, or is lost
    static IdentifierHash open(PrivacyOptions privacy, Path study) {
        Path file = privacy.secret().orElseGet(() -> beside(study));
        if (file.toAbsolutePath().normalize().startsWith(study.toAbsolutePath().normalize())) {
            throw PatchlensException.usage(
                    "--secret " + file,
                    "the secret would lie in the study, and whoever gets the study would have it",
                    "Keep it elsewhere");
        }
        try {
            if (!Files.exists(file)) {
                refuseIfLost(file, study);
                create(file);
            }
            return IdentifierHash.withKey(read(file));
        } catch (IOException e) {
            throw PatchlensException.badData(file.toString(), "the secret cannot be read or written: " + e, "")
                    .causedBy(e);
        }
    }

    private static void refuseIfLost(Path file, Path study) {
        if (Files.exists(study.resolve("study.json"))) {
            throw PatchlensException.usage(
                    file.toString(),
                    "the study " + study + " is there but not the secret of its pseudonyms; with a new one the same"
                            + " patient would get another name",
                    "Put it back, name it with --secret, or extract into another folder");
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forOwner(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] forOwner(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static byte[] read(Path file) throws IOException {
        long size = Files.size(file);
        byte[] key = size > LONGEST
                ? new byte[0]
                : Files.readString(file, StandardCharsets.ISO_8859_1).strip().getBytes(StandardCharsets.ISO_8859_1);
        if (key.length < SHORTEST) {
            throw PatchlensException.badData(
                    file.toString(),
                    "a secret has " + SHORTEST + " to " + LONGEST + " bytes; this file has " + size,
                    "Name a file with random characters, or leave --secret out to get one");
        }
        return key;
    }
}
