package org.patchlens.analysis;

import java.util.Optional;
import org.patchlens.embedding.Layer;
import org.patchlens.point.MaskRegion;
import org.patchlens.point.PointChoice;
import org.patchlens.point.PointUnit;
import org.patchlens.point.SampleUnit;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.RowFilter;

/// Which points of a study are looked at: the options that every analysis of many points has.
///
/// @param points what a point is
/// @param layer the deepest that is stored if empty
/// @param where the images to choose from, as a filter over the metadata
/// @param patches of these images
/// @param sample of the points
public record PointOptions(
        @Doc("What a point is: a patch, an image by its CLS token, or an image by the mean of its patches")
        PointUnit points,

        @Doc("Layer of the points; without it, the deepest that the study holds")
        Optional<Layer> layer,

        @Doc("Images to choose from, such as site=A and age>=60")
        Optional<String> where,

        Patches patches,
        Sample sample) {

    /// Which patches of an image become points.
    ///
    /// @param maskClass whose patches are chosen; all if empty
    /// @param coverage of a patch by the mask class at least
    /// @param factor above which multiple of the median norm a patch is left out
    public record Patches(
            @Doc("Mask class whose patches are chosen; without it, all patches")
            Optional<String> maskClass,

            @Doc(value = "Share of a patch that the mask class covers at least", min = SMALLEST_COVERAGE, max = 1)
            double coverage,

            @Doc(
                    value = "A patch is left out if its norm exceeds this many times the median",
                    min = SMALLEST_FACTOR,
                    max = LARGEST_FACTOR)
            double factor) {
        private static final double SMALLEST_COVERAGE = 0.001;
        private static final double SMALLEST_FACTOR = 1;
        private static final double LARGEST_FACTOR = 1e6;

        public Patches {
            OptionRange.check("coverage", coverage, SMALLEST_COVERAGE, 1);
            OptionRange.check("factor", factor, SMALLEST_FACTOR, LARGEST_FACTOR);
        }
    }

    /// How many points are looked at, and how they are drawn where there are more.
    ///
    /// @param most points at most
    /// @param each points at most of each image or patient
    /// @param sampleBy among what points are shared out
    /// @param patient the column that tells patients apart
    public record Sample(
            @Doc(
                    value = "Points at most; of more, as many are drawn by lot from each image or patient",
                    min = FEWEST_POINTS,
                    max = MOST_POINTS)
            int most,

            @Doc(value = "Points at most of each image or patient", min = 1, max = MOST_POINTS)
            int each,

            @Doc("Among what points are shared out evenly") SampleUnit sampleBy,

            @Doc("Column that tells patients apart; without it, one that is named like patient or patient_id")
            Optional<String> patient) {
        /// More do not fit into 16 GB with their neighbours.
        public static final int MOST_POINTS = 1_000_000;

        private static final int FEWEST_POINTS = 4;

        public Sample {
            OptionRange.check("most", most, FEWEST_POINTS, MOST_POINTS);
            OptionRange.check("each", each, 1, MOST_POINTS);
        }
    }

    /// Up to 20,000 patches of the deepest layer, as many of each image.
    public static PointOptions defaults() {
        return new PointOptions(
                PointUnit.PATCHES,
                Optional.empty(),
                Optional.empty(),
                new Patches(Optional.empty(), 0.5, 5),
                new Sample(20_000, Sample.MOST_POINTS, SampleUnit.IMAGE, Optional.empty()));
    }

    /// The layer of the points in a study.
    public Layer layerIn(Study study) {
        return layer.orElseGet(() -> study.manifest().layers().getLast());
    }

    /// Which points these are.
    ///
    /// @param seed of the lot
    public PointChoice choice(long seed) {
        return PointChoice.all(points)
                .withMost(sample.most, seed)
                .withEach(sample.each)
                .withSampleUnit(sample.sampleBy, sample.patient)
                .withWhere(where.map(RowFilter::parse).orElseGet(RowFilter::all))
                .withRegion(patches.maskClass.map(name -> new MaskRegion(name, patches.coverage)));
    }
}
