package org.patchlens.extract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.image.ImageLimits;
import org.patchlens.mask.MaskClasses;
import org.patchlens.mask.MaskFile;
import org.patchlens.mask.MaskFolder;
import org.patchlens.study.metadata.Metadata;

/// Which mask belongs to which image, and what the labels mean.
///
/// @param folder of the masks
/// @param cells what the user's table says of each image by its id, if it names the masks
/// @param classes of the study
record MaskPlan(MaskFolder folder, Optional<Map<String, String>> cells, MaskClasses classes) {

    /// Settles the masks before anything is extracted.
    ///
    /// @param table a row for each image, if the user gave one
    /// @throws PatchlensException if the column is missing, or no image has a mask that can be read
    static MaskPlan of(
            MaskOptions options,
            List<PlannedImage> images,
            Optional<Metadata> table,
            ImageLimits limits,
            Progress progress) {
        MaskFolder folder = new MaskFolder(options.folder());
        Optional<Map<String, String>> cells = options.column().map(column -> cells(column, images, table));
        MaskClasses classes = options.classes()
                .map(MaskClasses::read)
                .orElseGet(() -> MaskClasses.ofLabels(labels(folder, cells, images, limits, progress)));
        return new MaskPlan(folder, cells, classes);
    }

    private static Map<String, String> cells(String column, List<PlannedImage> images, Optional<Metadata> table) {
        Metadata metadata = table.orElseThrow(() -> PatchlensException.usage(
                "--mask-column " + column, "there is no table that has the column", "Give one with --metadata"));
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            cells.put(images.get(i).id(), metadata.get(column).text(i).orElse(""));
        }
        return cells;
    }

    private static SortedSet<Integer> labels(
            MaskFolder folder,
            Optional<Map<String, String>> cells,
            List<PlannedImage> images,
            ImageLimits limits,
            Progress progress) {
        Set<Path> files = new LinkedHashSet<>();
        for (PlannedImage image : images) {
            tolerant(() -> find(folder, cells, image).ifPresent(files::add));
        }
        SortedSet<Integer> labels = new TreeSet<>();
        long done = 0;
        for (Path file : files) {
            tolerant(() -> {
                try (MaskFile mask = MaskFile.open(file, limits)) {
                    labels.addAll(mask.values());
                }
            });
            progress.report("find mask classes", ++done, files.size());
        }
        if (labels.isEmpty()) {
            throw PatchlensException.usage(
                    "--masks " + folder.folder(),
                    files.isEmpty()
                            ? "no mask in it is called like one of the " + images.size() + " images"
                            : "none of the " + files.size() + " masks has a label above 0 that can be read",
                    "Call the masks like their images, or name them in a table with --mask-column");
        }
        return labels;
    }

    /// A mask that is damaged is an error of its image, and told when that is extracted.
    private static void tolerant(Runnable reading) {
        try {
            reading.run();
        } catch (PatchlensException e) {
            if (e.category() != PatchlensException.Category.BAD_DATA) {
                throw e;
            }
        }
    }

    /// The mask of an image.
    ///
    /// @throws PatchlensException if the user's table names a file that is not there
    Optional<Path> find(PlannedImage image) {
        return find(folder, cells, image);
    }

    /// How many of the images have no mask.
    long missing(List<PlannedImage> images) {
        List<PlannedImage> without = new ArrayList<>();
        for (PlannedImage image : images) {
            tolerant(() -> {
                if (find(image).isEmpty()) {
                    without.add(image);
                }
            });
        }
        return without.size();
    }

    private static Optional<Path> find(MaskFolder folder, Optional<Map<String, String>> cells, PlannedImage image) {
        if (cells.isPresent()) {
            return folder.named(cells.get().getOrDefault(image.id(), ""));
        }
        Optional<Path> ofFile = folder.find(image.fileId());
        int slash = image.fileId().lastIndexOf('/');
        return switch (image.source()) {
            case ImageSource.SeriesSlice slice
            when ofFile.isEmpty() && slash > 0 -> folder.find(image.fileId().substring(0, slash));
            case ImageSource.SeriesSlice slice -> ofFile;
            case ImageSource.Frame frame -> ofFile;
            case ImageSource.VolumeSlice slice -> ofFile;
            case ImageSource.Unreadable file -> Optional.empty();
        };
    }
}
