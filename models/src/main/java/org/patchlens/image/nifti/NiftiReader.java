package org.patchlens.image.nifti;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.volume.SharedSpools;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.image.volume.Volume;
import org.patchlens.image.volume.VolumeHeader;

/// Reads NIfTI-1 and NIfTI-2, compressed or not, single or in pairs.
///
/// Our own reader: the Java libraries that exist (niftijio, zorbage-nifti, the reference niftijlib) hold whole
/// volumes as doubles on the heap, believe every size in the header, or do not read version 2.
public final class NiftiReader implements ImageReader {
    private final SharedSpools spools;

    /// A reader whose files share nothing with those of other readers.
    public NiftiReader() {
        this(new SharedSpools());
    }

    /// @param spools where the voxels of compressed files are kept while they are open
    public NiftiReader(SharedSpools spools) {
        this.spools = spools;
    }

    /// By the header, also a compressed one; by the name for `.nii`, `.nii.gz`, `.img` and `.img.gz`.
    ///
    /// The voxel file of a pair is recognized too, and opened through its header: whoever reads a whole folder
    /// leaves out what [#isVoxelsOfPair] names, or has each pair twice.
    @Override
    public boolean recognizes(byte[] head, String fileName) {
        byte[] plain = NiftiBytes.isGzip(head) ? NiftiBytes.inflateHead(head, RawHeader.BYTES) : head;
        boolean pair = fileName.toLowerCase(Locale.ROOT).endsWith(".hdr");
        return NiftiFiles.hasNiftiName(fileName)
                || RawHeader.isSigned(plain)
                || (pair && RawHeader.statedSize(plain) != 0);
    }

    /// Whether a file holds only the voxels of a pair whose header lies beside it.
    public static boolean isVoxelsOfPair(Path file) {
        return findHeaderOfVoxels(file).isPresent();
    }

    /// The header of a pair beside the file with its voxels; empty for every other file.
    public static Optional<Path> findHeaderOfVoxels(Path file) {
        return NiftiFiles.findHeaderOfVoxels(file);
    }

    /// The slices of the first channel of the first volume, see [SliceOptions#DEFAULT].
    @Override
    public ImageFile open(Path file, ImageLimits limits) {
        return open(file, limits, VolumeChoice.FIRST, SliceOptions.DEFAULT);
    }

    /// The chosen slices of a chosen volume.
    public SlicedVolume open(Path file, ImageLimits limits, VolumeChoice choice, SliceOptions options) {
        Volume volume = volume(file, limits, choice);
        boolean whole = false;
        try {
            SlicedVolume slices = new SlicedVolume(volume, options, limits);
            whole = true;
            return slices;
        } finally {
            if (!whole) {
                volume.close();
            }
        }
    }

    /// A chosen volume. The header is read and checked here, the voxels at the first look.
    ///
    /// @param limits `fileBytes` bounds the file and what its header says that it decompresses to
    public Volume volume(Path file, ImageLimits limits, VolumeChoice choice) {
        Path headerFile = NiftiFiles.headerOf(file);
        NiftiHeader header = header(headerFile);
        String subject = headerFile.toString();
        NiftiBytes voxels = NiftiBytes.of(header.singleFile() ? headerFile : NiftiFiles.voxelsOf(headerFile));
        refuseMissingChoice(choice, header, subject);
        refuseSize(header, voxels, limits);
        long block = choice.volume() + (long) header.volumes() * choice.channel();
        long offset = header.voxelOffset() + block * header.volumeBytes();
        return new Volume(
                new VolumeHeader(subject, header.format(), metadata(header, choice)),
                new NiftiVoxels(header, voxels, offset, spools),
                header.affine());
    }

    static NiftiHeader header(Path file) {
        byte[] head = NiftiBytes.of(file).head(RawHeader.BYTES);
        Optional<RawHeader> raw = RawHeader.find(head);
        return NiftiHeader.check(raw.orElseThrow(() -> notNifti(file, head)), file.toString());
    }

    private static PatchlensException notNifti(Path file, byte[] head) {
        if (head.length == 0) {
            return PatchlensException.badData(file.toString(), "the file is empty", "");
        }
        int stated = RawHeader.statedSize(head);
        if (head.length < stated) {
            return PatchlensException.badData(
                    file.toString(), "the file ends after " + head.length + " bytes, within its header", "");
        }
        if (stated != 0) {
            return PatchlensException.badData(
                    file.toString(),
                    "the header has no NIfTI signature; if it is Analyze 7.5, it does not say where left and right are",
                    "Convert it to NIfTI with the program that wrote it");
        }
        return PatchlensException.badData(file.toString(), "the file does not begin with a NIfTI header", "");
    }

    private static void refuseMissingChoice(VolumeChoice choice, NiftiHeader header, String subject) {
        if (choice.volume() >= header.volumes()) {
            throw PatchlensException.usage(
                    "volume " + choice.volume(),
                    subject + " has " + header.volumes() + " volumes, counted from 0",
                    "Choose one of them");
        }
        if (choice.channel() >= header.channels()) {
            throw PatchlensException.usage(
                    "channel " + choice.channel(),
                    subject + " has " + header.channels() + " channels, counted from 0",
                    "Choose one of them");
        }
    }

    private static void refuseSize(NiftiHeader header, NiftiBytes file, ImageLimits limits) {
        String subject = file.path().toString();
        long needed = Math.addExact(header.voxelOffset(), header.allBytes());
        if (needed > file.mostBytes()) {
            throw PatchlensException.badData(
                    subject,
                    "the header describes " + needed + " bytes but the file has "
                            + (file.gzip() ? file.length() + " compressed ones, which cannot hold them" : file.length())
                            + "; it is truncated or its header is damaged",
                    "");
        }
        if (Math.max(needed, file.length()) > limits.fileBytes()) {
            throw PatchlensException.badData(
                    subject,
                    "the image has " + Math.max(needed, file.length()) + " bytes"
                            + (file.gzip() ? " after decompression" : "") + ", more than the limit of "
                            + limits.fileBytes(),
                    "Raise --max-file-bytes if the file is trusted");
        }
    }

    private static SequencedMap<String, String> metadata(NiftiHeader header, VolumeChoice choice) {
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        if (header.volumes() > 1) {
            columns.put("volumes", Integer.toString(header.volumes()));
            columns.put("volume_index", Integer.toString(choice.volume()));
            header.volumeStep().ifPresent(step -> columns.put("volume_step_s", Double.toString(step)));
        }
        if (header.channels() > 1) {
            columns.put("channels", Integer.toString(header.channels()));
            columns.put("channel_index", Integer.toString(choice.channel()));
        }
        if (header.intent() != 0) {
            columns.put("nifti_intent", Integer.toString(header.intent()));
        }
        return columns;
    }
}
