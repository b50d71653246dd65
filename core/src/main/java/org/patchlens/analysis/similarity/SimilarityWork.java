package org.patchlens.analysis.similarity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.similarity.Similarity.Colors;
import org.patchlens.analysis.similarity.Similarity.ImageRank;
import org.patchlens.analysis.similarity.Similarity.Result;
import org.patchlens.analysis.similarity.Similarity.Target;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.patch.CommonSimilarity;
import org.patchlens.patch.ComparedPatches;
import org.patchlens.patch.OutlierRule;
import org.patchlens.patch.PatchPlace;
import org.patchlens.patch.PatchQuery;
import org.patchlens.patch.PatchSelection;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.patch.QueryPatches;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// One comparison on its way.
final class SimilarityWork {
    /// Maps that are held at a time while images are ranked.
    private static final int IMAGES_AT_A_TIME = 256;

    private static final int STEPS = 1000;
    private static final int STEPS_TO_PREPARE = 600;

    private final Study study;
    private final SimilarityOptions options;
    private final TaskPool pool;
    private final Progress progress;
    private final PatchGrid grid;
    private final ComparedPatches compared;
    private final int own;
    private final List<Integer> chosen;
    private final List<Integer> images;
    private final List<Integer> averaged;

    private SimilarityWork(Study study, SimilarityOptions options, TaskPool pool, Progress progress) {
        this.study = study;
        this.options = options;
        this.pool = pool;
        this.progress = progress;
        grid = study.manifest().grid();
        own = options.query().image().map(study::image).map(StudyImage::index).orElse(0);
        chosen =
                PatchSelection.of(grid, options.query().patch(), options.query().region());
        images = TargetImages.of(study, own, options.to());
        Layer layer = options.tokens().layer().orElse(study.deepestLayer());
        compared = ComparedPatches.of(
                new ComparedPatches.LayerReduction(
                        layer,
                        options.tokens().reduce(),
                        new OutlierRule(options.tokens().factor())),
                study,
                pool,
                done -> progress.report("similarity", (long) (done * STEPS_TO_PREPARE), STEPS));
        averaged = options.tokens().maskOutliers() ? compared.ordinary(own, chosen) : chosen;
    }

    static SimilarityWork of(Study study, SimilarityOptions options, TaskPool pool, Progress progress) {
        return new SimilarityWork(study, options, pool, progress);
    }

    Result result() {
        StudyManifest manifest = study.manifest();
        PatchQuery query = compared.reduced().query(own, averaged);
        PatchQuery plain = compared.plain().query(own, averaged);
        List<ImageRank> ranking = ranking(query, plain);
        List<Target> targets = ranking.stream()
                .limit(options.maps())
                .map(rank -> target(rank.index(), query, plain))
                .toList();
        Optional<SimilarityMatrix> matrix = options.pairs().matrix()
                ? Optional.of(SimilarityMatrix.of(
                        compared.reduced(),
                        own,
                        images.size() > 1 ? images.get(1) : own,
                        options.pairs().order()))
                : Optional.empty();
        Colors colors = new Colors(
                options.painting().scale(),
                limit(targets, query),
                options.painting().interpolation());
        progress.report("similarity", STEPS, STEPS);
        return new Result(
                manifest.model().name(),
                compared.patches().layer(),
                grid,
                QueryPatches.of(compared, own, chosen, averaged.size()),
                options.tokens().reduce(),
                CommonSimilarity.of(compared),
                study.images().size(),
                ranking,
                targets,
                colors,
                matrix,
                Provenance.ofThisProgram(
                        manifest.model().sha256(),
                        manifest.provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        0));
    }

    private List<PatchPlace> places(List<Integer> patches) {
        return patches.stream().map(patch -> PatchPlace.of(grid, patch)).toList();
    }

    private String id(int image) {
        return study.images().get(image).id();
    }

    private List<ImageRank> ranking(PatchQuery query, PatchQuery plain) {
        List<ImageRank> ranks = new ArrayList<>();
        for (int from = 0; from < images.size(); from += IMAGES_AT_A_TIME) {
            List<Integer> some = images.subList(from, Math.min(images.size(), from + IMAGES_AT_A_TIME));
            FloatMatrix maps = compared.reduced().maps(query, some, pool);
            for (int i = 0; i < some.size(); i++) {
                ranks.add(rank(some.get(i), maps.rowToArray(i), plain));
            }
            long done = STEPS_TO_PREPARE + (long) (STEPS - 1 - STEPS_TO_PREPARE) * (from + some.size()) / images.size();
            progress.report("similarity", done, STEPS);
        }
        ranks.subList(1, ranks.size())
                .sort(Comparator.comparingDouble((ImageRank rank) ->
                                Float.isNaN(rank.similarity()) ? Double.POSITIVE_INFINITY : -rank.similarity())
                        .thenComparingInt(ImageRank::index));
        return ranks;
    }

    private ImageRank rank(int image, float[] map, PatchQuery plain) {
        Set<Integer> masked = masked(image);
        int best = -1;
        for (int patch = 0; patch < map.length; patch++) {
            boolean counts = !masked.contains(patch) && !(image == own && chosen.contains(patch));
            if (counts && (best < 0 || map[patch] > map[best])) {
                best = patch;
            }
        }
        if (best < 0) {
            return new ImageRank(image, id(image), 0, 0, Float.NaN, Float.NaN);
        }
        float cosine = compared.plain().map(plain, image)[best];
        return new ImageRank(image, id(image), grid.row(best), grid.column(best), map[best], cosine);
    }

    private Set<Integer> masked(int image) {
        return options.tokens().maskOutliers() ? new HashSet<>(compared.outliers(image)) : Set.of();
    }

    private Target target(int image, PatchQuery query, PatchQuery plain) {
        return new Target(
                image,
                id(image),
                map(compared.reduced(), query, image),
                map(compared.plain(), plain, image),
                places(compared.outliers(image)));
    }

    private FloatMatrix map(PatchSimilarity space, PatchQuery query, int image) {
        float[] values = space.map(query, image);
        masked(image).forEach(patch -> values[patch] = Float.NaN);
        return FloatMatrix.of(grid.rows(), grid.columns(), values);
    }

    /// The largest size of a similarity that the colours must show.
    private float limit(List<Target> targets, PatchQuery query) {
        return switch (options.painting().scale()) {
            case FIXED -> 1;
            case IMAGE ->
                targets.stream()
                        .map(target -> limit(target.index(), query))
                        .max(Float::compare)
                        .orElse(1f);
            case STUDY ->
                IntStream.range(0, study.images().size())
                        .mapToObj(image -> limit(image, query))
                        .max(Float::compare)
                        .orElse(1f);
        };
    }

    private float limit(int image, PatchQuery query) {
        float[] map = compared.reduced().map(query, image);
        Set<Integer> masked = masked(image);
        float largest = 0;
        for (int patch = 0; patch < map.length; patch++) {
            if (!masked.contains(patch) && !(image == own && chosen.contains(patch))) {
                largest = Math.max(largest, Math.abs(map[patch]));
            }
        }
        return largest;
    }
}
