package org.patchlens.analysis.neighbors;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.neighbors.Neighbors.Hit;
import org.patchlens.analysis.neighbors.Neighbors.Mutual;
import org.patchlens.analysis.neighbors.Neighbors.Pair;
import org.patchlens.analysis.neighbors.Neighbors.Result;
import org.patchlens.analysis.neighbors.Neighbors.Searched;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.patch.CommonSimilarity;
import org.patchlens.patch.ComparedPatches;
import org.patchlens.patch.ComparedPatches.LayerReduction;
import org.patchlens.patch.OutlierRule;
import org.patchlens.patch.PatchHit;
import org.patchlens.patch.PatchIndex;
import org.patchlens.patch.PatchMatch;
import org.patchlens.patch.PatchQuery;
import org.patchlens.patch.PatchSelection;
import org.patchlens.patch.QueryPatches;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.TaskPool;

/// One search on its way.
final class NeighborsWork {
    private static final int STEPS = 1000;
    private static final int STEPS_TO_PREPARE = 900;

    private final Study study;
    private final NeighborsOptions options;
    private final TaskPool pool;
    private final Progress progress;
    private final PatchGrid grid;
    private final int own;
    private final List<Integer> chosen;
    private final BitSet searched;
    private final Optional<StudyImage> partner;
    private final ComparedPatches compared;

    private NeighborsWork(Study study, NeighborsOptions options, TaskPool pool, Progress progress) {
        this.study = study;
        this.options = options;
        this.pool = pool;
        this.progress = progress;
        grid = study.manifest().grid();
        own = options.query().image().map(study::image).map(StudyImage::index).orElse(0);
        chosen =
                PatchSelection.of(grid, options.query().patch(), options.query().region());
        searched = SearchedImages.of(study, own, options);
        partner = options.mutual().map(study::image);
        study.requireLayer(options.tokens().layer().orElse(study.deepestLayer()));
        Layer layer = options.tokens().layer().orElse(study.deepestLayer());
        LayerReduction wanted = new LayerReduction(
                layer,
                options.tokens().reduce(),
                new OutlierRule(options.tokens().factor()));
        if (options.index() && !PatchIndex.isKept(study, wanted)) {
            throw noIndex();
        }
        compared = ComparedPatches.of(
                wanted, study, pool, done -> progress.report("neighbors", (long) (done * STEPS_TO_PREPARE), STEPS));
    }

    static NeighborsWork of(Study study, NeighborsOptions options, TaskPool pool, Progress progress) {
        return new NeighborsWork(study, options, pool, progress);
    }

    Result result() {
        StudyManifest manifest = study.manifest();
        List<Integer> averaged = options.tokens().maskOutliers() ? compared.ordinary(own, chosen) : chosen;
        Optional<PatchIndex> index = options.index() ? Optional.of(index()) : Optional.empty();
        List<Hit> hits = hits(averaged, index);
        HitGroups groups = HitGroups.of(study.metadata(), hits, searched);
        Optional<Mutual> mutual = partner.map(this::mutual);
        progress.report("neighbors", STEPS, STEPS);
        return new Result(
                manifest.model().name(),
                compared.patches().layer(),
                grid,
                QueryPatches.of(compared, own, chosen, averaged.size()),
                options.tokens().reduce(),
                CommonSimilarity.of(compared),
                new Searched(
                        searched.cardinality(),
                        (long) searched.cardinality() * grid.patches(),
                        options.searched().exclude(),
                        options.searched().where(),
                        index.map(PatchIndex::recall)),
                hits,
                groups.groups(),
                groups.ungrouped(),
                mutual,
                Provenance.ofThisProgram(
                        manifest.model().sha256(),
                        manifest.provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        0));
    }

    private PatchIndex index() {
        return PatchIndex.find(compared.reduced()).orElseThrow(this::noIndex);
    }

    private PatchlensException noIndex() {
        Layer layer = options.tokens().layer().orElse(study.deepestLayer());
        String made =
                "--layer " + layer + " --reduce " + options.tokens().reduce().word()
                        + (options.tokens().factor() == OutlierRule.DEFAULT.factor()
                                ? ""
                                : " --factor " + options.tokens().factor());
        return PatchlensException.usage(
                "index",
                "the study has no index with " + made,
                "Make one with patchlens index DIR " + made + ", or leave --index out");
    }

    /// The patches of the query are never found, also where its image is searched.
    private List<Hit> hits(List<Integer> averaged, Optional<PatchIndex> index) {
        PatchQuery query = compared.reduced().query(own, averaged);
        PatchQuery plain = compared.plain().query(own, averaged);
        Set<Integer> asked = searched.get(own) ? new HashSet<>(chosen) : Set.of();
        int wanted = options.k() + asked.size();
        boolean outliers = !options.tokens().maskOutliers();
        List<PatchHit> found = index.isPresent()
                ? index.get().nearest(query, wanted, searched, outliers)
                : compared.reduced().nearest(query, wanted, searched, outliers, pool);
        return found.stream()
                .filter(hit -> hit.image() != own || !asked.contains(hit.patch()))
                .limit(options.k())
                .map(hit -> new Hit(
                        hit.image(),
                        study.images().get(hit.image()).id(),
                        grid.row(hit.patch()),
                        grid.column(hit.patch()),
                        hit.similarity(),
                        compared.plain().similarity(plain, hit.image(), hit.patch()),
                        compared.patches().isOutlier(hit.image(), hit.patch())))
                .toList();
    }

    private Mutual mutual(StudyImage other) {
        List<PatchMatch> matches =
                compared.reduced().matches(own, other.index(), !options.tokens().maskOutliers());
        return new Mutual(
                own,
                study.images().get(own).id(),
                other.index(),
                other.id(),
                matches.stream()
                        .map(match -> new Pair(
                                grid.row(match.patch()),
                                grid.column(match.patch()),
                                grid.row(match.other()),
                                grid.column(match.other()),
                                match.similarity()))
                        .toList());
    }
}
