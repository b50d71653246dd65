package org.patchlens.analysis.attention;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.patchlens.analysis.attention.Attention.Look.Ends;
import org.patchlens.tensor.FloatMatrix;

/// On which scale of colours the figures of [Attention] show their maps, and how that is said.
///
/// @param ends what was chosen
/// @param patches P
record MapScale(Ends ends, int patches) {
    /// The range of maps that are shown together.
    ///
    /// @param maps `float[H][W]` each; NaN is not shown
    /// @param ofStudy the end where it follows from the study
    MapRange range(List<FloatMatrix> maps, ToDoubleFunction<StudyScale> ofStudy) {
        MapRange own = MapRange.of(maps);
        return switch (ends.scale()) {
            case IMAGE -> own;
            case FIXED -> own.to((float) fixed());
            case STUDY -> own.to((float) ofStudy.applyAsDouble(ends.study().orElseThrow()));
        };
    }

    private double fixed() {
        return ends.high().orElse((double) AttentionOptions.FIXED_END / patches);
    }

    /// The sentences for a caption.
    String text(MapRange range) {
        String above = range.largest() > range.high() ? "; what is above has the last colour" : "";
        return " Colours span 0 to " + number(range.high())
                + switch (ends.scale()) {
                    case FIXED ->
                        ends.high().isPresent()
                                ? ", as was asked"
                                : ", " + AttentionOptions.FIXED_END + " times uniform attention, in every image";
                    case STUDY ->
                        ", where 99 of 100 numbers of "
                                + ends.study().orElseThrow().images() + " images of the study lie below";
                    case IMAGE -> ", which follows from this image alone: other images have other colours";
                }
                + above + ".";
    }

    /// A number with three digits.
    static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
