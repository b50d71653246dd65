package org.patchlens.point;

import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// The patches that a class of the masks covers.
///
/// @param maskClass a class of the study's masks
/// @param coverage the share of a patch that the class covers at least, above 0, at most 1
public record MaskRegion(String maskClass, double coverage) {
    public MaskRegion {
        if (!(coverage > 0 && coverage <= 1)) {
            throw PatchlensException.usage("coverage", "is " + coverage + "; it must be above 0 and at most 1", "");
        }
    }

    /// The patches of an image inside, ascending; none if the image has no mask.
    ///
    /// @throws PatchlensException if the study has no class of this name
    public int[] patches(Study study, int image) {
        int column = study.manifest().maskClasses().indexOf(maskClass);
        if (column < 0) {
            throw PatchlensException.usage(
                    "mask class " + maskClass,
                    study.manifest().maskClasses().isEmpty()
                            ? "the study has no masks"
                            : "the masks of the study have the classes "
                                    + String.join(", ", study.manifest().maskClasses()),
                    study.manifest().maskClasses().isEmpty() ? "Extract it with --masks" : "");
        }
        Optional<FloatMatrix> shares = study.coverage(image);
        return shares.map(share -> IntStream.range(0, share.rows())
                        .filter(patch -> share.get(patch, column) >= coverage)
                        .toArray())
                .orElse(new int[0]);
    }
}
