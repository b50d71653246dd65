package org.patchlens.extract;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.patchlens.PatchlensException;

/// Finds the image files that a user means by naming files and folders.
///
/// Folders are walked recursively, links followed; hidden files and studies inside them are left out. In a folder,
/// a file whose name does not end like a picture's is no image and is counted; a file that was named itself is
/// always taken for one.
final class ImageFinder {
    private static final Set<String> IMAGE_ENDINGS = Set.of(
            "png", "jpg", "jpeg", "jpe", "gif", "bmp", "dib", "tif", "tiff", "webp", "pgm", "ppm", "pnm", "dcm",
            "dicom", "ima", "nii", "gz", "hdr");
    private static final Pattern UID_AT_THE_END = Pattern.compile("[0-9]+(\\.[0-9]+){3,}$");
    private static final int DEEPEST_FOLDER = 64;

    private final SortedMap<String, Path> files = new TreeMap<>();
    private final List<String> ignored = new ArrayList<>();

    private ImageFinder() {}

    /// What was found.
    ///
    /// @param files by id: the path below the folder that was named, `/` between folders; in the order of the ids
    /// @param ignored files that do not look like images
    record Found(SortedMap<String, Path> files, List<String> ignored) {}

    /// Finds the images below these files and folders.
    ///
    /// @throws PatchlensException if one of them does not exist or there is no image at all
    static Found find(List<Path> named) {
        ImageFinder finder = new ImageFinder();
        boolean several = named.stream().filter(Files::isDirectory).count() > 1;
        for (Path path : named) {
            finder.add(path, several);
        }
        if (finder.files.isEmpty()) {
            throw PatchlensException.usage(
                    named.toString().replaceAll("[\\[\\]]", ""),
                    finder.ignored.isEmpty()
                            ? "there is no file"
                            : "none of the " + finder.ignored.size() + " files looks like an image, for example "
                                    + finder.ignored.getFirst(),
                    "Name a folder with images, or the image files themselves");
        }
        return new Found(finder.files, finder.ignored);
    }

    private void add(Path path, boolean several) {
        if (Files.isDirectory(path)) {
            Path root = path.toAbsolutePath().normalize();
            walk(root, several && root.getFileName() != null ? root.getFileName() + "/" : "");
        } else if (Files.exists(path)) {
            put(fileName(path), path);
        } else {
            throw PatchlensException.usage(path.toString(), "there is no such file or folder", "");
        }
    }

    private void walk(Path root, String prefix) {
        try {
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST_FOLDER, new Visitor(root, prefix));
        } catch (IOException e) {
            throw PatchlensException.badData(root.toString(), "the folder cannot be read: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    private void put(String id, Path file) {
        Path other = files.putIfAbsent(id, file);
        if (other != null && !other.equals(file)) {
            throw PatchlensException.usage(
                    id,
                    "two files would have this name in the study: " + other + " and " + file,
                    "Name a folder that holds both, so that their paths below it differ");
        }
    }

    private static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    private static boolean looksLikeAnImage(String name) {
        int dot = name.lastIndexOf('.');
        String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        // Archives name DICOM files by their UID, and describe a disc by a file DICOMDIR.
        boolean identifier = UID_AT_THE_END.matcher(name).find();
        return dot < 0 ? !name.equals("DICOMDIR") : identifier || IMAGE_ENDINGS.contains(ending);
    }

    /// The ending of a name with its dot, such as `.dcm` or `.nii.gz`; empty if it is none of an image.
    static String ending(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".nii.gz")) {
            return ".nii.gz";
        }
        String ending = lower.substring(lower.lastIndexOf('.') + 1);
        return lower.contains(".") && IMAGE_ENDINGS.contains(ending) ? "." + ending : "";
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final String prefix;

        private Visitor(Path root, String prefix) {
            this.root = root;
            this.prefix = prefix;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skip = !folder.equals(root) && (isHidden(folder) || Files.exists(folder.resolve("study.json")));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isHidden(file) || attributes.isDirectory()) {
                return FileVisitResult.CONTINUE;
            }
            String id = prefix + root.relativize(file).toString().replace('\\', '/');
            if (looksLikeAnImage(fileName(file))) {
                put(id, file);
            } else {
                ignored.add(id);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            // A broken or circular link, or a folder without permission: an image that fails, so that nobody
            // misses it.
            put(prefix + root.relativize(file).toString().replace('\\', '/'), file);
            return FileVisitResult.CONTINUE;
        }

        private boolean isHidden(Path path) {
            return fileName(path).startsWith(".");
        }
    }
}
