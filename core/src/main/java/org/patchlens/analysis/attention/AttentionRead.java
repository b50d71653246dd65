package org.patchlens.analysis.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.attention.Attention.Look;
import org.patchlens.analysis.attention.Attention.Origin;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Provenance;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.FloatMatrix;

/// Gathers the attention of one image, from the study where it stores what is asked for, else from the source.
final class AttentionRead {
    private final Study study;
    private final AttentionOptions options;
    private final StudyManifest manifest;
    private final StudyImage image;
    private final HeadChoice head;
    private final int block;
    private final int token;
    private final Optional<ClsAttention> stored;
    private final SortedMap<Integer, FloatMatrix> rowsOfBlock = new TreeMap<>();
    private final Optional<StudyScale> ofStudy;
    private @Nullable FloatMatrix rollout;
    private boolean computed;
    private float difference = Float.NaN;

    private AttentionRead(Study study, AttentionOptions options) {
        this.study = study;
        this.options = options;
        this.manifest = study.manifest();
        if (study.images().isEmpty()) {
            throw PatchlensException.badData("study", "holds no images", "Extract some first");
        }
        this.image = options.image().map(study::image).orElse(study.images().getFirst());
        this.head = HeadChoice.parse(options.head());
        head.requireWithin(manifest.model().heads());
        this.block = Attention.block(study, options.layer());
        this.token = QueryToken.parse(options.query()).index(manifest.layout(), manifest.grid());
        this.stored = study.attention(image.index());
        this.ofStudy = options.scale() == AttentionOptions.Scale.STUDY
                ? Optional.of(StudyScale.of(study, options, block))
                : Optional.empty();
    }

    static AttentionRead of(Study study, AttentionOptions options, AttentionSource source, Progress progress) {
        AttentionRead read = new AttentionRead(study, options);
        boolean isCls = manifestCls(read.manifest.layout()) == read.token;
        if (isCls && read.stored.isPresent()) {
            read.takeStored(read.stored.get());
        }
        List<Integer> missing = read.missingBlocks();
        if (!missing.isEmpty()) {
            read.compute(source, missing, progress);
        }
        return read;
    }

    private static int manifestCls(TokenLayout layout) {
        return layout.cls().orElse(-1);
    }

    private void takeStored(ClsAttention attention) {
        int heads = attention.heads();
        for (int each = 1; each <= attention.layers(); each++) {
            rowsOfBlock.put(each, attention.rows().rows((each - 1) * heads, each * heads));
        }
        boolean isStoredRollout = options.residual() == 0.5
                && options.discardRatio() == 0
                && head.equals(new HeadChoice.Together(HeadChoice.Fusion.MEAN));
        if (options.rollout() && isStoredRollout) {
            rollout = attention.rollout();
        }
    }

    /// The blocks that the source must give, in the order in which a rollout needs them.
    private List<Integer> missingBlocks() {
        int blocks = manifest.model().layers();
        if (options.rollout() && rollout == null) {
            return IntStream.iterate(blocks, b -> b >= 1, b -> b - 1).boxed().toList();
        }
        if (!rowsOfBlock.isEmpty()) {
            return List.of();
        }
        return options.allLayers() ? IntStream.rangeClosed(1, blocks).boxed().toList() : List.of(block);
    }

    private void compute(AttentionSource source, List<Integer> blocks, Progress progress) {
        boolean rolls = options.rollout() && rollout == null;
        Rollout rule = new Rollout(options.residual(), options.discardRatio());
        FloatMatrix[] row = {Rollout.start(manifest.tokens(), token)};
        int[] done = {0};
        progress.report("attention", 0, blocks.size() + 1L);
        source.read(List.of(image.index()), blocks, (index, each, matrices) -> {
            compare(each, matrices);
            if (!rowsOfBlock.containsKey(each)) {
                rowsOfBlock.put(each, rowsOf(matrices));
            }
            if (rolls) {
                row[0] = rule.step(row[0], head.of(matrices, manifest.model().heads()));
            }
            progress.report("attention", ++done[0], blocks.size() + 1L);
        });
        computed = true;
        if (rolls) {
            rollout = row[0];
        }
    }

    /// The row of the query in every head, `float[A][T]`; a copy.
    private FloatMatrix rowsOf(FloatMatrix matrices) {
        int heads = manifest.model().heads();
        int tokens = manifest.tokens();
        FloatMatrix rows = FloatMatrix.zeros(heads, tokens);
        for (int each = 0; each < heads; each++) {
            rows.row(each).copyFrom(matrices.row(each * tokens + token));
        }
        return rows;
    }

    private void compare(int each, FloatMatrix matrices) {
        if (stored.isEmpty()) {
            return;
        }
        int cls = manifest.layout().cls().orElseThrow();
        for (int h = 0; h < manifest.model().heads(); h++) {
            FloatMatrix kept = stored.get().row(each, h);
            for (int to = 0; to < manifest.tokens(); to++) {
                float now = matrices.get(h * manifest.tokens() + cls, to);
                float apart = Math.abs(now - kept.get(0, to));
                difference = Float.isNaN(difference) ? apart : Math.max(difference, apart);
            }
        }
    }

    Attention.Result result() {
        FloatMatrix rows = Objects.requireNonNull(rowsOfBlock.get(block));
        TokenReading chosen = reading(head.of(rows, rows.rows()));
        List<TokenReading> heads = new ArrayList<>();
        for (int each = 0; each < rows.rows(); each++) {
            heads.add(reading(rows.row(each)));
        }
        List<Optional<OutlierTokens>> outliers = IntStream.rangeClosed(
                        1, manifest.model().layers())
                .mapToObj(each -> OutlierTokens.find(study, image.index(), each, options.factor()))
                .toList();
        List<Integer> leftOut =
                OutlierTokens.leftOut(outliers.get(block - 1), chosen.patches(), options.maskOutliers());
        return new Attention.Result(
                manifest.model().name(),
                image.index(),
                image.id(),
                manifest.grid(),
                manifest.tokens(),
                block,
                options.query(),
                options.head(),
                new Origin(computed, Float.isNaN(difference) ? Optional.empty() : Optional.of(difference)),
                chosen,
                heads,
                layers(),
                Optional.ofNullable(rollout).map(this::reading),
                options.mass() == 0 ? List.of() : MassMask.of(chosen.patches(), options.mass(), leftOut),
                outliers,
                look(),
                Provenance.ofThisProgram(
                        manifest.model().sha256(),
                        manifest.provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        0));
    }

    private TokenReading reading(FloatMatrix row) {
        return TokenReading.of(row, manifest.layout(), manifest.grid());
    }

    private List<TokenReading> layers() {
        return rowsOfBlock.size() < manifest.model().layers()
                ? List.of()
                : rowsOfBlock.values().stream()
                        .map(rows -> reading(head.of(rows, rows.rows())))
                        .toList();
    }

    private Look look() {
        return new Look(
                options.mass(),
                options.maskOutliers(),
                new Look.Ends(options.scale(), options.high(), ofStudy),
                options.interpolation(),
                options.residual(),
                options.discardRatio());
    }
}
