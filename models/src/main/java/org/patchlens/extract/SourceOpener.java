package org.patchlens.extract;

import java.nio.file.Path;
import org.patchlens.image.AnimatedReader;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaders;
import org.patchlens.image.dicom.DicomDisclosure;
import org.patchlens.image.dicom.DicomFile;
import org.patchlens.image.dicom.DicomReader;
import org.patchlens.image.dicom.SeriesVolume;
import org.patchlens.image.nifti.NiftiReader;
import org.patchlens.image.volume.SharedSpools;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.image.volume.Volume;

/// Opens image files with readers that are set as the user wants. Files that several threads have open at a
/// time are
/// decompressed once. Safe for several threads.
final class SourceOpener {
    private final Intake intake;
    private final DicomDisclosure disclosure;
    private final SharedSpools spools = new SharedSpools();

    /// @param disclosure what the columns of DICOM files tell
    SourceOpener(Intake intake, DicomDisclosure disclosure) {
        this.intake = intake;
        this.disclosure = disclosure;
    }

    /// What a file is.
    enum Kind {
        DICOM,
        NIFTI,
        PICTURE
    }

    /// What a file is, by its content.
    ///
    /// @throws org.patchlens.PatchlensException if it is no image, or not to be read
    Kind kind(Path file) {
        ImageReader reader = ImageReaders.recognize(file, intake.limits());
        if (reader instanceof DicomReader) {
            return Kind.DICOM;
        }
        return reader instanceof NiftiReader ? Kind.NIFTI : Kind.PICTURE;
    }

    /// A file of frames.
    ImageFile open(Path file) {
        ImageReader reader = ImageReaders.recognize(file, intake.limits());
        if (reader instanceof AnimatedReader animated && intake.frames() == AnimationFrames.ALL) {
            return animated.openAnimation(file, intake.limits());
        }
        return reader instanceof DicomReader ? dicom(file) : reader.open(file, intake.limits());
    }

    /// A DICOM file.
    DicomFile dicom(Path file) {
        return new DicomReader(disclosure).open(file, intake.limits());
    }

    /// The slices of a NIfTI file.
    SlicedVolume nifti(Path file, SliceOptions slices) {
        return new NiftiReader(spools).open(file, intake.limits(), intake.volume(), slices);
    }

    /// The slices of a series.
    SlicedVolume series(SeriesStack stack, SliceOptions slices) {
        Volume volume = SeriesVolume.open(
                stack.id(), stack.series(), new SeriesVolume.Opening(intake.limits(), disclosure, spools));
        boolean whole = false;
        try {
            SlicedVolume sliced = new SlicedVolume(volume, slices.withPlane(stack.plane()), intake.limits());
            whole = true;
            return sliced;
        } finally {
            if (!whole) {
                volume.close();
            }
        }
    }
}
