package org.patchlens.phantom.slice;

import java.util.List;
import java.util.Set;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.lesion.Lesion;
import org.patchlens.phantom.scanner.Acquisition;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.tensor.Seed;

/// Who and what is scanned.
///
/// @param chest of the patient
/// @param texture of the patient's tissues
/// @param lesions in the lungs
/// @param acquisition how it is scanned
/// @param marks what else is in the picture
/// @param shiftX how far the patient lies from the middle, in millimetres
/// @param seed of the noise
public record Subject(
        Chest chest,
        Texture texture,
        List<Lesion> lesions,
        Acquisition acquisition,
        Set<ShortcutKind> marks,
        double shiftX,
        Seed seed) {}
