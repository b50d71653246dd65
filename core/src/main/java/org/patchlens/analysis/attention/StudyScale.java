package org.patchlens.analysis.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// Where the colour scales of figures end that are to be compared within a study.
///
/// @param images how many were looked at: all, or every k-th of more than [#MOST_IMAGES]
/// @param chosen end for the chosen heads at the layer
/// @param heads end for all heads at the layer
/// @param layers end for the chosen heads at every layer
/// @param rollout end for rollouts
public record StudyScale(int images, float chosen, float heads, float layers, float rollout) {
    /// How many images are looked at: those of a study resemble each other, and each takes a read of every layer.
    public static final int MOST_IMAGES = 128;

    /// Looks at what the CLS token of images reads, without the outliers that their figures leave out.
    ///
    /// @param block of the figures, 1 to L
    /// @throws PatchlensException if the study does not store what is looked at
    static StudyScale of(Study study, AttentionOptions options, int block) {
        int token = QueryToken.parse(options.query())
                .index(study.manifest().layout(), study.manifest().grid());
        boolean isCls = study.manifest().layout().cls().orElse(-1) == token;
        if (!isCls || study.attention(0).isEmpty()) {
            throw PatchlensException.usage(
                    "scale study",
                    "needs what the token reads in every image, which a study holds for CLS alone, and only if it"
                            + " was extracted with --attention cls",
                    "Use --scale fixed or --scale image");
        }
        int step = Math.ceilDiv(study.images().size(), MOST_IMAGES);
        int[] images = IntStream.iterate(0, image -> image < study.images().size(), image -> image + step)
                .toArray();
        Maps maps = new Maps(study, options, block);
        for (int image : images) {
            maps.add(image);
        }
        return new StudyScale(
                images.length,
                MapRange.of(maps.chosen).high(),
                MapRange.of(maps.heads).high(),
                MapRange.of(maps.layers).high(),
                MapRange.of(maps.rollouts).high());
    }

    /// What the figures of all images would show.
    private static final class Maps {
        private final Study study;
        private final AttentionOptions options;
        private final int block;
        private final HeadChoice head;
        private final List<FloatMatrix> chosen = new ArrayList<>();
        private final List<FloatMatrix> heads = new ArrayList<>();
        private final List<FloatMatrix> layers = new ArrayList<>();
        private final List<FloatMatrix> rollouts = new ArrayList<>();

        private Maps(Study study, AttentionOptions options, int block) {
            this.study = study;
            this.options = options;
            this.block = block;
            head = HeadChoice.parse(options.head());
        }

        private void add(int image) {
            ClsAttention attention = study.attention(image).orElseThrow();
            Optional<OutlierTokens> outliers = Optional.empty();
            for (int each = 1; each <= attention.layers(); each++) {
                outliers = OutlierTokens.find(study, image, each, options.factor());
                FloatMatrix rows = attention.rows().rows((each - 1) * attention.heads(), each * attention.heads());
                FloatMatrix fused = shown(head.of(rows, attention.heads()), outliers);
                layers.add(fused);
                if (each == block) {
                    chosen.add(fused);
                    for (int one = 0; one < attention.heads(); one++) {
                        heads.add(shown(rows.row(one), outliers));
                    }
                }
            }
            if (options.rollout()) {
                rollouts.add(shown(attention.rollout(), outliers));
            }
        }

        private FloatMatrix shown(FloatMatrix row, Optional<OutlierTokens> outliers) {
            TokenReading reading = TokenReading.of(
                    row, study.manifest().layout(), study.manifest().grid());
            return OutlierTokens.shown(outliers, reading.patches(), options.maskOutliers());
        }
    }
}
