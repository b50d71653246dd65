package org.patchlens.image.nifti;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;

/// The one or two files of an image. The header of a pair is `x.hdr` or `x.hdr.gz`, its voxels are `x.img` or
/// `x.img.gz` in the same folder.
final class NiftiFiles {
    private static final List<String> HEADER_ENDINGS = List.of(".hdr", ".hdr.gz");
    private static final List<String> VOXEL_ENDINGS = List.of(".img", ".img.gz");

    private NiftiFiles() {}

    /// Whether a name is one that NIfTI files have.
    static boolean hasNiftiName(String fileName) {
        return endsWith(fileName, ".nii") || endsWith(fileName, ".nii.gz") || hasVoxelName(fileName);
    }

    private static boolean hasVoxelName(String fileName) {
        return VOXEL_ENDINGS.stream().anyMatch(ending -> endsWith(fileName, ending));
    }

    private static boolean endsWith(String fileName, String ending) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /// The file whose header describes this one: itself unless it holds the voxels of a pair.
    static Path headerOf(Path file) {
        if (!hasVoxelName(name(file))) {
            return file;
        }
        return findHeaderOfVoxels(file)
                .orElseThrow(() -> PatchlensException.badData(
                        file.toString(),
                        "the header of this pair is missing: there is no .hdr file of the same name beside it",
                        "Put both files of the pair into one folder"));
    }

    /// The header beside a file that has the name of the voxels of a pair.
    static Optional<Path> findHeaderOfVoxels(Path file) {
        return hasVoxelName(name(file)) ? partner(file, HEADER_ENDINGS) : Optional.empty();
    }

    /// The voxels of a pair.
    static Path voxelsOf(Path header) {
        return partner(header, VOXEL_ENDINGS)
                .orElseThrow(() -> PatchlensException.badData(
                        header.toString(),
                        "the voxels of this pair are missing: there is no .img file of the same name beside it",
                        "Put both files of the pair into one folder"));
    }

    private static Optional<Path> partner(Path file, List<String> endings) {
        String name = name(file);
        String bare = endsWith(name, ".gz") ? name.substring(0, name.length() - 3) : name;
        String stem = bare.contains(".") ? bare.substring(0, bare.lastIndexOf('.')) : bare;
        return endings.stream()
                .flatMap(ending -> List.of(ending, ending.toUpperCase(Locale.ROOT)).stream())
                .map(ending -> file.resolveSibling(stem + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
