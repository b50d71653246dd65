package org.patchlens.extract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.image.ImageFile;
import org.patchlens.image.dicom.DicomDisclosure;
import org.patchlens.image.nifti.NiftiReader;
import org.patchlens.image.volume.SlicedVolume;

/// Turns files into the list of images of a study: one per frame or slice.
///
/// Headers alone are read, except where slices of air are looked for. A file that is damaged becomes one image,
/// which fails: the place of every other image in the study does not depend on which files happen to be whole. The
/// slices of a DICOM series stand together, at the place of the first of its files.
final class InputScan {
    private final Intake intake;
    private final SourceOpener opener;
    private final Map<String, List<PlannedImage>> imagesOfFile = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private InputScan(Intake intake) {
        this.intake = intake;
        this.opener = new SourceOpener(intake, DicomDisclosure.NONE);
    }

    /// What there is to extract.
    ///
    /// @param images in the order of the study
    /// @param notes what a user should know of the files, one sentence each
    /// @param dicom whether there are DICOM files
    record Plan(List<PlannedImage> images, List<String> notes, boolean dicom) {
        Plan {
            images = List.copyOf(images);
            notes = List.copyOf(notes);
        }
    }

    /// Lists the frames of files.
    ///
    /// @param files by id, in the order of the ids
    static Plan of(Map<String, Path> files, Intake intake, Progress progress) {
        return new InputScan(intake).scan(files, progress);
    }

    private Plan scan(Map<String, Path> files, Progress progress) {
        Map<Path, Map<String, Path>> dicomOfFolder = new LinkedHashMap<>();
        Set<Path> all = Set.copyOf(files.values());
        long done = 0;
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (!isVoxelsOf(file.getValue(), all)) {
                scan(file.getKey(), file.getValue(), dicomOfFolder);
            }
            progress.report("find images", ++done, files.size());
        }
        for (Map<String, Path> folder : dicomOfFolder.values()) {
            SeriesScan.Found found = SeriesScan.of(folder, intake, opener);
            imagesOfFile.putAll(found.imagesOfFile());
            notes.addAll(found.notes());
        }
        List<PlannedImage> images = new ArrayList<>();
        files.keySet().forEach(id -> images.addAll(imagesOfFile.getOrDefault(id, List.of())));
        return new Plan(images, notes, !dicomOfFolder.isEmpty());
    }

    /// The voxels of a pair come with their header.
    private static boolean isVoxelsOf(Path file, Set<Path> all) {
        return NiftiReader.findHeaderOfVoxels(file).filter(all::contains).isPresent();
    }

    private void scan(String id, Path file, Map<Path, Map<String, Path>> dicomOfFolder) {
        try {
            switch (opener.kind(file)) {
                case DICOM -> {
                    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
                    dicomOfFolder
                            .computeIfAbsent(folder, _ -> new LinkedHashMap<>())
                            .put(id, file);
                }
                case NIFTI -> imagesOfFile.put(id, slices(id, file));
                case PICTURE -> imagesOfFile.put(id, frames(id, file));
            }
        } catch (PatchlensException e) {
            imagesOfFile.put(id, List.of(unreadable(id, file, e)));
        }
    }

    /// @throws PatchlensException the same, unless it is the file that is wrong
    static PlannedImage unreadable(String id, Path file, PatchlensException e) {
        return switch (e.category()) {
            case BAD_DATA -> new PlannedImage(id, id, new ImageSource.Unreadable(file, Reasons.withoutSubject(e)));
            case USAGE, GATE_FAILED, PARTIAL, INTERRUPTED -> throw e;
        };
    }

    private List<PlannedImage> frames(String id, Path file) {
        try (ImageFile image = opener.open(file)) {
            List<PlannedImage> frames = new ArrayList<>();
            for (int frame = 0; frame < image.frames(); frame++) {
                String frameId = image.frames() == 1 ? id : id + "#" + frame;
                frames.add(new PlannedImage(frameId, id, new ImageSource.Frame(file, frame)));
            }
            return frames;
        }
    }

    private List<PlannedImage> slices(String id, Path file) {
        try (SlicedVolume volume = opener.nifti(file, intake.slices())) {
            notes.addAll(volume.warnings());
            List<PlannedImage> slices = new ArrayList<>();
            for (int frame = 0; frame < volume.frames(); frame++) {
                int index = volume.slice(frame).index();
                boolean alone = volume.volume().slices(volume.slice(frame).plane()) == 1;
                slices.add(
                        new PlannedImage(alone ? id : id + "#" + index, id, new ImageSource.VolumeSlice(file, index)));
            }
            return slices;
        }
    }
}
