package org.patchlens.phantom.anatomy;

import java.util.random.RandomGenerator;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.tensor.Seed;

/// The measures of a body, in millimetres unless said otherwise.
///
/// @param sex of the patient
/// @param wear 0 to 1, see [AgeBand]
/// @param halfWidth of the thoracic cavity where it is widest
/// @param halfDepth of the thoracic cavity from the middle to the front
/// @param length factor of all heights, about 1
/// @param fat under the skin
/// @param muscle factor of all muscles, about 1
/// @param heart factor of the heart's size, about 1
/// @param breath how far the diaphragm stands below its usual height; negative when breathed out
/// @param armsUp whether the arms are out of the picture
/// @param turn of the body about its long axis, in radians
/// @param kyphosis how far the spine bends
public record Measures(
        Sex sex,
        double wear,
        double halfWidth,
        double halfDepth,
        double length,
        double fat,
        double muscle,
        double heart,
        double breath,
        boolean armsUp,
        double turn,
        double kyphosis) {
    private static final double ARMS_DOWN_SHARE = 0.12;

    /// Draws the measures of a patient.
    public static Measures draw(Sex sex, AgeBand age, Seed seed) {
        RandomGenerator random = seed.generator();
        boolean male = sex == Sex.MALE;
        double size = 1 + 0.06 * random.nextGaussian();
        double build = Math.clamp(random.nextGaussian(), -1.6, 2.2);
        return new Measures(
                sex,
                age.wear(),
                (male ? 128 : 115) * size + 2 * build,
                (male ? 92 : 82) * size + 3 * age.wear() + 2 * build + 2 * random.nextGaussian(),
                (male ? 1.03 : 0.94) * size,
                (male ? 9 : 13) + (build > 0 ? 9 : 4) * build,
                (male ? 1.1 : 0.8) * (1.12 - 0.3 * age.wear()) + 0.08 * random.nextGaussian(),
                0.95 + 0.1 * age.wear() + 0.05 * random.nextGaussian(),
                10 * random.nextGaussian(),
                random.nextDouble() >= ARMS_DOWN_SHARE,
                0.045 * random.nextGaussian(),
                4 + 12 * age.wear() + 3 * random.nextGaussian());
    }

    /// A place given in shares of this body: of the cavity's half width, of its half depth, and a height of a
    /// body of usual length.
    Point place(double acrossShare, double backShare, double height) {
        return new Point(acrossShare * halfWidth, backShare * halfDepth, height * length);
    }
}
