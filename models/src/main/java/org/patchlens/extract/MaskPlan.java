package org.patchlens.extract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.image.ImageLimits;
import org.patchlens.mask.MaskClasses;
import org.patchlens.mask.MaskFile;
import org.patchlens.study.metadata.Metadata;

/// Which mask belongs to which image, and what the labels mean.
///
/// @param search finds the masks
/// @param classes of the study
record MaskPlan(MaskSearch search, MaskClasses classes) {

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
        MaskSearch search = MaskSearch.of(options, images, table);
        MaskClasses classes =
                options.classes().map(MaskClasses::read).orElseGet(() -> classes(search, images, limits, progress));
        return new MaskPlan(search, classes);
    }

    private static MaskClasses classes(
            MaskSearch search, List<PlannedImage> images, ImageLimits limits, Progress progress) {
        Set<Path> files = new LinkedHashSet<>();
        for (PlannedImage image : images) {
            tolerant(() -> search.find(image).ifPresent(files::add));
        }
        SortedSet<Integer> labels = new TreeSet<>();
        Map<Integer, String> names = new TreeMap<>();
        long done = 0;
        for (Path file : files) {
            tolerant(() -> {
                try (MaskFile mask = MaskFile.open(file, limits)) {
                    labels.addAll(mask.values());
                    mask.names().forEach((label, name) -> addName(names, label, name, file));
                }
            });
            progress.report("find mask classes", ++done, files.size());
        }
        if (labels.isEmpty()) {
            throw noLabels(search, images.size(), files.size());
        }
        return MaskClasses.ofLabels(labels, names);
    }

    private static PatchlensException noLabels(MaskSearch search, int images, int files) {
        String subject = "--masks " + search.folder().folder();
        if (files > 0) {
            return PatchlensException.usage(
                    subject,
                    "none of the " + files + " masks has a label above 0 that can be read",
                    "A mask has 0 where there is nothing, and the number of the class elsewhere");
        }
        return search.firstCell()
                .map(cell -> PatchlensException.usage(
                        subject,
                        "none of the masks that --mask-column names is there, for example " + cell,
                        "Name the masks relative to the folder of --masks"))
                .orElseGet(() -> PatchlensException.usage(
                        subject,
                        search.cells().isPresent()
                                ? "--mask-column names no mask for any of the " + images + " images"
                                : "no mask in it is called like one of the " + images + " images",
                        "Call the masks like their images, or name them in a table with --mask-column"));
    }

    /// One number is one class in the whole study, so two meanings of it must not be mixed.
    private static void addName(Map<Integer, String> names, int label, String name, Path file) {
        String other = names.putIfAbsent(label, name);
        if (other != null && !other.equals(name)) {
            throw PatchlensException.usage(
                    file.toString(),
                    "segment " + label + " is called \"" + name + "\", but \"" + other + "\" in another mask",
                    "Give segments that mean the same the same number, or name the numbers with --mask-classes");
        }
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
        return search.find(image);
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
}
