package org.patchlens.mask;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;

/// The folder of `--masks`: finds the mask of an image by its name, or as a column of the user's table says.
///
/// @param folder that exists
public record MaskFolder(Path folder) {
    private static final List<String> MASK_ENDINGS = List.of(".png", ".nii.gz", ".nii", ".hdr", ".dcm");
    private static final List<String> DOUBLE_ENDINGS = List.of(".nii.gz", ".hdr.gz", ".img.gz");

    public MaskFolder {
        if (!Files.isDirectory(folder)) {
            throw PatchlensException.usage("--masks " + folder, "there is no such folder", "");
        }
        folder = folder.toAbsolutePath().normalize();
    }

    /// The mask with the name of an image: `a/b.jpg` has `a/b.png`, `a/b.nii.gz`, `a/b.nii`, `a/b.hdr` or
    /// `a/b.dcm` in the folder, or one of them without the image's folders.
    ///
    /// @param imageId how the study calls the image; what follows `#` is left out
    public Optional<Path> find(String imageId) {
        int frame = imageId.lastIndexOf('#');
        String stem = withoutEnding(frame < 0 ? imageId : imageId.substring(0, frame));
        String bare = stem.substring(stem.lastIndexOf('/') + 1);
        return Stream.of(stem, bare)
                .flatMap(name -> MASK_ENDINGS.stream().map(ending -> name + ending))
                .map(this::inside)
                .flatMap(Optional::stream)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// The only file directly in the folder that ends in `.dcm`: the segmentation of a study of one series.
    public Optional<Path> onlySegmentation() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.toString().toLowerCase(Locale.ROOT);
                if (name.endsWith(".dcm") && Files.isRegularFile(file) && found.size() < 2) {
                    found.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw PatchlensException.usage("--masks " + folder, "the folder cannot be read: " + e, "")
                    .causedBy(e);
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static String withoutEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String ending : DOUBLE_ENDINGS) {
            if (lower.endsWith(ending)) {
                return name.substring(0, name.length() - ending.length());
            }
        }
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    /// The mask that the user's table names.
    ///
    /// @param cell a path below the folder
    /// @return empty if the cell is, for an image without a mask
    /// @throws PatchlensException if there is no such file in the folder
    public Optional<Path> named(String cell) {
        String path = cell.strip();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(inside(path)
                .filter(Files::isRegularFile)
                .orElseThrow(() -> PatchlensException.badData(
                        path, "there is no such mask in the folder " + folder, "Correct the column of masks")));
    }

    /// A path below the folder; empty if it leads out of it.
    private Optional<Path> inside(String relative) {
        if (relative.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Path path = folder.resolve(relative).normalize();
        return path.startsWith(folder) ? Optional.of(path) : Optional.empty();
    }
}
