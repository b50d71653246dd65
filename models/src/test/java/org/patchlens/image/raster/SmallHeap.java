package org.patchlens.image.raster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;

/// The program that [SmallHeapTest] starts: reads every file of a folder and says how long each took.
final class SmallHeap {
    private SmallHeap() {}

    /// Prints `name`, milliseconds and `image` or the message, with tabs between them.
    public static void main(String[] arguments) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
            files = all.sorted().toList();
        }
        for (Path path : files) {
            long start = System.nanoTime();
            String outcome = outcome(path);
            System.out.println(path.getFileName() + "\t" + (System.nanoTime() - start) / 1_000_000 + "\t" + outcome);
        }
    }

    private static String outcome(Path path) {
        try (ImageFile file = ImageReaders.open(path, ImageLimits.DEFAULT)) {
            for (int frame = 0; frame < file.frames(); frame++) {
                file.read(frame);
            }
            return "image";
        } catch (PatchlensException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
