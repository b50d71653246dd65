package org.patchlens.analysis.projection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure.PointColors;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.projection.ProjectionOptions.Foreground;
import org.patchlens.analysis.projection.pca.ComponentColors;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.neighbor.NeighborSearch;
import org.patchlens.point.CenterSign;
import org.patchlens.point.NormLimit;
import org.patchlens.point.PointSet;
import org.patchlens.point.PointSource;
import org.patchlens.point.PointUnit;
import org.patchlens.point.PrincipalPoints;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.metadata.RowFilter;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// One projection on its way.
record ProjectionWork(Study study, ProjectionOptions options, Progress progress, TaskPool pool) {
    private static final int COMPONENTS = 50;
    private static final int FEWEST_POINTS = 4;

    /// The shares of the work after which the points are chosen, and a layer's scores and neighbours are known.
    private static final double CHOSEN = 0.1;

    private static final double SCORED = 0.2;
    private static final double SEARCHED = 0.4;

    Projection.Result result() {
        if (study.images().isEmpty()) {
            throw PatchlensException.usage("study", "has no images", "");
        }
        Layer layer = options.from().layerIn(study);
        ProgressPart whole = ProgressPart.whole(progress);
        ChosenPoints chosen = choose(layer, whole.part(0, CHOSEN));
        List<Layer> layers = layers(layer);
        // what was misspelt is said before the long work
        PointColors colors =
                new PointColoring(source(chosen.all, layer), layers, chosen.placedImages).by(options.colorBy());
        StudyImage image = options.components()
                .image()
                .map(this::imageOf)
                .orElseGet(() -> study.images().get(chosen.making().image(0)));
        List<LayerMap> maps = new ArrayList<>();
        double share = (1 - CHOSEN) / layers.size();
        for (int i = 0; i < layers.size(); i++) {
            double from = CHOSEN + i * share;
            maps.add(map(layers.get(i), chosen, whole.part(from, i + 1 == layers.size() ? 1 : from + share)));
        }
        Optional<Projection.ShownImage> shown = options.from().points() == PointUnit.PATCHES
                ? Optional.of(shown(chosen, image, maps.getFirst().points()))
                : Optional.empty();
        whole.reach(1);
        return result(chosen, maps, colors, shown);
    }

    /// The layer of the map first, then the others that stand beside it.
    private List<Layer> layers(Layer layer) {
        TreeSet<Layer> others = new TreeSet<>(options.layers());
        others.remove(layer);
        List<Layer> layers = new ArrayList<>(List.of(layer));
        layers.addAll(others);
        return layers;
    }

    /// @param all points of the map, placed ones included
    /// @param placedImages whose points are placed
    /// @param limit of the norms at the layer of the map
    /// @param leftOut patches whose norm is above it at any of the layers
    /// @param side of the first component that the points lie on
    private record ChosenPoints(PointSet all, BitSet placedImages, NormLimit limit, int leftOut, Side side) {
        PointSet making() {
            return all.only(point -> !placedImages.get(all.image(point)));
        }

        PointSet placed() {
            return all.only(point -> placedImages.get(all.image(point)));
        }
    }

    private ChosenPoints choose(Layer layer, ProgressPart part) {
        PointSet drawn =
                PointSet.of(study, options.from().choice(options.execution().seed()));
        BitSet placedImages = options.place()
                .map(text -> RowFilter.parse(text).select(study.metadata()))
                .orElseGet(BitSet::new);
        NormLimit limit = NormLimit.none(drawn);
        PointSet kept = drawn;
        if (options.from().points() == PointUnit.PATCHES) {
            for (Layer each : layers(layer).reversed()) {
                limit = NormLimit.of(
                        source(kept, each), options.from().patches().factor(), image -> part.reach(0));
                kept = limit.kept();
            }
        }
        int leftOut = drawn.size() - kept.size();
        ChosenPoints usual = new ChosenPoints(
                kept,
                placedImages,
                limit,
                leftOut,
                new Side(Optional.empty(), options.components().foreground()));
        checkSize(usual.making().size());
        if (options.components().foreground() == Foreground.ALL) {
            return usual;
        }
        PrincipalPoints first = principal(source(usual.making(), layer), part);
        Side side =
                new Side(Optional.of(first.components()), options.components().foreground());
        PointSet own = side.of(source(kept, layer), pool).points();
        ChosenPoints chosen = new ChosenPoints(own, placedImages, limit, leftOut, side);
        checkSize(chosen.making().size());
        return chosen;
    }

    private PointSource source(PointSet points, Layer layer) {
        return new PointSource(study, points, layer, options.metric());
    }

    private void checkSize(int size) {
        if (size < FEWEST_POINTS) {
            throw PatchlensException.usage(
                    "project", "there are " + size + " points; a map needs at least " + FEWEST_POINTS, "");
        }
        MapLayout.check(options, size);
    }

    private PrincipalPoints principal(PointSource source, ProgressPart part) {
        double images = (double) PrincipalPoints.PASSES * study.images().size();
        return CenterSign.of(PrincipalPoints.of(
                source,
                COMPONENTS,
                pool,
                (pass, image) -> part.reach((pass * (double) study.images().size() + image) / images)));
    }

    private LayerMap map(Layer layer, ChosenPoints chosen, ProgressPart part) {
        LayerMap.Points points = new LayerMap.Points(source(chosen.all, layer), chosen.making(), chosen.placed());
        PrincipalPoints principal = principal(source(points.making(), layer), part.part(0, SCORED));
        MapLayout layout = layOut(principal, part);
        MapQuality quality = MapQuality.of(
                principal.scores(),
                layout.positions(),
                new Seed(options.execution().seed()),
                pool);
        if (points.placed().size() == 0) {
            return new LayerMap(layer, principal, layout, layout.positions(), Optional.empty(), quality);
        }
        FloatMatrix added = PrincipalPoints.along(
                        source(points.placed(), layer), principal.components(), pool, image -> part.reach(1))
                .scores();
        PlacedPoints placed = PlacedPoints.of(added, principal.scores(), layout.positions(), options, pool);
        FloatMatrix positions = points.merge(layout.positions(), placed.positions());
        return new LayerMap(layer, principal, layout, positions, Optional.of(placed), quality);
    }

    private MapLayout layOut(PrincipalPoints points, ProgressPart part) {
        ProgressPart search = part.part(SCORED, SEARCHED);
        ProgressPart moves = part.part(SEARCHED, 1);
        return MapLayout.of(
                points.scores(),
                options,
                NeighborSearch.in(study.folder(), options.neighbors(), pool),
                search::reach,
                (done, iterations, positions) -> {
                    moves.reach((double) done / iterations);
                    progress.layout(points.source().points(), positions);
                });
    }

    private Projection.ShownImage shown(ChosenPoints chosen, StudyImage image, PrincipalPoints points) {
        PointSource whole = points.source().allOf(image.index());
        FloatMatrix rows = whole.rows(image.index());
        boolean[] own = chosen.side.contains(rows, pool);
        float[] norms = whole.norms(image.index());
        for (int patch = 0; patch < own.length; patch++) {
            own[patch] &= norms[patch] <= chosen.limit.threshold();
        }
        PatchGrid grid = study.manifest().grid();
        FloatMatrix colors =
                ComponentColors.of(points.scores()).paint(points.components().scores(rows, pool), own);
        return new Projection.ShownImage(image.index(), image.id(), grid, colors);
    }

    private StudyImage imageOf(String id) {
        return study.images().stream()
                .filter(image -> image.id().equals(id))
                .findFirst()
                .orElseThrow(() -> PatchlensException.usage(
                        "image " + id,
                        "is not in the study, whose images have ids such as "
                                + study.images().getFirst().id(),
                        ""));
    }

    private Projection.Result result(
            ChosenPoints chosen, List<LayerMap> maps, PointColors colors, Optional<Projection.ShownImage> shown) {
        StudyManifest manifest = study.manifest();
        LayerMap main = maps.getFirst();
        List<Integer> images = new ArrayList<>();
        List<Integer> patches = new ArrayList<>();
        for (int image = 0; image < chosen.all.images(); image++) {
            for (int point = chosen.all.start(image); point < chosen.all.end(image); point++) {
                images.add(image);
                patches.add(chosen.all.patch(point));
            }
        }
        return new Projection.Result(
                manifest.model().name(),
                main.layer(),
                options.method(),
                options.from().points(),
                manifest.grid(),
                chosen.leftOut,
                main.positions(),
                images,
                patches,
                study.images().stream().map(StudyImage::id).toList(),
                colors,
                main.placed()
                        .map(placed -> new Projection.Placed(
                                placed.positions().rows(), placed.neighbors(), placed.neighborsKept())),
                maps.stream().skip(1).map(map -> map.onto(main)).toList(),
                shown,
                shares(main.points().components()),
                main.points().components().keptVariance(),
                main.layout().divergence(),
                main.layout().iterations(),
                main.layout().recall(),
                main.quality(),
                Provenance.ofThisProgram(
                        manifest.model().sha256(),
                        manifest.provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        options.execution().seed()));
    }

    private static FloatMatrix shares(PrincipalComponents components) {
        FloatMatrix shares = FloatMatrix.zeros(1, components.variances().columns());
        for (int i = 0; i < shares.columns(); i++) {
            shares.set(0, i, (float) (components.variances().get(0, i) / components.totalVariance()));
        }
        return shares;
    }
}
