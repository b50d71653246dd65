package org.patchlens.analysis.attention.atlas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.attention.OutlierTokens;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.FloatMatrix;

/// The parts of an image's sequence whose share of the attention is measured.
///
/// @param study where outliers and masks are
/// @param factor above which multiple of the image's median a patch is an outlier
/// @param names of the regions, in the order of [#weights]
record Regions(Study study, double factor, List<String> names) {
    static final String CLS = "CLS";
    static final String REGISTERS = "registers";
    static final String OUTLIERS = "outliers";
    static final String BORDER = "border";

    static Regions of(Study study, double factor) {
        StudyManifest manifest = study.manifest();
        List<String> names = new ArrayList<>();
        if (manifest.layout().cls().isPresent()) {
            names.add(CLS);
        }
        if (manifest.layout().registers() > 0) {
            names.add(REGISTERS);
        }
        if (manifest.layers().stream().anyMatch(layer -> !layer.isLast() && layer.index() > 0)) {
            names.add(OUTLIERS);
        }
        names.add(BORDER);
        names.addAll(manifest.maskClasses());
        return new Regions(study, factor, List.copyOf(names));
    }

    /// How much of each token belongs to each region, 0 to 1; NaN for all tokens where that is not known.
    ///
    /// @param block 1 to L
    /// @return `float[regions][T]`
    FloatMatrix weights(int image, int block) {
        StudyManifest manifest = study.manifest();
        FloatMatrix weights = FloatMatrix.zeros(names.size(), manifest.tokens());
        int classes = names.size() - manifest.maskClasses().size();
        for (int region = 0; region < classes; region++) {
            switch (names.get(region)) {
                case CLS -> mark(weights, region, SpecialToken.CLS);
                case REGISTERS -> mark(weights, region, SpecialToken.REGISTER);
                case OUTLIERS -> markOutliers(weights, region, OutlierTokens.find(study, image, block, factor));
                default -> markBorder(weights, region);
            }
        }
        Optional<FloatMatrix> coverage = study.coverage(image);
        for (int each = 0; each < manifest.maskClasses().size(); each++) {
            if (coverage.isEmpty()) {
                weights.row(classes + each).fill(Float.NaN);
            } else {
                for (int patch = 0; patch < manifest.grid().patches(); patch++) {
                    weights.set(
                            classes + each,
                            manifest.layout().firstPatch() + patch,
                            coverage.get().get(patch, each));
                }
            }
        }
        return weights;
    }

    private void mark(FloatMatrix weights, int region, SpecialToken kind) {
        TokenLayout layout = study.manifest().layout();
        for (int token = 0; token < layout.firstPatch(); token++) {
            weights.set(region, token, layout.prefix().get(token) == kind ? 1 : 0);
        }
    }

    private void markOutliers(FloatMatrix weights, int region, Optional<OutlierTokens> outliers) {
        if (outliers.isEmpty()) {
            weights.row(region).fill(Float.NaN);
            return;
        }
        int first = study.manifest().layout().firstPatch();
        outliers.get().patches().forEach(patch -> weights.set(region, first + patch, 1));
    }

    /// The outermost patches of the grid.
    private void markBorder(FloatMatrix weights, int region) {
        PatchGrid grid = study.manifest().grid();
        for (int patch = 0; patch < grid.patches(); patch++) {
            int row = grid.row(patch);
            int column = grid.column(patch);
            boolean border = row == 0 || column == 0 || row == grid.rows() - 1 || column == grid.columns() - 1;
            weights.set(region, study.manifest().layout().firstPatch() + patch, border ? 1 : 0);
        }
    }
}
