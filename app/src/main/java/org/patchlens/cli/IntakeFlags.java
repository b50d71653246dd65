package org.patchlens.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.extract.AnimationFrames;
import org.patchlens.extract.Intake;
import org.patchlens.extract.MaskOptions;
import org.patchlens.extract.PathPrivacy;
import org.patchlens.extract.PrivacyOptions;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.dicom.KeptTag;
import org.patchlens.image.nifti.VolumeChoice;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SliceSelection;
import org.patchlens.preprocess.WindowChoice;
import picocli.CommandLine.Option;

/// The flags that say what is read from image files.
final class IntakeFlags {
    @Option(
            names = "--window",
            paramLabel = "NAME|C/W|...",
            defaultValue = "default",
            description =
                    "Values shown as black to white: lung, mediastinum, bone, bone-wide, liver, brain, centre/width,"
                            + " auto, percentile:1-99, full; or three of them for three channels (default: lung for"
                            + " Hounsfield units, else auto).")
    private String window;

    @Option(
            names = "--slices",
            paramLabel = "all|every:N|middle|range:a-b",
            defaultValue = "all",
            description = "Slices of volumes, counted from 0 (default: all).")
    private String slices;

    @Option(
            names = "--plane",
            paramLabel = "axial|coronal|sagittal",
            description = "Direction in which volumes are cut (default: as acquired).")
    private Optional<String> plane;

    @Option(names = "--skip-air", description = "Leave out slices that show nothing but air.")
    private boolean skipAir;

    @Option(names = "--resample", description = "Resample slices to square pixels.")
    private boolean resample;

    @Option(
            names = "--volume",
            paramLabel = "N",
            defaultValue = "0",
            description = "Volume of a NIfTI file with several, from 0 (default: 0).")
    private int volume;

    @Option(
            names = "--channel",
            paramLabel = "N",
            defaultValue = "0",
            description = "Channel of a NIfTI file with several, from 0 (default: 0).")
    private int channel;

    @Option(
            names = "--frames",
            paramLabel = "first|all",
            defaultValue = "first",
            description = "Frames of animated GIF, WebP and PNG; pages of TIFF and frames of DICOM are always all"
                    + " (default: first).")
    private AnimationFrames frames;

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description = "Masks, called like their images: PNG, NIfTI or DICOM-SEG.")
    private Optional<Path> masks;

    @Option(
            names = "--mask-column",
            paramLabel = "COLUMN",
            description = "The column of --metadata that names the mask, relative to --masks.")
    private Optional<String> maskColumn;

    @Option(
            names = "--mask-classes",
            paramLabel = "FILE",
            description =
                    "JSON with the names of the labels, such as {\"1\": \"lung\"} (default: the labels that occur).")
    private Optional<Path> maskClasses;

    @Option(
            names = "--secret",
            paramLabel = "FILE",
            description = "Key of the pseudonyms, outside the study (default: STUDY.secret, made when it is needed).")
    private Optional<Path> secret;

    @Option(names = "--study-days", description = "Store the days between the studies of a patient.")
    private boolean studyDays;

    @Option(
            names = "--keep-tag",
            paramLabel = "KEYWORD|(gggg,eeee)",
            description = "Store a DICOM header element as it is, even if it identifies a person; may be repeated.")
    private List<String> keepTags = new ArrayList<>();

    @Option(
            names = "--paths",
            paramLabel = "given|relative|hashed",
            defaultValue = "given",
            description = "How images and files are named in the study (default: given).")
    private PathPrivacy paths;

    @Option(names = "--max-pixels", paramLabel = "N", description = "Most pixels of one image (default: 178956970).")
    private Optional<Long> maxPixels;

    @Option(
            names = "--max-file-bytes",
            paramLabel = "N",
            description = "Largest file in bytes, also after decompression (default: 4294967296).")
    private Optional<Long> maxFileBytes;

    @Option(
            names = "--max-frames",
            paramLabel = "N",
            description = "Most frames or slices of one file (default: 100000).")
    private Optional<Integer> maxFrames;

    /// What the user asked for.
    ///
    /// @throws PatchlensException if a value cannot be meant
    Intake intake() {
        return new Intake(
                WindowChoice.parse(window),
                new SliceOptions(plane.map(Plane::parse), SliceSelection.parse(slices), skipAir, resample),
                new VolumeChoice((int) atLeast("--volume", 0, volume), (int) atLeast("--channel", 0, channel)),
                frames,
                limits(),
                maskOptions(),
                new PrivacyOptions(
                        secret, studyDays, keepTags.stream().map(KeptTag::parse).toList(), paths));
    }

    private ImageLimits limits() {
        ImageLimits usual = ImageLimits.DEFAULT;
        return new ImageLimits(
                atLeast("--max-file-bytes", 1, maxFileBytes.orElse(usual.fileBytes())),
                atLeast("--max-pixels", 1, maxPixels.orElse(usual.pixels())),
                (int) atLeast("--max-frames", 1, maxFrames.orElse(usual.frames())));
    }

    private Optional<MaskOptions> maskOptions() {
        if (masks.isEmpty() && (maskColumn.isPresent() || maskClasses.isPresent())) {
            throw PatchlensException.usage(
                    maskColumn.isPresent() ? "--mask-column" : "--mask-classes",
                    "there are no masks that it could tell of",
                    "Give their folder with --masks");
        }
        return masks.map(folder -> new MaskOptions(folder, maskColumn, maskClasses));
    }

    private static long atLeast(String flag, long least, long number) {
        if (number < least) {
            throw PatchlensException.usage(flag + " " + number, "a number from " + least + " is expected", "");
        }
        return number;
    }
}
